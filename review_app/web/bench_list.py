"""The list of the bench: what is asked of it, in which pieces it comes, and how a row is signed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.locale import N_
from review_app.quality.triage import risk_level
from review_app.review.listing import Listed
from review_app.review.views import SegmentRow
from review_app.web.marking import SEVERITIES, Run, changed, marked, target_marks, word_marks

SIGNS: dict[str, str] = {
    "critical": N_("critical"),
    "major": N_("major"),
    "minor": N_("minor"),
    "stale": N_("source changed"),
    "risky": N_("high risk"),
    "spot": N_("spot check"),
    "missing": N_("missing"),
    "machine": N_("not read"),
    "accepted": N_("accepted"),
    "edited": N_("corrected"),
}
"""What stands at the end of a row; each has its own shape."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see: a kind of rows, a word in them, and which segment is open.

    ``part`` of the list counts from 1; 0 asks for that with the open segment.
    """

    show: str = "all"
    search: str = ""
    segment: str | None = None
    part: int = 0

    @property
    def listed(self) -> Listed:
        """What the list is narrowed to."""
        return Listed(self.show, self.search)

    @property
    def query(self) -> dict[str, str]:
        """The part of the address that narrows the list."""
        return {name: value for name, value in (("show", self.show), ("q", self.search)) if value not in {"", "all"}}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list; ``comments`` are those with the word that was searched for."""

    row: SegmentRow
    source: tuple[Run, ...]
    target: tuple[Run, ...]
    sign: str
    comments: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the list: the numbers of its sentences in their order, and its lines if they are here already.

    ``first`` and ``last`` count from 1 in the list; ``index`` is that of the piece.
    """

    index: int
    first: int
    numbers: tuple[int, ...]
    lines: tuple[Line, ...] | None = None

    @property
    def last(self) -> int:
        """The place of its last sentence."""
        return self.first + len(self.numbers) - 1

    @property
    def spelled(self) -> str:
        """Its numbers as an address says them: runs as ``101-200``."""
        return ",".join(_spelled(run) for run in _runs(self.numbers))


PART = 100
"""Sentences that come at once."""


def parts_of(numbers: Sequence[int]) -> list[Part]:
    """Return the list in pieces, none of them here yet."""
    starts = range(0, len(numbers), PART)
    return [Part(index, at + 1, tuple(numbers[at : at + PART])) for index, at in enumerate(starts)]


def part_to_show(parts: Sequence[Part], number: int | None, asked: int) -> int:
    """Return which piece is shown first: the one that was asked for, else the one with the open sentence's number."""
    if 0 < asked <= len(parts):
        return asked - 1
    return next((part.index for part in parts if number in part.numbers), 0)


def read_numbers(spelled: str) -> list[int]:
    """Return the numbers that an address says; no more than come at once, and none of what makes no sense."""
    found: list[int] = []
    for run in spelled.split(",")[:PART]:
        low, _, high = run.partition("-")
        if low.isascii() and low.isdigit() and len(low) < MOST_DIGITS and (high or low).isascii():
            end = int(high[:MOST_DIGITS]) if high.isdigit() else int(low)
            found += range(int(low), min(end, int(low) + PART) + 1)
    return found[:PART]


MOST_DIGITS = 8


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _spelled(run: Sequence[int]) -> str:
    return f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0])


def sign_of(row: SegmentRow) -> str:
    """Return what a row is signed with: what asks for a person first."""
    if row.text is None:
        return "missing"
    if row.spot_check:
        return "spot"
    severities = [flag.severity for flag in row.open_flags]
    if severities:
        return min(severities, key=SEVERITIES.index)
    if row.stale:
        return "stale"
    return "risky" if row.risk and risk_level(row.risk.value) == "high" else row.state.value


def line_of(row: SegmentRow, word: str = "") -> Line:
    """Return a row as the list shows it, with the word marked that was searched for."""
    text, places = row.text or "", word_marks(row.source, word)
    is_changed = row.stale and row.old_source is not None
    return Line(
        row,
        changed(row.old_source or "", row.source, places) if is_changed else marked(row.source, places),
        marked(text, [*target_marks(row.open_flags), *word_marks(text, word)]),
        sign_of(row),
        tuple(marked(said.text, places) for said in row.comments if (places := word_marks(said.text, word))),
    )
