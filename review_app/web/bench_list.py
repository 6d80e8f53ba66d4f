"""The list of the bench: which rows are shown, in which order, and how a closed one is signed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review_app.locale import N_
from review_app.quality.triage import presumed_risk, risk_level
from review_app.review.views import SegmentRow
from review_app.web.marking import SEVERITIES, Run, changed, marked, target_marks

SHOWN = ("all", "risk", "flagged", "unread", "stale", "commented")
"""What the list can be narrowed to."""

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
    """What a person wants to see: a kind of rows, a word in them, and which segment is open."""

    show: str = "all"
    search: str = ""
    segment: str | None = None

    @property
    def query(self) -> dict[str, str]:
        """The part of the address that narrows the list."""
        return {name: value for name, value in (("show", self.show), ("q", self.search)) if value not in {"", "all"}}


@dataclass(frozen=True, slots=True)
class Line:
    """A closed row."""

    row: SegmentRow
    source: tuple[Run, ...]
    target: tuple[Run, ...]
    sign: str


def needs_work(row: SegmentRow) -> bool:
    """Whether a person still has something to do here."""
    return not row.read or bool(row.open_flags)


def matches(row: SegmentRow, asked: Asked) -> bool:
    """Whether a row is among those asked for."""
    kinds = {
        "flagged": bool(row.open_flags),
        "unread": not row.read,
        "risk": needs_work(row),
        "stale": row.stale,
        "commented": bool(row.open_comments),
    }
    word = asked.search.casefold()
    texts = (row.source, row.text or "", *(comment.text for comment in row.comments))
    return kinds.get(asked.show, True) and any(word in text.casefold() for text in texts)


def counts(rows: Iterable[SegmentRow]) -> dict[str, int]:
    """Return how many rows each way of narrowing shows."""
    rows = list(rows)
    return {show: sum(matches(row, Asked(show)) for row in rows) for show in SHOWN}


def in_order(rows: Iterable[SegmentRow], asked: Asked) -> list[SegmentRow]:
    """Return rows in the order they are shown: that of the page, or the riskiest first.

    Spot checks come before all others then, so that their place tells nothing of their risk.
    """
    return sorted(rows, key=_by_risk) if asked.show == "risk" else list(rows)


def _by_risk(row: SegmentRow) -> tuple[bool, float, int]:
    presumed = presumed_risk(flag.severity for flag in row.open_flags)
    return not row.spot_check, -(row.risk.value if row.risk else presumed), row.number


def next_key(rows: Sequence[SegmentRow], asked: Asked, after: str | None) -> str | None:
    """Return the next segment that needs work, beginning again at the top; ``None`` when nothing is left."""
    rows = in_order(rows, asked)
    at = next((index + 1 for index, row in enumerate(rows) if row.key == after), 0)
    for row in [*rows[at:], *rows[:at]]:
        if row.key != after and needs_work(row) and matches(row, asked):
            return row.key
    return None


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


def line_of(row: SegmentRow) -> Line:
    """Return a row as the list shows it."""
    source = changed(row.old_source, row.source) if row.stale and row.old_source is not None else marked(row.source)
    return Line(row, source, marked(row.text or "", target_marks(row.open_flags)), sign_of(row))
