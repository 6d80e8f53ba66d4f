"""What the bench shows of a page: which rows, which card is open, what each line says. Pure: values in, values out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from review_app.locale import N_
from review_app.quality.triage import presumed_risk, risk_level
from review_app.review.views import FlagView, MachineText, SegmentRow
from review_app.web.bench_choices import Conflict, Fix, conflict_of
from review_app.web.marking import SEVERITIES, Mark, Run, changed, marked, utf16_offset

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

KINDS: dict[str, str] = {
    "title": N_("title"),
    "content": N_("description for search engines"),
    "alt": N_("alternative text of a picture"),
    "aria-label": N_("name for screen readers"),
    "placeholder": N_("hint in a field"),
    "value": N_("button"),
    "button": N_("button"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), N_("heading")),
    "p": N_("paragraph"),
    "li": N_("list item"),
    "td": N_("table cell"),
    "th": N_("table heading"),
    "caption": N_("caption"),
    "figcaption": N_("caption"),
    "label": N_("label"),
    "option": N_("choice"),
}
"""Kinds of blocks in plain words; any other is called a text."""

UNSEEN = frozenset({"title", "content", "alt", "aria-label", "placeholder", "value"})
"""Kinds that do not stand in the page's running text: the page in its context says what they are."""


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
class Typed:
    """A text that has not been stored, and why: a conflict with what somebody else saved, or a problem with it.

    In a conflict it began with the text of number ``base``. ``comment`` is one that was begun beside it.
    """

    text: str
    conflict: bool = False
    base: int = 0
    problem: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag in a card; ``solved`` says that the text being typed has it no more."""

    flag: FlagView
    title: str
    message: str
    solved: bool = False

    @property
    def fix(self) -> Fix | None:
        """What puts it right, where that is certain and still to be done."""
        flag = self.flag
        if flag.fix is None or flag.target_span is None or self.solved or self.dismissed:
            return None
        return Fix(fix_id(flag), flag.fix, *flag.target_span)

    @property
    def dismissed(self) -> bool:
        """Whether a person called it a false alarm."""
        return self.flag.state == "dismissed"


@dataclass(frozen=True, slots=True)
class Line:
    """A closed row."""

    row: SegmentRow
    source: tuple[Run, ...]
    target: tuple[Run, ...]
    sign: str


@dataclass(frozen=True, slots=True)
class Card:
    """The open segment.

    ``machine`` is marked only while it is the text in question, else ``saved`` is. ``fresh`` are flags of the text
    being typed that the stored one has not; ``changes`` lead to it from the machine's text. ``checked`` is the text
    that flags and their fixes are of.
    """

    row: SegmentRow
    source: tuple[Run, ...]
    machine: tuple[Run, ...]
    saved: tuple[Run, ...]
    flags: tuple[FlagLine, ...]
    fresh: tuple[FlagLine, ...]
    text: str
    checked: str
    changes: tuple[Run, ...]
    caret: int
    conflict: Conflict | None
    problem: str | None
    comment: str = ""


class Occurrence(NamedTuple):
    """Where a segment stands in a page."""

    block: int
    position: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment where it stands in the page; without a translation it is shown in the source language."""

    id: str
    key: str
    number: int
    runs: tuple[Run, ...]
    flagged: bool
    translated: bool
    read: bool


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of the page with its passages."""

    kind: str
    passages: tuple[Passage, ...]


Describe = Callable[[FlagView], tuple[str, str]]
"""Returns a flag's title and message in the interface's language."""


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


def card_of(
    row: SegmentRow,
    describe: Describe,
    typed: Typed | None = None,
    findings: Sequence[FlagView] | None = None,
    base: str = "",
) -> Card:
    """Return a row as the open card shows it; ``findings`` are those in the text being typed, if it was checked.

    ``base`` is the text that both began with, in a conflict.
    """
    stored = row.text or ""
    text = stored if typed is None else typed.text
    machine = row.draft.text if row.draft and row.draft.text is not None else None
    marks = target_marks(row.open_flags)
    found = {identity(flag) for flag in findings or ()}
    known = {identity(flag) for flag in row.flags}
    fresh = [flag for flag in findings or () if identity(flag) not in known]
    present = row.open_flags if findings is None else (*fresh, *(f for f in findings if _is_open(f, row)))
    unchanged = machine == row.text
    return Card(
        row=row,
        source=source_runs(row),
        machine=marked(machine or "", marks if unchanged else ()),
        saved=marked(stored, marks) if marks and not unchanged else (),
        flags=tuple(
            FlagLine(flag, *describe(flag), solved=findings is not None and identity(flag) not in found)
            for flag in row.flags
        ),
        fresh=tuple(FlagLine(flag, *describe(flag)) for flag in fresh),
        text=text,
        checked=stored if findings is None else text,
        changes=changes_of(row, text, present if text != stored or not unchanged else ()),
        caret=_caret(text, row),
        conflict=conflict_of(typed.base, base, text, stored) if typed and typed.conflict else None,
        problem=typed.problem if typed else None,
        comment=typed.comment if typed else "",
    )


def fix_id(flag: FlagView) -> str:
    """Return a short name of a fix, the same whenever the finding and what it says are."""
    return hashlib.sha256(repr((*identity(flag), flag.fix)).encode()).hexdigest()[:16]


def changes_of(row: SegmentRow, text: str, flags: Iterable[FlagView] = ()) -> tuple[Run, ...]:
    """Return what a person changed in the machine's text; nothing when they changed nothing."""
    machine = row.draft.text if row.draft else None
    if machine is None or machine == text:
        return ()
    return changed(machine, text, target_marks(flags))


