"""What a check is, and what it finds in a pair of texts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from review_app.checks.pair import Pair

Span = tuple[int, int]
"""Half-open code-point offsets into a text."""


class Severity(StrEnum):
    """How bad a finding is, as MQM has it."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding; ``message_id`` and ``values`` are told in the reader's language by ``checks.describe``.

    ``fix`` is what should stand in the place of the target span, where that is certain.
    """

    check: str
    severity: Severity
    category: str
    source_span: Span | None
    target_span: Span | None
    message_id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says of one place; the check it belongs to adds the rest.

    ``severity`` only where this finding is graver or milder than the check's usual one; ``fix`` only where it is
    certain what should stand in the place of the target span.
    """

    message_id: str
    source_span: Span | None = None
    target_span: Span | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None
    fix: str | None = None


Look = Callable[[Pair], Iterable[Found]]
"""What finds the places in a pair."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its title, its usual severity, its MQM category, and the pure function that looks.

    ``languages`` are the target languages it knows; none means every one. A check ``by_lexicon`` knows those, too, of
    which a site has a lexicon of its own.
    """

    title: str
    severity: Severity
    category: str
    look: Look
    languages: frozenset[str] = frozenset()
    by_lexicon: bool = False

    def knows(self, source_language: str, target_language: str, *, own_lexicon: bool = False) -> bool:
        """Say whether the check can judge this pair of languages, given by their primary subtags."""
        if self.by_lexicon and own_lexicon:
            return True
        return not self.languages or (source_language == "sv" and target_language in self.languages)
