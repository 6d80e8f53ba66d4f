"""The page in its context: each passage where it stands in the page, in the words for kinds of blocks. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from review_app.locale import N_
from review_app.review.views import SegmentRow
from review_app.web.marking import Run, marked, target_marks

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
