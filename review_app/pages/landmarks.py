"""Which parts of a page stand around its own content: menus, headers, footers, cookie banners.

Only where text stands is said here; that it is shared by a site's pages is found by comparing them.
"""

import re
from collections.abc import Iterator

import turbohtml
from turbohtml import Element

from review_app.pages.untranslated import Range, merged, reach

MAIN = "main, [role=main]"

_AROUND_TAGS = frozenset({"nav", "aside", "header", "footer", "dialog"})
_AROUND_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"})
_NAMED = re.compile(
    r"cookie|consent|samtycke|gdpr|\bmenu|\bmeny|navbar|\bnav\b|breadcrumb|br[oö]dsmul|footer|sidfot|sidhuvud|topbar|sitelinks",
    re.IGNORECASE,
)
"""How pages without such elements call them, in ``id`` and ``class``."""

_UNNAMED = frozenset({"html", "body"})
"""Elements that hold the whole page, whatever their classes say."""

_SECTIONING = frozenset({"article", "section", "main"})
"""In these a ``header`` or ``footer`` is the section's own (HTML, 4.3.8 and 4.3.9)."""


def around_ranges(tree: turbohtml.Document, length: int) -> list[Range]:
    """Return the ranges of the source that stand around the page's own content, in order.

    A page that says which is its main part has everything else of the body around it.
    """
    main = [_range(element, length) for element in tree.select(MAIN)]
    body = tree.select_one("body")
    if main and body is not None:
        return _gaps(_range(body, length), merged(main))
    return merged(_range(element, length) for element in _standing_around(tree))


def _standing_around(tree: turbohtml.Document) -> Iterator[Element]:
    for element in tree.select(f"{', '.join(sorted(_AROUND_TAGS))}, [role], [id], [class]"):
        if element.tag not in _UNNAMED and element.source_location is not None and _stands_around(element):
            yield element


def _stands_around(element: Element) -> bool:
    if element.tag in {"header", "footer"} and _is_of_a_section(element):
        return False
    if element.tag in _AROUND_TAGS or str(element.attr("role") or "").strip().lower() in _AROUND_ROLES:
        return True
    return _NAMED.search(f"{element.attr('id') or ''} {element.attr('class') or ''}") is not None


def _is_of_a_section(element: Element) -> bool:
    return any(isinstance(parent, Element) and parent.tag in _SECTIONING for parent in element.ancestors)


def _range(element: Element, length: int) -> Range:
    location = element.source_location
    start = location.start_tag.start_offset if location is not None and location.start_tag is not None else 0
    return start, reach(element, start, length)


def _gaps(whole: Range, parts: list[Range]) -> list[Range]:
    gaps = []
    position = whole[0]
    for start, end in parts:
        gaps.append((position, start))
        position = end
    return [(start, end) for start, end in [*gaps, (position, whole[1])] if start < end]
