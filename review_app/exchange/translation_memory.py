"""Reads pairs of texts from files: TMX 1.4 (LISA), and tab-separated lines of a word or text and its translation."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree

from review_app.errors import BadFile
from review_app.locale import N_

Pair = tuple[str, str]

LARGEST_BYTES = 200 * 1024 * 1024
CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements of a TMX segment that hold markup of another format, not text."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NO_TMX = N_("{file} is no usable TMX: {reason}. Export the translation memory again as TMX 1.4.")


def read_pairs(file: Path, languages: tuple[str, str]) -> list[Pair]:
    """Return the pairs of a file, in its order; ``.tmx`` is TMX, anything else tab-separated lines.

    ``languages`` are source and target; raises ``BadFile`` for what cannot be read or holds no pair of them.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise BadFile(
                N_("{file} is larger than {most} MB. Split it into several files."),
                file=file,
                most=LARGEST_BYTES // 1024**2,
            )
        body = file.read_bytes()
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Check the name and the rights."), file=file, reason=error.strerror
        ) from error
    is_tmx = file.suffix.lower() == ".tmx"
    pairs = list(tmx_pairs(str(file), body, languages) if is_tmx else tsv_pairs(str(file), body))
    if not pairs:
        source, target = languages
        raise BadFile(
            N_("{file} holds no text in {source} with its translation into {target}."),
            file=file,
            source=source,
            target=target,
        )
    return pairs


def tsv_pairs(name: str, body: bytes) -> Iterator[Pair]:
    """Read lines of two columns, UTF-8; further columns, empty lines and those that begin with ``#`` do not count."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(N_("{file} cannot be read as UTF-8 text. Save it as UTF-8."), file=name) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        source, tab, rest = line.partition("\t")
        target = rest.partition("\t")[0]
        if not tab or not source.strip() or not target.strip():
            raise BadFile(
                N_("{file}, line {line}: a word, a tab and its translation were expected."), file=name, line=number
            )
        yield source.strip(), target.strip()


def tmx_pairs(name: str, body: bytes, languages: tuple[str, str]) -> Iterator[Pair]:
    """Read a TMX; entities are not expanded and nothing is fetched. Regions do not count: ``sv-SE`` is ``sv``."""
    source, target = map(_primary, languages)
    events = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = None
    try:
        for event, element in events:
            if root is None:
                root = _checked(name, element)
            if event == "end" and element.tag == "tu":
                texts = _texts(element)
                if texts.get(source) and texts.get(target):
                    yield texts[source], texts[target]
                element.clear()  # what is read makes room
    except etree.XMLSyntaxError as error:
        raise BadFile(NO_TMX, file=name, reason=f"line {error.lineno} is not valid XML") from error


def _checked(name: str, root: etree._Element) -> etree._Element:
    """Return the root of a TMX; one that defines entities is refused, as they would be text that is not there."""
    if root.tag != "tmx":
        raise BadFile(NO_TMX, file=name, reason=f"it begins with <{etree.QName(root).localname}>")
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise BadFile(NO_TMX, file=name, reason="it defines entities of its own")
    return root


def _texts(unit: etree._Element) -> dict[str, str]:
    """Return the text of a unit in each language; of several in one, the first."""
    found: dict[str, str] = {}
    for variant in unit.iterchildren("tuv"):
        language = variant.get(XML_LANG) or variant.get("lang") or ""
        segment = variant.find("seg")
        if segment is not None:
            found.setdefault(_primary(language), " ".join("".join(_words(segment)).split()))
    return found


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in CODES:
            yield from _words(child)
        yield child.tail or ""


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
