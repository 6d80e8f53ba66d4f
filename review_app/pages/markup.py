"""Cuts a page's source into blocks: runs of text and inline markup, each piece with its place in the source.

The tokens are read in source order and say where everything is; the tree of an HTML5 parser says which elements are
not for translation and how far they reach. Nothing is serialised, so what is not translated stays as it is.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

import turbohtml
from turbohtml import Element, TokenType

from review_app.errors import BadPage
from review_app.locale import N_

INLINE = frozenset(
    """
    a abbr acronym b basefont bdi bdo big blink br cite data del dfn em font i img input ins kbd map mark meter
    nobr output picture progress q rb ruby s samp slot small source span strike strong sub sup time tt u var wbr
    area
    """.split()
)
"""Elements that do not end a sentence's block. An unknown element does: better two sentences than one too many."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

ENDS_ITSELF = frozenset("p li dt dd option optgroup tr td th thead tbody tfoot rt rp".split())
"""Elements that a page may leave open: the next of their kind ends them."""

DEEPEST = 1_000
"""Levels of nesting; real pages stay below 100, and what sanitises pages grows slow beyond this."""

MOST_BLOCKS = 50_000
"""Blocks of one page; the longest law of the land has some 10,000."""

UNTRANSLATED = "script, style, code, template, noscript, textarea, svg, math, iframe, object, canvas, audio, video"
"""Elements whose content is not text for translators."""

ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
"""Attributes that readers meet."""

BUTTON_TYPES = frozenset({"submit", "button", "reset"})


class Kind(StrEnum):
    """What a piece of a block is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Run:
    """One piece of a block: its place in the source and, for text, what it reads as.

    ``exact`` says that each character of ``text`` is one of the source, so that a run may be cut anywhere.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    tag: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A block as found in the source: the name of its element or attribute, and its runs."""

    kind: str
    runs: tuple[Run, ...]
    attribute: bool = False

    @property
    def start(self) -> int:
        """Where the block begins in the source."""
        return self.runs[0].start


def page_language(tree: turbohtml.Document) -> str | None:
    """Return the language the page says it is in."""
    root = tree.select_one("html")
    value = root.attr("lang") if root is not None else None
    return value if isinstance(value, str) and value.strip() else None


def find_blocks(source: str, tree: turbohtml.Document, default_language: str) -> list[Found]:
    """Return a page's blocks in source order. ``source`` has newlines as the parser sees them: ``\\n`` only."""
    skipped = _merged(_untranslated(tree, page_language(tree) or default_language, len(source)))
    found = [*_text_blocks(source, skipped), *_attribute_blocks(source, tree, skipped)]
    return sorted(found, key=lambda block: block.start)


def _untranslated(tree: turbohtml.Document, language: str, length: int) -> Iterator[tuple[int, int]]:
    primary = language.split("-", maxsplit=1)[0].lower()
    for element in tree.select(f"{UNTRANSLATED}, [translate], [lang]"):
        if _is_for_translators(element, primary):
            continue
        location = element.source_location
        if location is not None and location.start_tag is not None:
            yield location.start_tag.start_offset, _reach(element, length)


def _is_for_translators(element: Element, primary: str) -> bool:
    if element.tag in _UNTRANSLATED_TAGS:
        return False
    if str(element.attr("translate") or "").lower() == "no":
        return False
    language = str(element.attr("lang") or "").strip()
    return element.tag == "html" or not language or language.split("-")[0].lower() == primary


_UNTRANSLATED_TAGS = frozenset(UNTRANSLATED.split(", "))


def _reach(element: Element, length: int) -> int:
    """Return where an element ends in the source; one without an end tag ends with its parent or its next sibling."""
    location = element.source_location
    if location is not None and location.end_tag is not None:
        return location.end_tag.end_offset
    if element.tag in VOID and location is not None and location.start_tag is not None:
        return location.start_tag.end_offset
    for sibling in element.next_siblings:
        place = sibling.source_location if isinstance(sibling, Element) else None
        if place is not None and place.start_tag is not None:
            return place.start_tag.start_offset
    parent = element.parent
    if not isinstance(parent, Element):
        return length
    place = parent.source_location
    return place.end_tag.start_offset if place is not None and place.end_tag is not None else _reach(parent, length)


