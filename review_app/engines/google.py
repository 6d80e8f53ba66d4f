"""Google Translate through deep-translator, which reads a public web page: for trying out, not for production."""

from html import unescape
from types import ModuleType
from typing import Any, ClassVar

import deep_translator.google
from deep_translator import GoogleTranslator
from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES
from deep_translator.exceptions import TranslationNotFound

from review_app.engines.client import NONSENSE, EngineClient
from review_app.engines.codes import code_for
from review_app.engines.contract import ANY_LANGUAGE, Terms
from review_app.engines.portions import portions
from review_app.engines.unofficial import Unofficial, through
from review_app.errors import EngineFailed
from review_app.locale import N_

SERVED = "https://translate.google.com"

LONGEST_REQUEST = 1_500
"""Characters; the page takes 5,000, but the address that carries them does not."""

_CODES = frozenset(GOOGLE_LANGUAGES_TO_CODES.values())
_OWN_CODES = {"he": "iw", "jv": "jw", "nb": "no", "zh": "zh-CN", "zh-Hant": "zh-TW"}


class _Client(EngineClient):
    """A client whose answers are web pages."""

    def _decoded(self, answer: bytes) -> Any:
        try:
            return answer.decode("utf-8")
        except UnicodeDecodeError:
            raise EngineFailed(NONSENSE, engine=self._engine) from None


class Google(Unofficial):
    """The engine ``google``."""

    name: ClassVar[str] = "google"
    label: ClassVar[str] = N_("Google Translate through deep-translator (unofficial, for trying out)")
    detects: ClassVar[bool] = True
    module: ClassVar[ModuleType] = deep_translator.google
    client: ClassVar[type[EngineClient]] = _Client
    terms: Terms = Terms(
        provider="Google",
        country=N_("United States"),
        retention=N_("not known, as the page is not made for this"),
        price=0.0,
        local=False,
        longest_text=5_000,
        per_minute=120,
    )

    def supports(self, source: str, target: str) -> bool:
        """Say whether Google lists both languages."""
        return (source == ANY_LANGUAGE or known_to_google(source)) and known_to_google(target)

    def _parts(self, text: str, source: str) -> list[str]:
        return portions(text, source, LONGEST_REQUEST)

    def _portion(self, text: str, source: str, target: str) -> str:
        # One translator a request: one that threads share mixes their texts up.
        translator = GoogleTranslator(google_code(source), google_code(target), proxies=through(self._client))
        translator._base_url = f"{self._address or SERVED}/m"
        try:
            return unescape(translator.translate(text) or "")
        except TranslationNotFound:
            return ""


def known_to_google(language: str) -> bool:
    """Say whether Google lists a language."""
    return code_for(language, _OWN_CODES, _CODES) is not None


def google_code(language: str) -> str:
    """Return Google's code for a language that it lists."""
    return code_for(language, _OWN_CODES, _CODES) or language
