"""Reads and writes TMX 1.4 (LISA OSCAR 2005), the format in which translation memories are exchanged.

Untrusted files: a document type may be named, as many programs do, but nothing is fetched, and a file that declares
entities or has any but XML's own five is refused. Markup inside a segment becomes placeholders: ``<bpt>`` and ``<ept>``
with the same ``i`` are ``<1>`` and ``</1>``, every other code is ``<2/>``, and ``<hi>`` is left out, not its text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from lxml import etree

from review_app.errors import BadFile
from review_app.locale import N_
from review_app.text.normalise import normalise
from review_app.text.placeholders import Part, is_well_nested, plain, tokenise

NO_TMX = N_("{file} is no usable TMX file: {reason}. Export it again, and leave out what is no text.")

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TIME = "%Y%m%dT%H%M%SZ"
_FLATTENED = frozenset({"hi"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One text in several languages, by language tag in lower case, and when it was last changed."""

    texts: Mapping[str, str]
    changed_at: datetime | None = None


def read_tmx(name: str, body: bytes) -> Iterator[Unit]:
    """Yield the units of a TMX file; raises ``BadFile`` for what is none, possibly after some of them."""
    reading = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        yield from _units(name, reading)
    except etree.XMLSyntaxError as error:
        raise BadFile(NO_TMX, file=name, reason=f"line {error.lineno} is not valid XML") from error


def _units(name: str, reading: Iterable[tuple[str, Any]]) -> Iterator[Unit]:
    root = None
    for event, element in reading:
        tag = _tag(element)
        if root is None:
            root = element
            _require_tmx(name, root)
        if event == "end" and tag == "tu":
            yield _unit(name, element)
            element.clear()
            while element.getprevious() is not None:  # else the units read stay in memory
                del element.getparent()[0]


def _require_tmx(name: str, root: Any) -> None:
    if _tag(root) != "tmx":
        raise BadFile(NO_TMX, file=name, reason=f"it begins with <{_tag(root)}>")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise BadFile(NO_TMX, file=name, reason="it declares entities")


def _unit(name: str, element: Any) -> Unit:
    texts: dict[str, str] = {}
    numbers = _Numbers()
    for variant in element.iterchildren("{*}tuv"):
        language = variant.get(_LANGUAGE) or variant.get("lang") or ""
        segment = next(variant.iterchildren("{*}seg"), None)
        if segment is not None and language:
            texts.setdefault(language.replace("_", "-").lower(), _text(name, segment, numbers))
    return Unit(texts, _moment(element.get("changedate") or element.get("creationdate")))


class _Numbers:
    """Numbers of placeholders: what is marked alike (``x``) in the languages of a unit has one number.

    An end is matched with its beginning by ``i``, which means nothing outside its segment.
    """

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        self._alone = 0

    def segment(self) -> None:
        """Begin with a segment."""
        self._begun, self._alone = {}, 0

    def of(self, tag: str, code: Any) -> str:
        """Return the placeholder of a code."""
        i, x = code.get("i", ""), code.get("x")
        if tag == "ept":
            return f"</{self._begun.get(i) or self._number(f'ept {i}')}>"
        if tag == "bpt":
            self._begun[i] = self._number(f"bpt {x or i}")
            return f"<{self._begun[i]}>"
        self._alone += 1
        return f"<{self._number(f'alone {x or self._alone}')}/>"

    def _number(self, name: str) -> int:
        return self._known.setdefault(name, len(self._known) + 1)


def _text(name: str, segment: Any, numbers: _Numbers) -> str:
    numbers.segment()
    text = normalise("".join(_pieces(name, segment, numbers)))
    return text if is_well_nested(text) else normalise(plain(text))


def _pieces(name: str, element: Any, numbers: _Numbers) -> Iterator[str]:
    """Yield what an element says, its codes as placeholders."""
    yield element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):
            raise BadFile(NO_TMX, file=name, reason=f"line {child.sourceline} has an entity of its own ({child.text})")
        tag = _tag(child)
        if tag in _FLATTENED:
            yield from _pieces(name, child, numbers)
        elif tag:
            yield numbers.of(tag, child)
        yield child.tail or ""


def _tag(element: Any) -> str:
    """Return an element's name without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


def write_tmx(units: Iterable[Unit], source_language: str, version: str) -> Iterator[bytes]:
    """Yield a TMX 1.4 file piece by piece; the source language's text comes first in each unit."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    header = etree.Element(
        "header",
        {
            "creationtool": "review-app",
            "creationtoolversion": version,
            "datatype": "plaintext",
            "segtype": "sentence",
            "adminlang": "en",
            "srclang": source_language,
            "o-tmf": "review-app",
        },
    )
    yield b"  " + etree.tostring(header, encoding="utf-8") + b"\n  <body>\n"
    for unit in units:
        yield b"    " + etree.tostring(_element(unit), encoding="utf-8") + b"\n"
    yield b"  </body>\n</tmx>\n"


def _element(unit: Unit) -> Any:
    element = etree.Element("tu")
    if unit.changed_at is not None:
        element.set("changedate", unit.changed_at.astimezone(UTC).strftime(_TIME))
    for language, text in unit.texts.items():
        variant = etree.SubElement(element, "tuv")
        variant.set(_LANGUAGE, language)
        _write(etree.SubElement(variant, "seg"), text)
    return element


_CODES = {Part.OPEN: "bpt", Part.CLOSE: "ept", Part.VOID: "ph"}


def _write(segment: Any, text: str) -> None:
    last = None
    for piece in tokenise(text):
        if piece.part is Part.TEXT:
            said = "".join(char for char in piece.text if _is_xml(char))
            if last is None:
                segment.text = (segment.text or "") + said
            else:
                last.tail = (last.tail or "") + said
            continue
        last = etree.SubElement(segment, _CODES[piece.part])
        last.set("x" if piece.part is Part.VOID else "i", str(piece.number))
        if piece.part is Part.OPEN:
            last.set("x", str(piece.number))
        last.text = piece.text


def _is_xml(char: str) -> bool:
    return char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff" and not "\ud800" <= char <= "\udfff")
