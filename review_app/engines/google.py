"""Google Translate through deep-translator, which reads a public web page: for trying out, not for production.

Hardened: one instance per call (an instance shared by threads mixes texts up), a timeout, plain text of at most 1,500
characters a request, retries with back-off, and nothing of the request in an error.
"""

import random
import time
from collections.abc import Callable, Sequence
from html import unescape
from importlib.metadata import version as package_version
from typing import Any, ClassVar

import deep_translator.google
import requests
from deep_translator import GoogleTranslator
from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES
from deep_translator.exceptions import RequestError, TooManyRequests, TranslationNotFound

from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.engines.judging import judge
from review_app.engines.portions import portions
from review_app.engines.protection import translate_protected
from review_app.errors import EngineResting
from review_app.locale import N_

LONGEST_REQUEST = 1_500
"""Characters; the page takes 5,000, but the address that carries them does not."""

ATTEMPTS = 3
FIRST_PAUSE = 1.0
"""Seconds before the second attempt; doubled before each further one, with jitter."""

_CODES = frozenset(GOOGLE_LANGUAGES_TO_CODES.values())
_OWN_CODES = {"he": "iw", "nb": "no", "zh": "zh-CN", "jv": "jw"}

UNAVAILABLE = N_("Google Translate does not answer, or refuses to. Try again later, or choose another engine.")


class _TimedRequests:
    """Stands in for ``requests`` inside deep-translator, which sets no timeout."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout

    def get(self, address: str, **options: Any) -> requests.Response:
        """Get an address, but not for ever."""
        return requests.get(address, timeout=self._timeout, **options)


class Google:
    """The engine ``google``."""

    name: ClassVar[str] = "google"
    label: ClassVar[str] = N_("Google Translate through deep-translator (unofficial, for trying out)")
    publishable: ClassVar[bool] = True
    replays: ClassVar[bool] = False
    detects: ClassVar[bool] = True
    official: ClassVar[bool] = False
    terms: Terms = Terms(
        provider="Google",
        country=N_("United States"),
        retention=N_("not known: the page is not made for this"),
        price=0.0,
        local=False,
        longest_text=5_000,
        per_minute=120,
    )

    def __init__(self, config: EngineConfig, sleep: Callable[[float], None] = time.sleep) -> None:
        self.version = f"deep-translator {package_version('deep-translator')}"
        self._base_url = config.google_base_url
        self._sleep = sleep
        self._gate = config.gate
        vars(deep_translator.google)["requests"] = _TimedRequests(config.timeout)  # it imports no session to set

    def usable(self) -> str | None:
        """Nobody knows before asking."""
        return None

    def supports(self, source: str, target: str) -> bool:
        """Say whether Google lists both languages."""
        return known_to_google(source) and known_to_google(target)

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return a result for every text; raises ``EngineResting`` when Google cannot be reached."""

        def one(text: str) -> str | None:
            parts = [self._ask(part, source, target) for part in portions(text, source, LONGEST_REQUEST)]
            return None if any(part is None for part in parts) else " ".join(part or "" for part in parts)

        return [judge(text, translate_protected(text, one), target) for text in texts]

    def _ask(self, text: str, source: str, target: str) -> str | None:
        """Ask for one portion, and again when the network or Google falters."""
        pause = FIRST_PAUSE
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 - jitter, not a secret
                pause *= 2
            self._gate.enter(self.name, self.terms.per_minute)
            try:
                translator = GoogleTranslator(source=_code(source), target=_code(target))
                if self._base_url:
                    translator._base_url = self._base_url
                answer = translator.translate(text)
            except TranslationNotFound:
                self._gate.answered(self.name, well=True)
                return None
            except (TooManyRequests, RequestError, requests.RequestException):
                self._gate.answered(self.name, well=False)
                continue
            self._gate.answered(self.name, well=True)
            return unescape(answer) if answer else None
        # The address of a failed request holds the text: it is not part of the message.
        raise EngineResting(UNAVAILABLE) from None


def known_to_google(language: str) -> bool:
    """Say whether Google lists a language."""
    return _code(language) in _CODES


def _code(language: str) -> str:
    """Return Google's code for a language tag."""
    language = _OWN_CODES.get(language, language)
    return language if language in _CODES else language.split("-")[0]
