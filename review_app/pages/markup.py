"""The words in which pages are spoken of: runs of text and tags with their places, and the kinds of elements."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

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

UNTRANSLATED = frozenset(
    """
    script style code template noscript textarea svg math iframe object canvas audio video
    xmp plaintext noembed noframes
    """.split()
)
"""Elements whose content is not text for translators."""


class Kind(StrEnum):
    """What a piece of a block is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    VOID = "void"


class Run(NamedTuple):
    """One piece of a block: its place in the source and, for text, what it reads as. A tuple: pages have thousands.

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


def says_something(run: Run) -> bool:
    """Say whether a run is text that a reader can see."""
    return run.kind is Kind.TEXT and run.text != "" and not run.text.isspace()
