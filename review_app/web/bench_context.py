"""The page in its context: each passage where it stands in the page, in the words for kinds of blocks. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from review_app.languages import direction
from review_app.locale import N_
from review_app.review.views import SegmentRow
from review_app.web.marking import SEVERITIES, Run, marked

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
    """A segment where it stands in the page; without a translation it is shown in the source language.

    ``severity`` is that of the gravest open flag.
    """

    id: str
    key: str
    number: int
    runs: tuple[Run, ...]
    severity: str | None
    translated: bool
    read: bool

    @property
    def has_markup(self) -> bool:
        """Whether links or other elements of the page stand in it."""
        return any(part.chip for run in self.runs for part in run.parts)

    def around(self, words: Markup, language: str, source_language: str) -> Markup:
        """Return its words in that tag."""
        return Markup("{}{}</span>").format(self.opening(language, source_language), words)

    def opening(self, language: str, source_language: str) -> Markup:
        """Return the tag that it stands in, within the page in its frame."""
        tag = language if self.translated else source_language
        state = "missing" if not self.translated else "" if self.read else "unread"
        return Markup('<span id="{}" class="{}" data-of="{}" data-number="{}" lang="{}" dir="{}"{}>').format(
            self.id,
            " ".join(filter(None, ("passage", state, self.severity))),
            self.key,
            self.number,
            tag,
            direction(tag),
            Markup(" data-markup") if self.has_markup else "",
        )


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
    """Return the newest text, else the source."""
    return marked(row.source if row.text is None else row.text)


def kind_word(kind: str) -> str:
    """Return a kind of block in plain words, as an English message id."""
    return KINDS.get(kind, N_("text"))


def _passage(at: Occurrence, row: SegmentRow, runs_of: Callable[[SegmentRow], tuple[Run, ...]]) -> Passage:
    return Passage(
        id=f"p-{at.block}-{at.position}",
        key=row.key,
        number=row.number,
        runs=runs_of(row),
        severity=next((name for name in SEVERITIES if any(flag.severity == name for flag in row.open_flags)), None),
        translated=row.text is not None,
        read=row.read,
    )
