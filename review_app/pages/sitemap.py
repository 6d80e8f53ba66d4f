"""Reads sitemaps (sitemaps.org): the pages of a website, or further sitemaps; packed or not."""

import gzip
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from review_app.errors import BadFile
from review_app.locale import N_

LARGEST_BYTES = 50 * 1024 * 1024
MOST_ADDRESSES = 50_000
"""Both as the protocol has them, for one file."""

_GZIP = b"\x1f\x8b"

NO_SITEMAP = N_("{file} is no sitemap: {reason}. Give a sitemap.xml, or a list of addresses.")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap names: pages, or further sitemaps when it is an index."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(name: str, body: bytes) -> Sitemap:
    """Read a sitemap; raises ``BadFile`` for what is none. Entities are not expanded and nothing is fetched."""
    data = _unpacked(name, body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise BadFile(NO_SITEMAP, file=name, reason=f"line {error.lineno} is not valid XML") from error
    if root.getroottree().docinfo.doctype:
        raise BadFile(NO_SITEMAP, file=name, reason="it has a document type of its own")
    kind = etree.QName(root).localname
    if kind not in {"urlset", "sitemapindex"}:
        raise BadFile(NO_SITEMAP, file=name, reason=f"it begins with <{kind}>")
    found = tuple(
        location.text.strip()
        for entry in root.iterchildren("{*}url", "{*}sitemap")
        for location in entry.iterchildren("{*}loc")
        if location.text and location.text.strip()
    )
    if len(found) > MOST_ADDRESSES:
        raise BadFile(NO_SITEMAP, file=name, reason=f"it names more than {MOST_ADDRESSES} addresses")
    return Sitemap(pages=found) if kind == "urlset" else Sitemap(sitemaps=found)


def looks_like_sitemap(address: str) -> bool:
    """Say whether an address or a file's name is one that sitemaps have."""
    last = address.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1].lower()
    return last.removesuffix(".gz").endswith(".xml")


def _unpacked(name: str, body: bytes) -> bytes:
    if body.startswith(_GZIP):
        try:
            with gzip.open(BytesIO(body)) as packed:
                body = packed.read(LARGEST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise BadFile(NO_SITEMAP, file=name, reason="it is packed wrongly") from error
    if len(body) > LARGEST_BYTES:
        raise BadFile(NO_SITEMAP, file=name, reason=f"it is larger than {LARGEST_BYTES // 1024**2} MB")
    return body
