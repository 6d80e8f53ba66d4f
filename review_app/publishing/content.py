"""Puts published passages into the page and takes out its main content, sanitised, for the public template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin, urlsplit

import nh3
import turbohtml

from review_app.languages import direction
from review_app.pages.document import Document
from review_app.publishing.notice import MARK_MACHINE, MARK_SOURCE, mark
from review_app.publishing.passages import PassageKind
from review_app.segments.weave import Passage, weave

MAIN = ("main", "[role=main]", "article", "body")
"""Where a page's own content is, the best first."""

AROUND = ("nav", "header", "footer", "aside", "script", "style", "noscript", "template", "form", "dialog")
"""What stands around the content when a page does not say where that is."""

TAGS = set(nh3.ALLOWED_TAGS) | {"main", "section", "article", "figure", "figcaption", "h1", "label", "button"}
ATTRIBUTES = {
    "*": {"lang", "dir", "id", "title", "class"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
}
OUR_CLASSES = {"passage-machine", "passage-source", "mark"}

LinkMap = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage as the public sees it."""

    block: int
    position: int
    kind: PassageKind
    text: str


def weave_page(document: Document, passages: Sequence[Shown], language: str, source_language: str) -> str:
    """Return the whole page with its passages in place, marked where no person has read them."""
    replacements = {
        (shown.block, shown.position): _passage(shown, language, source_language, document) for shown in passages
    }
    return weave(document, replacements)


def main_content(page: str, *, base_url: str, link: LinkMap) -> str:
    """Return the sanitised main content of a page; ``link`` maps an absolute address to the one to offer."""
    tree = turbohtml.parse(page)
    root = next(found for found in (tree.select_one(selector) for selector in MAIN) if found is not None)
    if root.tag == "body":
        for element in root.select(", ".join(AROUND)):
            element.decompose()

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "class":
            return " ".join(c for c in value.split() if c in OUR_CLASSES) or None
        if name == "href":
            return link(urljoin(base_url, value))
        if name == "src":
            return urljoin(base_url, value) if urlsplit(urljoin(base_url, value)).scheme in {"http", "https"} else None
        return value

    return nh3.clean(
        root.inner_html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto", "tel"},
    )


def internal_links(paths: Mapping[str, str]) -> LinkMap:
    """Map the addresses of published pages to their translation; leave every other address as it is."""

    def link(address: str) -> str:
        return paths.get(address.split("#", maxsplit=1)[0].rstrip("/"), address)

    return link


def _passage(shown: Shown, language: str, source_language: str, document: Document) -> Passage:
    if shown.kind is PassageKind.READ:
        return Passage(shown.text)
    if shown.kind is PassageKind.MACHINE:
        label = escape(mark(MARK_MACHINE, language))
        return Passage(
            shown.text,
            before='<span class="passage-machine">',
            after=f' <span class="mark">{label}</span></span>',
        )
    label = escape(mark(MARK_SOURCE, language))
    before = f'<span class="passage-source" lang="{source_language}" dir="{direction(source_language)}">'
    return Passage(
        shown.text,
        before=before,
        after=f'</span> <span class="mark">{label}</span>',
    )
