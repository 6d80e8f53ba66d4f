"""The matrix of pages and languages: which rows a search keeps, and in what order. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from review_app.locale import N_
from review_app.review.views import PageHead

GRAVITY = {"critical": 10_000, "major": 100, "minor": 1}
"""How severities weigh against each other when rows are ordered: one grave flag before many small ones."""


@dataclass(frozen=True, slots=True)
class Search:
    """What the person is looking for; empty fields ask for nothing.

    ``who``: pages of ``me``, of ``nobody``, or of the person with this id.
    """

    text: str = ""
    state: str = ""
    language: str = ""
    flagged: bool = False
    order: str = "path"
    who: str = ""
    me: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether it may leave rows out."""
        return bool(self.text or self.state or self.language or self.flagged or self.who)


@dataclass(frozen=True, slots=True)
class Row:
    """One page with its cells by language."""

    page: PageHead
    cells: Mapping[str, PageHead]

    @property
    def minutes(self) -> int:
        """Expected effort in every language shown."""
        return sum(cell.minutes_left for cell in self.cells.values())

    @property
    def gravity(self) -> int:
        """How grave its open flags are."""
        counts = [cell.open_flags for cell in self.cells.values()]
        return sum(GRAVITY.get(severity, 1) * n for flags in counts for severity, n in flags.items())


ORDERS: dict[str, tuple[str, Callable[[Row], tuple[float, str]]]] = {
    "path": (N_("by address"), lambda row: (0, row.page.path)),
    "flags": (N_("gravest flags first"), lambda row: (-row.gravity, row.page.path)),
    "minutes": (N_("most work first"), lambda row: (-row.minutes, row.page.path)),
    "visits": (N_("most visited first"), lambda row: (-row.page.visits, row.page.path)),
    "due": (N_("what is due first"), lambda row: (_due(row), row.page.path)),
    "changed": (N_("last changed first"), lambda row: (-_changed(row), row.page.path)),
}
"""Ways to order rows: what a person calls them, and the key."""


def rows(heads: Iterable[PageHead], search: Search) -> list[Row]:
    """Return the rows that match, in the order asked for."""
    cells: dict[int, dict[str, PageHead]] = {}
    for head in heads:
        if not search.language or head.language == search.language:
            cells.setdefault(head.page_id, {})[head.language] = head
    found = [Row(next(iter(row.values())), row) for row in cells.values()]
    key = ORDERS.get(search.order, ORDERS["path"])[1]
    return sorted((row for row in found if _matches(row, search)), key=key)


def _matches(row: Row, search: Search) -> bool:
    words = search.text.casefold().split()
    text = f"{row.page.title} {row.page.path} {row.page.url}".casefold()
    return (
        all(word in text for word in words)
        and (not search.flagged or row.gravity > 0)
        and (not search.who or any(_is_with(cell, search) for cell in row.cells.values()))
        and (not search.state or any(_is_in(cell, search.state) for cell in row.cells.values()))
    )


def _is_in(cell: PageHead, state: str) -> bool:
    return cell.stale > 0 if state == "stale" else cell.state == state


def _due(row: Row) -> int:
    days = [cell.assigned.due_on for cell in row.cells.values() if cell.assigned and cell.assigned.due_on]
    return min(days, default=date.max).toordinal()


def _is_with(cell: PageHead, search: Search) -> bool:
    if search.who == "nobody":
        return cell.assigned is None
    wanted = str(search.me) if search.who == "me" else search.who
    return cell.assigned is not None and str(cell.assigned.person_id) == wanted


def _changed(row: Row) -> float:
    return max(cell.changed_at.timestamp() for cell in row.cells.values())