def _merged(ranges: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return merged


class _Scanner:
    """Collects runs into blocks while the tokens go by."""

    def __init__(self) -> None:
        self.blocks: list[Found] = []
        self._open: list[str] = []
        self._runs: list[Run] = []
        self._depth = 0

    def takes_text(self) -> bool:
        """Say whether text here is the page's: all of it but what stands in the head outside the title."""
        return not self._open or self._open[-1] not in {"head", "html"}

    def add(self, run: Run) -> None:
        """Take a run into the block in hand; two line breaks in a row end it."""
        if run.tag == "br" and self._breaks_twice():
            self.flush()
        else:
            self._runs.append(run)

    def tag(self, name: str, *, opens: bool) -> None:
        """End the block in hand and remember which element the next one stands in."""
        self.flush()
        if opens:
            if self._open and self._open[-1] == name and name in ENDS_ITSELF:
                self._open.pop()
            if name not in VOID:
                self._open.append(name)
                self._depth += name not in ENDS_ITSELF
            if self._depth > DEEPEST:
                raise BadPage(N_("The page nests elements more than {deepest} levels deep."), deepest=DEEPEST)
        elif name in self._open:
            while True:
                last = self._open.pop()
                self._depth -= last not in ENDS_ITSELF
                if last == name:
                    break

    def flush(self) -> None:
        """End the block in hand; markup that is opened or closed elsewhere parts it in two."""
        runs, self._runs = self._runs, []
        if not any(_says_something(run) for run in runs):
            return
        kind = self._open[-1] if self._open else "body"
        part: list[Run] = []
        for run, loose in zip(runs, _loose(runs), strict=True):
            if loose:
                self._keep(kind, part)
                part = []
            else:
                part.append(run)
        self._keep(kind, part)

    def _keep(self, kind: str, runs: list[Run]) -> None:
        if any(_says_something(run) for run in runs):
            self.blocks.append(Found(kind, tuple(runs)))
        if len(self.blocks) > MOST_BLOCKS:
            raise BadPage(N_("The page has more than {most} passages. Split it."), most=MOST_BLOCKS)

    def _breaks_twice(self) -> bool:
        for run in reversed(self._runs):
            if run.tag == "br":
                return True
            if not run.text.isspace():
                return False
        return False


def _text_blocks(source: str, skipped: list[tuple[int, int]]) -> list[Found]:
    scanner = _Scanner()
    position, skip = 0, 0
    for token in turbohtml.tokenize(source, resolve_references=False, capture_source=True, capture_attributes=False):
        start = position
        position += len(token.source or token.data or "")
        while skip < len(skipped) and skipped[skip][1] <= start:
            skip += 1
        if skip < len(skipped) and skipped[skip][0] <= start:
            if start == skipped[skip][0]:
                _skip(scanner, token.tag or "", skipped[skip])
        elif token.type is TokenType.TEXT or token.type is TokenType.CHARACTER_REFERENCE:
            if scanner.takes_text():
                exact = token.type is TokenType.TEXT
                scanner.add(Run(Kind.TEXT, start, position, token.data or "", exact=exact))
        elif token.type is TokenType.START_TAG or token.type is TokenType.END_TAG:
            _take_tag(scanner, token.tag or "", start, position, opens=token.type is TokenType.START_TAG)
    scanner.flush()
    if position != len(source):
        raise BadPage(N_("The page cannot be read without losing text. Check its HTML for control characters."))
    return scanner.blocks


def _take_tag(scanner: _Scanner, tag: str, start: int, end: int, *, opens: bool) -> None:
    if tag not in INLINE:
        scanner.tag(tag, opens=opens)
    elif tag in VOID:
        scanner.add(Run(Kind.VOID, start, end, tag=tag))
    else:
        scanner.add(Run(Kind.OPEN if opens else Kind.CLOSE, start, end, tag=tag))


def _skip(scanner: _Scanner, tag: str, reach: tuple[int, int]) -> None:
    """Pass over what is not for translators: inside a sentence it is one object, elsewhere it ends the block."""
    if tag in INLINE or tag in {"code", "svg", "math"}:
        scanner.add(Run(Kind.VOID, *reach, tag=tag))
    elif tag not in {"script", "style", "template", "noscript"}:
        scanner.flush()
    else:
        scanner.add(Run(Kind.VOID, *reach, tag=tag))


def _says_something(run: Run) -> bool:
    return run.kind is Kind.TEXT and not run.text.isspace()


def _loose(runs: list[Run]) -> list[bool]:
    """Say of each run whether it is a tag whose other half is not in the block."""
    loose = [False] * len(runs)
    opened: list[int] = []
    for index, run in enumerate(runs):
        if run.kind is Kind.OPEN:
            opened.append(index)
        elif run.kind is Kind.CLOSE:
            match = next((i for i in reversed(opened) if runs[i].tag == run.tag), None)
            if match is None:
                loose[index] = True
                continue
            while opened[-1] != match:
                loose[opened.pop()] = True
            opened.pop()
    for index in opened:
        loose[index] = True
    return loose


def _attribute_blocks(source: str, tree: turbohtml.Document, skipped: list[tuple[int, int]]) -> Iterator[Found]:
    starts = [start for start, _ in skipped]
    for element in tree.select(", ".join(f"[{name}]" for name in ATTRIBUTES) + ", input[value], meta[content]"):
        location = element.source_location
        if location is None or location.start_tag is None:
            continue
        at = bisect_right(starts, location.start_tag.start_offset) - 1
        if at >= 0 and location.start_tag.start_offset < skipped[at][1]:
            continue
        for name in _translated_attributes(element):
            span = location.attrs.get(name)
            run = _attribute_run(source, span.start_offset, span.end_offset) if span is not None else None
            if run is not None and run.text.strip():
                yield Found(name, (run,), attribute=True)


def _translated_attributes(element: Element) -> Iterator[str]:
    for name in ATTRIBUTES:
        if element.attr(name) is not None:
            yield name
    if element.tag == "input" and str(element.attr("type") or "").lower() in BUTTON_TYPES and element.attr("value"):
        yield "value"
    if element.tag == "meta" and str(element.attr("name") or "").lower() == "description" and element.attr("content"):
        yield "content"


def _attribute_run(source: str, start: int, end: int) -> Run | None:
    """Return the value's place, its quotes included: an unquoted value has to gain some when it is translated."""
    _, equals, value = source[start:end].partition("=")
    if not equals:
        return None
    begin = end - len(value.lstrip())
    text = value.strip()
    quoted = len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]
    return Run(Kind.TEXT, begin, end, unescape(text[1:-1] if quoted else text), exact=False)
