"""What an annotator says of a text: where errors are, how bad, of which kind. Pure.

ESA (Kocmi et al. 2024, "Error Span Annotation: A Balanced Approach for Human Evaluation of Machine Translation"):
spans, minor or major, what is left out by one mark at the end, then a score from 0 to 100. With MQM's categories
(Freitag et al. 2021) each span says what kind of error it is, and may be critical.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from review_app.annotations.words import Word
from review_app.checks.finding import Severity, Span
from review_app.locale import N_


class Protocol(StrEnum):
    """By which rules a round is marked."""

    ESA = "esa"
    MQM = "mqm"


SEVERITIES: dict[Protocol, tuple[Severity, ...]] = {
    Protocol.ESA: (Severity.MINOR, Severity.MAJOR),
    Protocol.MQM: (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL),
}
"""How bad an error may be, the mildest first."""

OMISSION, PUNCTUATION, NON_TRANSLATION = "accuracy/omission", "fluency/punctuation", "non-translation"

CATEGORIES: dict[str, str] = {
    "accuracy/mistranslation": N_("Accuracy: wrong translation"),
    OMISSION: N_("Accuracy: something is missing"),
    "accuracy/addition": N_("Accuracy: something is added"),
    "accuracy/untranslated": N_("Accuracy: not translated"),
    "fluency/grammar": N_("Language: grammar"),
    "fluency/spelling": N_("Language: spelling"),
    PUNCTUATION: N_("Language: punctuation"),
    "terminology/term": N_("Terms"),
    "style": N_("Style: clumsy, or wrong for the reader"),
    "locale": N_("Form of dates, numbers, addresses"),
    NON_TRANSLATION: N_("No translation at all"),
}
"""MQM's kinds of errors, in words."""

ANCHORS: tuple[tuple[int, str], ...] = (
    (0, N_("No meaning preserved: nearly everything is lost.")),
    (33, N_("Some meaning preserved: significant parts are missing or wrong.")),
    (66, N_("Most meaning preserved, with few mistakes of grammar.")),
    (100, N_("Perfect: the whole meaning, and no mistake of grammar.")),
)
"""What scores mean, as annotators are told (Kocmi et al. 2024)."""

WORST, BEST = 0, 100


@dataclass(frozen=True, slots=True)
class Mark:
    """An error: half-open code-point offsets into the text; no span says that something is missing."""

    span: Span | None
    severity: Severity
    category: str | None = None

    @property
    def missing(self) -> bool:
        """Whether it says that something of the source is left out."""
        return self.span is None

    def as_json(self) -> list[Any]:
        """Return the mark as it is stored."""
        return [*(self.span or (None, None)), str(self.severity), self.category]


def read_marks(stored: Iterable[Sequence[Any]]) -> tuple[Mark, ...]:
    """Return marks from how they are stored."""
    return tuple(
        Mark(None if start is None else (start, end), Severity(severity), category)
        for start, end, severity, category in stored
    )


def with_words(
    marks: Iterable[Mark], words: Sequence[Word], chosen: Collection[int], severity: Severity, category: str | None
) -> tuple[Mark, ...]:
    """Return the marks when these words are marked: neighbours together, instead of whatever overlaps them.

    A word is given by its place; the place after the last word stands for what is missing.
    """
    found = [Mark(span, severity, category) for span in _runs(words, chosen)]
    if len(words) in chosen:
        found.append(Mark(None, severity, OMISSION if category else None))
    kept = [mark for mark in marks if not any(_overlap(mark, new) for new in found)]
    return in_order([*kept, *found])


def without(marks: Sequence[Mark], place: int) -> tuple[Mark, ...]:
    """Return the marks but one; a place where there is none changes nothing."""
    return tuple(mark for number, mark in enumerate(marks) if number != place)


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks in the order of the text; what is missing comes last."""
    return tuple(sorted(marks, key=lambda mark: (mark.span is None, mark.span or (0, 0))))


def mark_at(marks: Iterable[Mark], word: Word) -> Mark | None:
    """Return the mark that covers a word."""
    return next((mark for mark in marks if mark.span and mark.span[0] < word.end and word.start < mark.span[1]), None)


def _runs(words: Sequence[Word], chosen: Collection[int]) -> list[Span]:
    spans: list[Span] = []
    last = None
    for place in sorted(place for place in chosen if 0 <= place < len(words)):
        if last is not None and place == last + 1:
            spans[-1] = (spans[-1][0], words[place].end)
        else:
            spans.append((words[place].start, words[place].end))
        last = place
    return spans


def _overlap(a: Mark, b: Mark) -> bool:
    if a.span is None or b.span is None:
        return a.span is b.span
    return a.span[0] < b.span[1] and b.span[0] < a.span[1]
