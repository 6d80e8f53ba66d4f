"""A page as it was read: its text, and the blocks in it that hold text for readers."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import turbohtml

from review_app.errors import BadPage
from review_app.locale import N_
from review_app.pages.blocks import find_blocks
from review_app.pages.decode import decode
from review_app.pages.landmarks import around_ranges
from review_app.pages.links import Link, find_links
from review_app.pages.markup import Found, Run
from review_app.pages.untranslated import Range, page_language, within

LARGEST_BYTES = 10 * 1024 * 1024
MOST_ATTRIBUTES = 2_000
"""Attributes of one element."""

DEEPEST = 500
"""Levels of nesting; real pages stay below 100. From 512 on the parser, as browsers do, flattens the tree."""

_TOO_DEEP = " > ".join(["*"] * (DEEPEST + 1))

DEFAULT_LANGUAGE = "sv"
"""Language of a page that does not name one."""

_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Block:
    """An element or attribute that holds text. ``number`` counts blocks in page order from 0.

    ``around`` says that it stands around the page's own content: in a menu, a footer, a cookie banner.
    """

    number: int
    kind: str
    runs: tuple[Run, ...]
    attribute: bool
    around: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A page: ``text`` with newlines as they came in; offsets of runs count ``\\r\\n`` as one character."""

    text: str
    charset: str
    language: str | None
    title: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()

    @property
    def flat(self) -> str:
        """The text with newlines as an HTML parser sees them: what runs point into."""
        return flatten(self.text)


def read_document(body: bytes, declared_charset: str | None = None, *, links: bool = False) -> Document:
    """Read a page's bytes, its links too if asked; raises ``BadPage`` with one sentence for what is no usable page."""
    if len(body) > LARGEST_BYTES:
        raise BadPage(N_("The page is larger than {megabytes} MB. Split it, or import a smaller one."), megabytes=10)
    if not body.strip():
        raise BadPage(N_("The page is empty. Check the file or the address."))
    if body.startswith(_BINARY) or (b"\x00" in body[:1024] and not body.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise BadPage(N_("This is no HTML page but some other kind of file. Import an HTML page."))
    text, charset = decode(body, declared_charset)
    source = flatten(text)
    if "<" not in source or source.lstrip()[:1] in {"{", "["}:
        raise BadPage(N_("This is no HTML page: it has no markup. Import an HTML page."))
    tree = turbohtml.parse(source, source_locations=True)
    _refuse_overloaded(tree)
    found = find_blocks(source, tree, DEFAULT_LANGUAGE)
    if not found:
        raise BadPage(N_("The page has no text to translate. Check the file or the address."))
    around = around_ranges(tree, len(source))
    return Document(
        text=text,
        charset=charset,
        language=page_language(tree),
        title=_title(found),
        blocks=tuple(
            Block(number, one.kind, one.runs, one.attribute, _stands_around(one, around))
            for number, one in enumerate(found)
        ),
        links=tuple(find_links(tree)) if links else (),
    )


def flatten(text: str) -> str:
    """Return the text with every newline as ``\\n``, as an HTML parser reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def splice(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Replace ranges of the flat text in the text as it came in; all else, newlines too, stays as it is."""
    pairs = _carriage_returns(text)
    out: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits):
        begin = start + bisect_left(pairs, start)
        out += [text[position:begin], replacement]
        position = end + bisect_left(pairs, end)
    out.append(text[position:])
    return "".join(out)


def _carriage_returns(text: str) -> list[int]:
    """Return where, in the flat text, a newline takes two characters of the text as it came in."""
    places: list[int] = []
    found = text.find("\r\n")
    while found >= 0:
        places.append(found - len(places))
        found = text.find("\r\n", found + 2)
    return places


def _refuse_overloaded(tree: turbohtml.Document) -> None:
    """Refuse an element that would choke whoever reads the page after us."""
    if tree.select_one(_TOO_DEEP) is not None:
        raise BadPage(N_("The page nests elements more than {deepest} levels deep."), deepest=DEEPEST)
    if any(len(element.attrs) > MOST_ATTRIBUTES for element in tree.iter_elements()):
        raise BadPage(N_("The page has an element with more than {most} attributes."), most=MOST_ATTRIBUTES)


def _title(found: list[Found]) -> str:
    """Return what the page calls itself: its main heading, which unlike ``title`` does not repeat the site's name."""
    blocks = [block for block in found if not block.attribute]
    heading = next((block for kind in ("h1", "title") for block in blocks if block.kind == kind), None)
    return " ".join("".join(run.text for run in heading.runs).split()) if heading else ""


def _stands_around(block: Found, around: Sequence[Range]) -> bool:
    """Say whether a block stands around the page's content; its title and its description never do."""
    own = block.kind == "content" if block.attribute else block.kind == "title"
    return not own and within(block.start, around)
