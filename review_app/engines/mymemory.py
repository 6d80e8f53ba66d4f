"""MyMemory through deep-translator: a public translation memory with a free share a day, for trying out.

Its answers are people's and machines' translations of the sentence, or of one much like it. It says that its free share
is used up in the place of the translation, with the status of success: that ends here, and is never kept as a text.
"""

from html import unescape
from types import ModuleType
from typing import Any, ClassVar

import deep_translator.mymemory
from deep_translator import MyMemoryTranslator
from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

from review_app.engines.client import EngineClient
from review_app.engines.codes import code_for
from review_app.engines.contract import Terms
from review_app.engines.portions import in_bytes, portions
from review_app.engines.unofficial import Unofficial, through
from review_app.errors import EngineFailed
from review_app.locale import N_

SERVED = "https://api.mymemory.translated.net"
"""Encrypted, unlike the address that deep-translator has."""

LONGEST_REQUEST = 499
"""Bytes: MyMemory takes 500 of them, deep-translator fewer than 500 characters."""

WARNING = "MYMEMORY WARNING"
REFUSED = N_(
    "MyMemory refuses to translate, most often because what it gives for free in a day is used up. "
    "Try again tomorrow, or choose another engine."
)

_CODES: tuple[str, ...] = tuple(MY_MEMORY_LANGUAGES_TO_CODES.values())
_FIRST = {code.split("-", maxsplit=1)[0]: code for code in reversed(_CODES)}
_OWN_CODES = {
    "de": "de-DE",  # the list begins with Austria
    "fr": "fr-FR",  # and with Belgium
    "ku": "kmr-TR",
    "no": "nb-NO",
    "rm": "roh-CH",  # its rm-RO is a Romani of the Balkans
    "sr": "sr-Cyrl-RS",
    "sr-Latn": "sr-Latn-RS",
    "bs-Cyrl": "bs-Cyrl-BA",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}


class _Client(EngineClient):
    """A client that knows what MyMemory says in the place of a translation."""

    def _decoded(self, answer: bytes) -> Any:
        """Return the answer with its best translation alone; raises ``EngineFailed`` when it is a refusal."""
        said = super()._decoded(answer)
        if str(said["responseStatus"]) != "200":  # a number, or a text
            raise EngineFailed(REFUSED)
        text = said["responseData"]["translatedText"] or ""
        if text.strip().upper().startswith(WARNING):
            raise EngineFailed(REFUSED)
        # Where there is no best one, deep-translator takes any of the others: those of sentences that are less alike.
        return {"responseData": {"translatedText": text}, "matches": [{"translation": ""}]}


class MyMemory(Unofficial):
    """The engine ``mymemory``."""

    name: ClassVar[str] = "mymemory"
    label: ClassVar[str] = N_("MyMemory through deep-translator (unofficial, for trying out)")
    module: ClassVar[ModuleType] = deep_translator.mymemory
    client: ClassVar[type[EngineClient]] = _Client
    terms: Terms = Terms(
        provider="Translated",
        country=N_("Italy"),
        retention=N_("texts, which may be shown to others as translation memory"),
        price=0.0,
        local=False,
        longest_text=5_000,
        per_minute=60,
    )

    def supports(self, source: str, target: str) -> bool:
        """Say whether MyMemory lists both languages, which must not be the same one."""
        return bool(_code(source) and _code(target)) and _code(source) != _code(target)

    def _parts(self, text: str, source: str) -> list[str]:
        return portions(text, source, LONGEST_REQUEST, in_bytes)

    def _portion(self, text: str, source: str, target: str) -> str:
        translator = MyMemoryTranslator(_code(source), _code(target), proxies=through(self._client))
        translator._base_url = f"{self._address or SERVED}/get"
        return unescape(str(translator.translate(text))).strip()


def _code(language: str) -> str:
    """Return MyMemory's code for a language tag; nothing when it has none."""
    return code_for(language, {**_FIRST, **_OWN_CODES}, _CODES) or ""
