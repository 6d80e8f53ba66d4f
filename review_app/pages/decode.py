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

READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gbk",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
"""Charsets that every browser reads as a larger one (WHATWG Encoding Standard)."""

CODECS = frozenset(
    """
    utf-8 utf-16-le utf-16-be cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
    iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15
    iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic gbk gb18030 big5hkscs euc_jp iso2022_jp
    """.split()
)
"""Charsets of the standard. Python has more, such as UTF-7 and rot13, that no page may ask for."""

_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
"""windows-1252 as the standard has it: the five bytes that Python's codec refuses are control characters."""

_CP1252_BYTES = {ord(character): byte for byte, character in enumerate(_CP1252)}


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return a page's text, newlines as they are but no byte order mark, and the Python codec it was read with.

    Raises ``BadPage`` for bytes that are not in that charset.
    """
    for mark, codec in BOMS:
        if body.startswith(mark):
            return _strictly(body[len(mark) :], codec), codec
    label = _known(declared) or _known(_meta(body)) or _from_bytes(body)
    return _strictly(body, label), label


def encode(text: str, codec: str) -> bytes:
    """Return the text in the page's own charset; what that lacks becomes a character reference."""
    if codec == "cp1252":
        return codecs.charmap_encode(text, "xmlcharrefreplace", _CP1252_BYTES)[0]
    return text.encode(codec, "xmlcharrefreplace")


def byte_order_mark(body: bytes) -> bytes:
    """Return the mark a page begins with, if any; it is no part of its text."""
    return next((mark for mark, _ in BOMS if body.startswith(mark)), b"")


def _strictly(body: bytes, codec: str) -> str:
    try:
        text = codecs.charmap_decode(body, "strict", _CP1252)[0] if codec == "cp1252" else body.decode(codec)
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
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # ValueError: a null character in the label
        return None
    codec = READ_AS.get(name, name)
    return codec if codec in CODECS else None


def _from_bytes(body: bytes) -> str:
    if _is_utf_8(body):
        return "utf-8"
    found = detect(body)
    return _known(found.codec) or "cp1252"