def target_marks(flags: Iterable[FlagView]) -> list[Mark]:
    """Return the spans of flags in the translation."""
    return [Mark(flag.target_span, flag.severity) for flag in flags if flag.target_span is not None]


def identity(flag: FlagView) -> tuple[str, str, str]:
    """Return what makes two findings on two texts the same one: all but where it stands."""
    return flag.name, flag.message_id, json.dumps(flag.values, sort_keys=True, default=str)


def page_blocks(
    occurrences: Iterable[Occurrence], rows: Mapping[str, SegmentRow], runs_of: Callable[[SegmentRow], tuple[Run, ...]]
) -> tuple[PageBlock, ...]:
    """Return the page in its order, each passage as ``runs_of`` shows it; segments without a row are left out."""
    blocks = []
    for (_number, kind), group in groupby(occurrences, lambda found: (found.block, found.kind)):
        passages = tuple(_passage(found, rows[found.key], runs_of) for found in group if found.key in rows)
        if passages:
            blocks.append(PageBlock(kind, passages))
    return tuple(blocks)


def as_it_stands(row: SegmentRow) -> tuple[Run, ...]:
    """Return the newest text with its flags marked, else the source."""
    return marked(row.source) if row.text is None else marked(row.text, target_marks(row.open_flags))


def kind_word(kind: str) -> str:
    """Return a kind of block in plain words, as an English message id."""
    return KINDS.get(kind, N_("text"))


def engine_texts(row: SegmentRow) -> tuple[MachineText, ...]:
    """Return what other engines said; without a draft text, that it was refused is told elsewhere."""
    return tuple(other for other in row.others if other.text is not None)


def is_offered(row: SegmentRow) -> bool:
    """Whether the text can be approved: it is of the present source, and no mere gloss."""
    return row.text is not None and not row.stale and (row.read or row.may_be_accepted)


def _passage(at: Occurrence, row: SegmentRow, runs_of: Callable[[SegmentRow], tuple[Run, ...]]) -> Passage:
    return Passage(
        id=f"p-{at.block}-{at.position}",
        key=row.key,
        number=row.number,
        runs=runs_of(row),
        flagged=bool(row.open_flags),
        translated=row.text is not None,
        read=row.read,
    )


def source_runs(row: SegmentRow, also: Iterable[Mark] = ()) -> tuple[Run, ...]:
    """Return the source of a card, with what is flagged in it, and what else is to be marked."""
    marks = [Mark(flag.source_span, flag.severity) for flag in row.open_flags if flag.source_span is not None]
    if row.stale and row.old_source is not None:
        return changed(row.old_source, row.source)  # spans of the old flags point into the old source
    return marked(row.source, [*marks, *also])


def _is_open(finding: FlagView, row: SegmentRow) -> bool:
    return identity(finding) in {identity(flag) for flag in row.open_flags}


def _caret(text: str, row: SegmentRow) -> int:
    """Return where the caret starts: at the first flagged span of an untouched text, else at its end."""
    starts = [flag.target_span[0] for flag in row.open_flags if flag.target_span is not None]
    return utf16_offset(text, min(starts) if starts and text == row.text else len(text))
