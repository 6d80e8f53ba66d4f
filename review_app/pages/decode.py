"""Which charset a page is in, in the order of the HTML standard: byte order mark, HTTP header, meta, bytes.

What cannot be decoded without loss is refused: a replaced character would be a changed page.
"""

import codecs
import re

from turbohtml.detect import detect

from review_app.errors import BadPage
from review_app.locale import N_

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PRESCAN_BYTES = 1024
"""How far the standard looks for a meta element; real pages declare it within that."""

_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

LATIN_1_LABELS = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "cp819"})
"""Labels that mean windows-1252 to every browser (WHATWG Encoding Standard)."""


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return a page's text, newlines as they are, and the Python codec it was read with; raises ``BadPage``."""
    for mark, codec in BOMS:
        if body.startswith(mark):
            return _strictly(body, codec), codec
    label = _known(declared) or _known(_meta(body)) or _from_bytes(body)
    return _strictly(body, label), label


def encode(text: str, codec: str) -> bytes:
    """Return the text in the page's own charset; what that lacks becomes a character reference."""
    return text.encode(codec, "xmlcharrefreplace")


def _strictly(body: bytes, codec: str) -> str:
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        raise BadPage(
            N_("The page is said to be {charset}, but byte {position} is not. Correct its charset and try again."),
            charset=codec,
            position=error.start,
        ) from error
    if codec == "cp1252" and not body.isascii() and _is_utf_8(body):
        raise BadPage(
            N_("The page is said to be {charset}, but its bytes are UTF-8. Correct its charset and try again."),
            charset="ISO-8859-1",
        )
    return text


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _meta(body: bytes) -> str | None:
    found = _META.search(_COMMENT.sub(b"", body[: 4 * PRESCAN_BYTES])[:PRESCAN_BYTES])
    label = found[1].decode("ascii", "replace").lower() if found else None
    return "utf-8" if label and label.startswith("utf-16") else label  # the standard: a meta in ASCII bytes


def _known(label: str | None) -> str | None:
    """Return the Python codec of a label, or nothing when nobody knows it."""
    if not label:
        return None
    # The detector names its own decoders, which cannot encode: Python has a codec of the same name.
    label = label.strip().strip("\"'").lower().replace("whatwg-", "").replace("whatwg_", "")
    if label in LATIN_1_LABELS:
        return "cp1252"
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def _from_bytes(body: bytes) -> str:
    if _is_utf_8(body):
        return "utf-8"
    found = detect(body)
    return _known(found.codec) or "cp1252"
