"""What changed between two texts, word by word: machine and correction, or an old source and the new one.

A unit is a word, a number, one punctuation mark or one placeholder, with the space before it. Units are matched by
their longest common subsequence; what lies between is deleted and inserted. White space alone never holds two texts
together, so neighbouring changed words read as one change.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import Indel

from review_app.text.placeholders import Part, tokenise

Op: TypeAlias = Literal["equal", "delete", "insert"]

MOST_CELLS = 400_000_000
"""Above this product of unit counts (about 20,000 words twice) the differing middle is shown as one change."""


class Change(NamedTuple):
    """A run of text and what happened to it; a replacement is a deletion with an insertion right after it."""

    op: Op
    text: str


class Unit(NamedTuple):
    """A word, a number, one punctuation mark or one placeholder, with the space before it."""

    space: str
    word: str


def word_diff(old: str, new: str) -> list[Change]:
    """Return the changes that lead from ``old`` to ``new``; empty when both are.

    Equal and deleted runs joined are ``old``; equal and inserted runs joined are ``new``. No run is empty, and no two
    neighbours have the same operation.
    """
    pattern = _unit_pattern(_marks_of(old + new))
    changes = _Changes()
    before, after = [*_units(old, pattern)], [*_units(new, pattern)]
    for tag, i, j, k, m in opcodes([unit.word for unit in before], [unit.word for unit in after]):
        if tag == "equal":
            for left, right in zip(before[i:j], after[k:m], strict=True):
                changes.add_space(left.space, right.space)
                changes.equal(left.word)
        else:
            changes.add("".join(map("".join, before[i:j])), "".join(map("".join, after[k:m])))
    return changes.finish()


def units(text: str) -> list[Unit]:
    """Cut a text into units; the last one has no word and holds the space at the end."""
    return [*_units(text, _unit_pattern(_marks_of(text)))]


class _Changes:
    """Collects runs; a stretch of white space between two changes becomes part of them."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._equal = ""
        self._old = ""
        self._new = ""

    def equal(self, text: str) -> None:
        self._equal += text

    def add_space(self, old: str, new: str) -> None:
        """Take the space before a unit that is the same on both sides; what differs in it is a change."""
        if old == new:
            self.equal(old)
        else:
            self.add(old, new)

    def add(self, old: str, new: str) -> None:
        """Take a change; the last one goes on if there is one, and only white space between."""
        if (self._equal and not self._equal.isspace()) or not (self._old or self._new):
            self._flush()
        else:
            self._old += self._equal
            self._new += self._equal
            self._equal = ""
        self._old += old
        self._new += new

    def _flush(self) -> None:
        """Write the open change and the equal run after it; space that begins or ends both sides is no change."""
        old, new = self._old, self._new
        ahead = _shared_space(old, new)
        old, new = old[len(ahead) :], new[len(ahead) :]
        behind = _shared_space(old[::-1], new[::-1])[::-1]
        cut = len(behind)
        self._write("equal", ahead)
        self._write("delete", old[: len(old) - cut])
        self._write("insert", new[: len(new) - cut])
        self._write("equal", behind + self._equal)
        self._old = self._new = self._equal = ""

    def _write(self, op: Op, text: str) -> None:
        if self._done and self._done[-1].op == op:
            text = self._done.pop().text + text
        if text:
            self._done.append(Change(op, text))

    def finish(self) -> list[Change]:
        self._flush()
        return self._done


def _shared_space(one: str, other: str) -> str:
    """Return the white space that both texts begin with."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right or not left.isspace():
            break
        length += 1
    return one[:length]


def _marks_of(text: str) -> str:
    """Return the combining marks of a text, each once."""
    return "" if text.isascii() else "".join(sorted(char for char in set(text) if unicodedata.category(char)[0] == "M"))


def _units(text: str, pattern: re.Pattern[str]) -> Iterator[Unit]:
    """Cut a text into units; the last one has no word and holds the space at the end."""
    space = ""
    for piece in tokenise(text):
        words = [piece.text] if piece.part is not Part.TEXT else pattern.findall(piece.text)
        for word in words:
            if word.isspace():
                space += word
            else:
                yield Unit(space, word)
                space = ""
    yield Unit(space, "")


@lru_cache(maxsize=64)
def _unit_pattern(marks: str) -> re.Pattern[str]:
    r"""Return the pattern of spaces, words and single characters; ``\w`` lacks combining marks, so they are given."""
    joiners = "\u00ad\u200c\u200d"
    mark = f"[{re.escape(marks)}{joiners}]"
    unspaced = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # Thai to Chinese
    letter = rf"(?:(?![{unspaced}])\w{mark}*)"
    word = rf"{letter}+(?:(?:['’]|(?<=\d)[.,:](?=\d)){letter}+)*"
    return re.compile(rf"\s+|{word}|.{mark}*", re.DOTALL)


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return (tag, old start, old end, new start, new end), matching equal units in order; the last units are equal."""
    start = 0
    while start < min(len(old), len(new)) - 1 and old[start] == new[start]:
        start += 1
    end = 1
    while end < min(len(old), len(new)) - start and old[-end - 1] == new[-end - 1]:
        end += 1
    i, k = len(old) - end, len(new) - end
    middle = [("replace", start, i, start, k)]
    if (i - start) * (k - start) <= MOST_CELLS:
        numbers: dict[str, int] = {}
        one = [numbers.setdefault(word, len(numbers)) for word in old[start:i]]
        other = [numbers.setdefault(word, len(numbers)) for word in new[start:k]]
        middle = [
            (op.tag, op.src_start + start, op.src_end + start, op.dest_start + start, op.dest_end + start)
            for op in Indel.opcodes(one, other)
        ]
    return [("equal", 0, start, 0, start), *middle, ("equal", i, len(old), k, len(new))]
