"""The attributes of a page that readers meet: alternative texts, labels, buttons, the description."""

from collections.abc import Iterator, Sequence

import turbohtml
from turbohtml import Element

from review_app.pages.markup import Found, Kind, Run
from review_app.pages.untranslated import Range, within

ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
"""Attributes that readers meet on any element."""

BUTTON_TYPES = frozenset({"submit", "button", "reset"})
"""Kinds of ``input`` whose value is a button's text."""

_CANDIDATES = ", ".join([*(f"[{name}]" for name in ATTRIBUTES), "input[value]", "meta[content]"])


def attribute_blocks(source: str, tree: turbohtml.Document, skipped: Sequence[Range]) -> Iterator[Found]:
    """Return a block for every attribute that readers meet, outside the ranges skipped."""
    seen: set[int] = set()
    for element in tree.select(_CANDIDATES):
        location = element.source_location
        if location is None or location.start_tag is None:
            continue
        if within(location.start_tag.start_offset, skipped):
            continue
        for name, value in _translated(element):
            span = location.attrs.get(name)
            # The parser copies misnested elements: several of the tree, one in the source.
            if span is None or span.start_offset in seen:
                continue
            seen.add(span.start_offset)
            start = _value_start(source, span.start_offset, span.end_offset)
            if start is not None:
                yield Found(name, (Run(Kind.TEXT, start, span.end_offset, value, exact=False),), attribute=True)


def _translated(element: Element) -> Iterator[tuple[str, str]]:
    names = list(ATTRIBUTES)
    if element.tag == "input" and str(element.attr("type") or "").strip().lower() in BUTTON_TYPES:
        names.append("value")
    if element.tag == "meta" and str(element.attr("name") or "").strip().lower() == "description":
        names.append("content")
    for name in names:
        value = element.attr(name)
        if isinstance(value, str) and value.strip():
            yield name, value


def _value_start(source: str, start: int, end: int) -> int | None:
    """Return where the value begins, its quotes included: an unquoted one has to gain some when it is translated."""
    _, equals, value = source[start:end].partition("=")
    return end - len(value.lstrip()) if equals else None
