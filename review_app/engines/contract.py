"""What every machine-translation engine is and gives: one small contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol

ANY_LANGUAGE = "auto"
"""Asks an engine that ``detects`` to find out a text's language by itself."""


@dataclass(frozen=True, slots=True)
class Result:
    """One text's translation, or why there is none.

    ``reason`` is an English message id. An engine that replays others names the one the text is from.
    """

    text: str | None
    reason: str | None = None
    engine: str | None = None
    version: str | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What an installation tells its engines."""

    recorded_folder: Path | None = None
    google_base_url: str | None = None
    timeout: float = 10.0
    """Seconds until an engine that does not answer is given up."""


class Engine(Protocol):
    """A machine-translation engine.

    ``label`` is an English message id that says what readers of a list should know; ``publishable`` whether its raw
    output may ever be shown to the public; ``official`` whether it is used as its maker means it to be; ``replays``
    whether its texts are other engines', so that a text that is there already is not asked for again; ``detects``
    whether it finds out a text's language when it is asked to.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    version: str
    publishable: ClassVar[bool]
    official: ClassVar[bool]
    replays: ClassVar[bool]
    detects: ClassVar[bool]

    def usable(self) -> str | None:
        """Return why the engine cannot be used now, as an English message id; nothing when it can."""
        ...

    def supports(self, source: str, target: str) -> bool:
        """Say whether the engine translates this pair of languages."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Result]:
        """Return a result for every text, in order; placeholders come back whole or the text is rejected.

        Raises ``EngineFailed`` when the engine cannot be used at all.
        """
        ...
