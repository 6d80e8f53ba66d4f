"""Recognises what may point out a private person: such text is sent to nobody's machine, or without it."""

import re
from dataclasses import dataclass

from review_app.text.placeholders import Part, tokenise

_PERSONAL = re.compile(r"\S@\S|(?:\+|\b\d)(?:[\s()/.-]?\d){5,}")
"""An e-mail address, or six digits and more in a row: a phone number, a personal number, a case number."""

_HIDDEN = re.compile(
    r"(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+"  # an e-mail address
    r"|(?<!\d)(?:\d{2})?\d{6}[-+ \u00a0\u2011\u2013\u2212]?\d{4}(?!\d)"  # a personal number, or an organisation's
    r"|(?<![\w.,])(?:\+\d{1,3}|0)(?:[ \u00a0()/–\u2011-]{0,2}\d){6,12}(?!\d)"  # a phone number
)


def may_be_personal(text: str) -> bool:
    """Say whether a text holds an address or a number that may be a private person's."""
    return _PERSONAL.search(text) is not None


@dataclass(frozen=True, slots=True)
class Masked:
    """A segment with placeholders in the place of what may be personal; ``hidden`` maps them to what stood there."""

    text: str
    hidden: dict[str, str]

    def unmask(self, translation: str) -> str:
        """Put what was hidden into a translation."""
        for placeholder, original in self.hidden.items():
            translation = translation.replace(placeholder, original)
        return translation


def mask(text: str) -> Masked:
    """Hide e-mail addresses, phone numbers and personal numbers behind placeholders of their own."""
    pieces = list(tokenise(text))
    last = max((piece.number for piece in pieces), default=0)
    hidden: dict[str, str] = {}

    def hide(match: re.Match[str]) -> str:
        placeholder = f"<{last + len(hidden) + 1}/>"
        hidden[placeholder] = match[0]
        return placeholder

    return Masked(
        "".join(_HIDDEN.sub(hide, piece.text) if piece.part is Part.TEXT else piece.text for piece in pieces), hidden
    )
