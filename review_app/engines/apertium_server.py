"""Asks an Apertium server (APy) of the installation's own, over HTTP."""

import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial
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


PAIRS_SECONDS = 3.0
"""How long a server may take to say what it has: somebody may be waiting for a page."""

PAIRS_FRESH = 600.0
"""Seconds for which that holds."""

KNOWN: dict[str, tuple[float, frozenset[str]]] = {}
"""By address: when a server was asked what it has, and what it said."""


class ApertiumServer:
    """One server; what it has installed is asked once by all of the process, when it is first needed."""

    def __init__(self, address: str, config: EngineConfig, sleep: Callable[[float], None]) -> None:
        self._address = address.rstrip("/")
        client = partial(
            EngineClient,
            ENGINE,
            sleep=sleep,
            gate=config.gate,
            per_minute=config.per_minute.get(ENGINE, 0),
            refusals={},
            way=partial(way_to, config),
        )
        self._client = client(config.timeout)
        self._lister = client(min(config.timeout, PAIRS_SECONDS))
        self._found: frozenset[str] | None = None
        self._silent: EngineFailed | None = None

    def pairs(self, *, patiently: bool = False) -> frozenset[str]:
        """Return the pairs of languages that are installed, such as ``swe-dan``; raises ``EngineFailed``.

        Unless it is to be done ``patiently``, a server that does not answer at once is not asked a second time, nor one
        that has answered: who has asked once can ask again where nobody may wait for a network.
        """
        asked_at, found = KNOWN.get(self._address, (-PAIRS_FRESH, frozenset()))
        if time.monotonic() - asked_at < PAIRS_FRESH:
            self._found = found
            return found
        if self._found is not None and not patiently:
            return self._found
        if self._silent is not None and not patiently:
            raise self._silent
        try:
            with nullcontext() if patiently else self._lister.once():
                found = frozenset(self._lister.get(f"{self._address}/listPairs", _pairs))
        except EngineFailed as failed:
            self._silent = failed
            raise
        KNOWN[self._address] = (time.monotonic(), found)
        self._found = found
        return found

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
