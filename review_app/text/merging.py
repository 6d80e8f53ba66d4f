"""Brings two changes of one text together, word by word: what only one of two people changed is taken from them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from review_app.text.diff import Unit, opcodes, units


class Merged(NamedTuple):
    """Two changes in one text; ``clean`` says that no words had to be chosen, because both changed them."""

    text: str
    clean: bool


Stretch: TypeAlias = tuple[Sequence[Unit], Sequence[Unit], Sequence[Unit]]
"""What stands between two words that are the same in all three texts: in the first one, in mine, in theirs."""


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Return a text with both changes of ``base``; where both changed the same words, those of ``mine`` stand."""
    out: list[str] = []
    clean = True
    for stretch in _stretches(units(base), units(mine), units(theirs)):
        before, one, other = ("".join(map("".join, some)) for some in stretch)
        out.append(other if one == before else one)
        clean = clean and (one == other or before in {one, other})
    return Merged("".join(out), clean)


def _stretches(before: Sequence[Unit], one: Sequence[Unit], other: Sequence[Unit]) -> Iterator[Stretch]:
    left, right = _places(before, one), _places(before, other)
    b = m = t = 0
    for index in range(len(before)):
        if index in left and index in right:
            yield before[b:index], one[m : left[index]], other[t : right[index]]
            b, m, t = index, left[index], right[index]
            yield before[b : b + 1], one[m : m + 1], other[t : t + 1]
            b, m, t = b + 1, m + 1, t + 1


def _places(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """Return where each unit that stayed stands afterwards; the last, which has no word, always does."""
    found: dict[int, int] = {}
    for tag, i, j, k, _ in opcodes(_words(before), _words(after)):
        if tag == "equal":
            found |= {i + step: k + step for step in range(j - i)}
    return found


def _words(some: Sequence[Unit]) -> list[str]:
    return [unit.word for unit in some]
