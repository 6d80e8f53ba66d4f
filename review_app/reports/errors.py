"""Which types of errors the checks found in what engines wrote, and which of these people confirmed.

Spot checks that nobody has judged are left out: their flags are not to be seen before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from review_app.checks.finding import Severity
from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import Flag
from review_app.db import among
from review_app.pages.tables import Page
from review_app.quality.service import is_hidden
from review_app.reports.slices import Chosen
from review_app.reports.texts import READ_BY_PEOPLE, machine_texts
from review_app.segments.tables import Segment
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision, Translation

AT_ONCE = 25
"""Examples on a page of the list."""

OUTCOMES = ("corrected", "dismissed", "left")
"""What became of a flag: its text changed by a person since, called a false alarm, or neither."""

AnySelect: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of flags: called false alarms, their text changed by a person since, or neither."""

    dismissed: int = 0
    corrected: int = 0
    left: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.dismissed + self.corrected + self.left

    def __add__(self, other: "Outcomes") -> "Outcomes":
        return Outcomes(self.dismissed + other.dismissed, self.corrected + other.corrected, self.left + other.left)


@dataclass(frozen=True, slots=True)
class ErrorTypes:
    """Flags by category and severity, and by check; those with most flags first."""

    cells: Mapping[tuple[str, str], Outcomes]
    categories: tuple[str, ...]
    checks: tuple[tuple[str, Outcomes], ...]

    def of_category(self, category: str) -> Outcomes:
        """Return what became of all flags of a category."""
        return _sum(found for (name, _), found in self.cells.items() if name == category)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which flags are meant; whatever is ``None`` lets all pass. ``outcome`` is one of ``OUTCOMES``."""

    category: str | None = None
    severity: Severity | None = None
    check: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A flagged machine text; ``span`` is where in it, as half-open code-point offsets."""

    page_id: int
    key: str
    check: str
    severity: str
    source: str
    text: str
    span: tuple[int, int] | None


def error_types(session: Session, chosen: Chosen) -> ErrorTypes:
    """Return what the checks found in the machine texts that pass a report's filter (``texts.machine_texts``)."""
    columns = (Flag.name, Flag.category, Flag.severity, _outcome().label("outcome"))
    rows = session.execute(_of(select(*columns, func.count()), chosen).group_by(*columns)).all()
    cells: dict[tuple[str, str], Outcomes] = {}
    checks: dict[str, Outcomes] = {}
    for name, category, severity, what, count in rows:
        found = Outcomes(**{what: count})
        cells[category, severity] = cells.get((category, severity), Outcomes()) + found
        checks[name] = checks.get(name, Outcomes()) + found
    categories = {category for category, _ in cells}
    totals = {one: _sum(found for (name, _), found in cells.items() if name == one).all for one in categories}
    return ErrorTypes(
        cells=cells,
        categories=tuple(sorted(categories, key=lambda category: (-totals[category], category))),
        checks=tuple(sorted(checks.items(), key=lambda item: (-item[1].all, item[0]))),
    )


def examples_of(session: Session, chosen: Chosen, kind: Kind, first: int = 0) -> tuple[list[Example], int]:
    """Return a page of the flagged machine texts of a kind, the newest first, and how many there are in all."""
    columns = (Segment.page_id, Segment.key, Flag.name, Flag.severity, Revision.source, Revision.text)
    found = _of(select(*columns, Flag.target_start, Flag.target_end), chosen)
    columns_of = (Flag.category, Flag.severity, Flag.name, _outcome())
    for column, value in zip(columns_of, (kind.category, kind.severity, kind.check, kind.outcome), strict=True):
        found = found.where(column == value) if value is not None else found
    count = session.scalar(found.with_only_columns(func.count())) or 0
    rows = session.execute(found.order_by(Flag.id.desc()).offset(first).limit(AT_ONCE))
    return [_example(*row) for row in rows], count


def _outcome() -> ColumnElement[str]:
    later = aliased(Revision)
    put_right = select(later.id).where(
        later.translation_id == Revision.translation_id,
        later.number > Revision.number,
        later.origin.in_(READ_BY_PEOPLE),
        later.text != Revision.text,
    )
    return case((Flag.state == FlagState.DISMISSED, "dismissed"), (put_right.exists(), "corrected"), else_="left")


def _example(
    page_id: int, key: str, check: str, severity: str, source: str, text: str, start: int | None, end: int | None
) -> Example:
    span = None if start is None or end is None else (start, end)
    return Example(page_id, key, check, severity, source, text, span)


def _of(flags: AnySelect, chosen: Chosen) -> AnySelect:
    found = (
        flags.select_from(Flag)
        .join(Revision, Flag.revision_id == Revision.id)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(
            Page.site_id == chosen.site.id,
            Translation.language == chosen.filter.language,
            Revision.origin == Origin.MACHINE,
            Flag.origin == FlagOrigin.CHECK,
            ~is_hidden(Flag.revision_id),
            *machine_texts(chosen.filter),
        )
    )
    return found if chosen.page_ids is None else found.where(among(Page.id, chosen.page_ids))


def _sum(outcomes: Iterable[Outcomes]) -> Outcomes:
    return sum(outcomes, Outcomes())
