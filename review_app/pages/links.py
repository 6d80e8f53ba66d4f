"""Where a page leads: to pages of the same website, and to what is not translated."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import turbohtml

from review_app.locale import N_

MOST_LINKS = 5_000

DOCUMENT_ENDINGS = frozenset(
    ".pdf .doc .docx .odt .rtf .xls .xlsx .ods .csv .ppt .pptx .odp .zip .epub .mp3 .mp4".split()
)
_WEB = frozenset({"http", "https"})


class LinkKind(StrEnum):
    """What a link leads to."""

    PAGE = "page"
    DOCUMENT = "document"
    SERVICE = "service"
    FRAME = "frame"


LINK_NAMES = {
    LinkKind.PAGE: N_("page"),
    LinkKind.DOCUMENT: N_("document"),
    LinkKind.SERVICE: N_("service or another website"),
    LinkKind.FRAME: N_("frame"),
}


class Link(NamedTuple):
    """A link as it stands in the source: the element's name, the address, and the words it is known by."""

    element: str
    address: str
    words: str


class Leads(NamedTuple):
    """Where a link leads: a full address without its fragment."""

    kind: LinkKind
    address: str
    words: str


def find_links(tree: turbohtml.Document) -> Iterator[Link]:
    """Yield a page's links, frames and the services its forms go to, in page order, up to the most there may be."""
    for element in tree.select("a[href], area[href], iframe[src], form[action]")[:MOST_LINKS]:
        name = {"iframe": "src", "form": "action"}.get(element.tag, "href")
        words = " ".join(element.text.split()) if element.tag == "a" else str(element.attr("title") or "")
        yield Link(element.tag, str(element.attr(name) or "").strip()[:2_000], words[:200])


def leads(links: tuple[Link, ...], page_url: str) -> Iterator[Leads]:
    """Yield where the links of a page at this address lead, each address once; broken ones are left out."""
    host = urlsplit(page_url).netloc.lower()
    seen: set[str] = set()
    for link in links:
        try:
            address = urldefrag(urljoin(page_url, link.address)).url
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in _WEB or not parts.netloc or address in seen:
            continue
        seen.add(address)
        yield Leads(_kind(link, parts.netloc.lower() == host, parts.path), address, link.words)


def untranslated_links(links: tuple[Link, ...], page_url: str) -> list[Leads]:
    """Return what readers of the translation will find in Swedish only: documents, frames, services of others."""
    return [found for found in leads(links, page_url) if found.kind is not LinkKind.PAGE]


def _kind(link: Link, same_host: bool, path: str) -> LinkKind:
    if link.element == "iframe":
        return LinkKind.FRAME
    if PurePosixPath(path).suffix.lower() in DOCUMENT_ENDINGS:
        return LinkKind.DOCUMENT
    return LinkKind.PAGE if same_host and link.element != "form" else LinkKind.SERVICE
