"""What a card offers to choose: to undo, to put a fix in, to settle what two people changed. Pure."""

from dataclasses import dataclass

from review_app.text.merging import merge
from review_app.web.marking import Run, changed


@dataclass(frozen=True, slots=True)
class Undo:
    """How a person undoes what they have just done to a segment; ``number`` is that of the text they stored."""

    key: str
    address: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people's changes of one text, from what both began with, and a text that has both.

    ``against`` leads from theirs to mine. ``clean``: they touched different words. ``base`` is the number of the text
    both began with.
    """

    base: int
    before: str
    theirs: tuple[Run, ...]
    mine: tuple[Run, ...]
    against: tuple[Run, ...]
    merged: str
    clean: bool


@dataclass(frozen=True, slots=True)
class Fix:
    """What should stand in a place of the text that was checked, in code points."""

    id: str
    text: str
    start: int
    end: int


def conflict_of(base_number: int, base: str, mine: str, theirs: str) -> Conflict:
    """Return what is shown of two changes of one text."""
    both = merge(base, mine, theirs)
    return Conflict(
        base_number, base, changed(base, theirs), changed(base, mine), changed(theirs, mine), both.text, both.clean
    )
