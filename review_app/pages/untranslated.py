"""Which parts of a page are not for translators: code, other languages, and what the page says to leave alone."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import turbohtml
from turbohtml import Element

from review_app.pages.markup import UNTRANSLATED, VOID

Range = tuple[int, int]
"""A half-open range of the flat source."""

_CANDIDATES = ", ".join([*sorted(UNTRANSLATED), "[translate]", "[lang]"])


def page_language(tree: turbohtml.Document) -> str | None:
    """Return the language the page says it is in."""
    root = tree.select_one("html")
    value = root.attr("lang") if root is not None else None
    return value.strip() if isinstance(value, str) and value.strip() else None


def untranslated_ranges(tree: turbohtml.Document, language: str, length: int) -> list[Range]:
    """Return the ranges of a page that are not for translators, in order; those inside another are not named."""
    primary = language.split("-", maxsplit=1)[0].lower()
    return merged(_ranges(tree, primary, length))


def _ranges(tree: turbohtml.Document, primary: str, length: int) -> Iterator[Range]:
    for element in tree.select(_CANDIDATES):
        location = element.source_location
        if location is None or location.start_tag is None or _is_for_translators(element, primary):
            continue
        yield location.start_tag.start_offset, reach(element, location.start_tag.start_offset, length)


def _is_for_translators(element: Element, primary: str) -> bool:
    if element.tag in UNTRANSLATED:
        return False
    if str(element.attr("translate") or "").strip().lower() == "no":
        return False
    language = str(element.attr("lang") or "").strip()
    return element.tag == "html" or not language or language.split("-")[0].lower() == primary


def reach(element: Element, start: int, length: int) -> int:
    """Return where an element ends in the source; one without an end tag ends with its parent or its next sibling."""
    location = element.source_location
    if location is not None and location.end_tag is not None:
        return location.end_tag.end_offset
    if element.tag in VOID and location is not None and location.start_tag is not None:
        return location.start_tag.end_offset
    node = element
    while True:
        for sibling in node.next_siblings:
            place = sibling.source_location if isinstance(sibling, Element) else None
            # A copy that the parser made of a misnested element stands where its original does: before this one.
            if place is not None and place.start_tag is not None and place.start_tag.start_offset > start:
                return place.start_tag.start_offset
        parent = node.parent
        if not isinstance(parent, Element):
            return length
        place = parent.source_location
        if place is not None and place.end_tag is not None and place.end_tag.start_offset > start:
            return place.end_tag.start_offset
        node = parent


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, those that overlap as one, without empty ones."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return joined


def within(position: int, ranges: Sequence[Range]) -> bool:
    """Say whether a position of the source is in one of the ranges, which are in order."""
    at = bisect_right(ranges, position, key=itemgetter(0)) - 1
    return at >= 0 and position < ranges[at][1]
