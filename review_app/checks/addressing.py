"""How languages address a reader: the familiar words, and the polite ones."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Words of either kind, in small letters; ``capital``: the polite ones have a capital inside a sentence.

    ``polite_word`` is what authorities write to a reader they do not know; none where they write either.
    """

    familiar: frozenset[str]
    polite: frozenset[str]
    capital: bool = False
    polite_word: str | None = None


def _address(familiar: str, polite: str, *, capital: bool = False, polite_word: str | None = None) -> Address:
    return Address(frozenset(familiar.split()), frozenset(polite.split()), capital, polite_word)


ADDRESSES = {
    "de": _address(
        "du dich dir dein deine deinem deinen deiner deines",
        "sie ihnen ihr ihre ihrem ihren ihrer ihres",
        capital=True,
        polite_word="Sie",
    ),
    "fr": _address("tu toi tes", "vous votre vos", polite_word="vous"),
    "es": _address("tú ti contigo tuyo tuya", "usted ustedes"),
    "nl": _address("je jij jou jouw", "u uw"),
    "it": _address("tu tuo tua tuoi tue", "lei", capital=True),
    "pl": _address(
        "ty ciebie tobie tobą twój twoja twoje twojego twojej twojemu twoim twoich",
        "pan pani pana panu państwo państwa państwu",
        capital=True,
    ),
    "fi": _address("sinä sinun sinua sinulla sinulle sinulta sinut", "te teidän teitä teillä teille teiltä teidät"),
    "ru": _address("ты тебя тебе тобой твой твоя твоё твои твоего", "вы вас вам вами ваш ваша ваше ваши вашего",
                   polite_word="вы"),
    "uk": _address("ти тебе тобі тобою твій твоя твоє твої твого", "ви вас вам вами ваш ваша ваше ваші вашого",
                   polite_word="ви"),
}  # fmt: skip
"""By language."""

SHORT = re.compile(r"\b\w+n['’]t\b", re.IGNORECASE)
LONG = re.compile(
    r"\b(?:cannot|(?:do|does|did|is|are|was|were|can|will|should|would|could|must|has|have) not)\b", re.IGNORECASE
)
"""How English says no as it is spoken, and as it is written."""

SAID = frozenset('"“”')
"""Marks around what somebody said."""
