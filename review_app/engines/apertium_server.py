"""Asks an Apertium server (APy) of the installation's own, over HTTP."""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from typing import Any

from review_app.engines.client import EngineClient
from review_app.engines.contract import EngineConfig
from review_app.engines.isolating import HARMLESS
from review_app.engines.machines import way_to
from review_app.engines.portions import portions
from review_app.errors import EngineFailed

ENGINE = "apertium"

LONGEST_REQUEST = 4_000
"""Characters. When many ask at once, APy parts texts every 500 to 1,000 characters and drops what follows ten parts."""


class ApertiumServer:
    """One server; what it has installed is asked once, when it is first needed."""

    def __init__(self, address: str, config: EngineConfig, sleep: Callable[[float], None]) -> None:
        self._address = address.rstrip("/")
        self._client = EngineClient(
            ENGINE, config.timeout, sleep, gate=config.gate, refusals={}, way=partial(way_to, config)
        )

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of languages that are installed, such as ``swe-dan``; raises ``EngineFailed``."""
        return frozenset(self._client.get(f"{self._address}/listPairs", _pairs))

    def translate(self, text: str, pair: str) -> str:
        """Translate a text of one line; raises ``EngineFailed``."""
        language = pair.partition("-")[0]
        return " ".join(self._ask(part, pair) for part in portions(text, language, LONGEST_REQUEST))

    def is_well(self, pair: str) -> bool:
        """Say whether the server translates a harmless word."""
        with self._client.once(), suppress(EngineFailed):
            return bool(self.translate(HARMLESS, pair))
        return False

    def _ask(self, text: str, pair: str) -> str:
        # Plain text: the server would read a “<” as HTML; and unknown words without the asterisk it marks them with.
        form = {"q": text, "langpair": pair.replace("-", "|"), "format": "txt", "markUnknown": "no"}
        return str(self._client.post_form(f"{self._address}/translate", form, _text))


def _pairs(answer: Any) -> list[str]:
    return [f"{pair['sourceLanguage']}-{pair['targetLanguage']}" for pair in answer["responseData"]]


def _text(answer: Any) -> str:
    return str.strip(answer["responseData"]["translatedText"])
