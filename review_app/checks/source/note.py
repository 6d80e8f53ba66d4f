"""What a note on the source text is: told to its web editor, no flag on any translation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from review_app.checks.finding import Span


@dataclass(frozen=True, slots=True)
class Note:
    """A passage to look at; ``message_id`` and ``values`` are told by ``checks.source.tell``."""

    span: Span
    message_id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    check: str = ""


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """A check of Swedish text: its title and the pure function that looks."""

    title: str
    look: Callable[[str], Iterable[Note]]
