"""What a person changed in a machine's text, as phrases: the words replaced, with some of those around them. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from review_app.text.diff import Unit, opcodes, units
from review_app.text.phrases import Span, Words, folded, spans_of

MOST_AROUND = 3
"""Words around a change that may belong to its phrase."""

MOST_CHANGED = 6
"""Words on either side of a change; a longer one is a new sentence, not a phrase."""

MOST_BRIDGED = 2
"""Equal words between two changes that are one, because words were moved across them."""

_NO_LETTER_BEFORE, _NO_LETTER_AFTER = "(?<![a-z])", "(?![a-z])"

_JOINERS = frozenset("-‐‑–'’/&")


Key = tuple[Words, Words]
"""A phrase in the machine's text and what a person made of it, without case."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A machine's text and what a person left of it, the same if they accepted it."""

    segment_id: int
    source: str
    machine: str
    text: str


class Edit(NamedTuple):
    """A change: half-open unit ranges in machine and corrected text, and how many equal words stand around it."""

    text: "CorrectedText"
    old: Span
    new: Span
    before: int
    after: int


class Phrase(NamedTuple):
    """A change with as many words before and after it."""

    edit: Edit
    before: int
    after: int

    @property
    def old(self) -> Span:
        """Its units in the machine's text."""
        return self.edit.old[0] - self.before, self.edit.old[1] + self.after

    @property
    def new(self) -> Span:
        """Its units in the corrected text."""
        return self.edit.new[0] - self.before, self.edit.new[1] + self.after

    @property
    def key(self) -> Key:
        """What makes two phrases the same."""
        text = self.edit.text
        return text.words[slice(*self.old)], text.new_words[slice(*self.new)]


class CorrectedText:
    """A correction, cut into units when it is first needed."""

    def __init__(self, corrected: Corrected) -> None:
        self.corrected = corrected

    @cached_property
    def machine(self) -> list[Unit]:
        """The machine's text."""
        return units(self.corrected.machine)

    @cached_property
    def corrected_units(self) -> list[Unit]:
        """What the person left of it."""
        return units(self.corrected.text)

    @cached_property
    def words(self) -> Words:
        """The machine's words without case."""
        return folded(self.machine)

    @cached_property
    def new_words(self) -> Words:
        """The corrected text's words without case."""
        return folded(self.corrected_units)

    def edits(self) -> Iterator[Edit]:
        """Return the changes that may be a phrase's."""
        found = _bridged(_blocks([*self.words, ""], [*self.new_words, ""]))
        for number, (equal, i, j, k, m) in enumerate(found):
            if equal or not _is_phrase(self.words[i:j], self.new_words[k:m]):
                continue
            before = _plain(reversed(self.words[found[number - 1][1] : i])) if number else 0
            yield Edit(self, (i, j), (k, m), before, _plain(self.words[j : found[number + 1][2]]))

    def form(self, phrase: Phrase) -> tuple[str, str]:
        """Return a phrase as the machine and as the person wrote it."""
        return (
            _cut(self.corrected.machine, self.machine, phrase.old),
            _cut(self.corrected.text, self.corrected_units, phrase.new),
        )


def around(edit: Edit) -> Iterator[Phrase]:
    """Return a change with ever more words around it; either side of a phrase begins and ends with a word."""
    for before in range(min(edit.before, MOST_AROUND) + 1):
        for after in range(min(edit.after, MOST_AROUND - before) + 1):
            phrase = Phrase(edit, before, after)
            if all(side and _is_word(side[0]) and _is_word(side[-1]) for side in phrase.key):
                yield phrase


def least_phrases(corrected: Corrected) -> set[Key]:
    """Return the shortest phrases of a correction's changes: whatever text has a longer one has one of these."""
    found: set[Key] = set()
    for edit in CorrectedText(corrected).edits():
        every = list(around(edit))
        found |= {one.key for one in every if not any(_is_within(other, one) for other in every)}
    return found


def may_have(phrases: Iterable[Words]) -> Callable[[str], bool]:
    """Return a quick test of a text: whoever fails it has none of these phrases."""
    found = re.compile("|".join(sorted({r"\s*".join(map(_alone, words)) for words in phrases})))
    return lambda text: found.search(text.casefold()) is not None


def _alone(word: str) -> str:
    """Return the pattern of a word that is no part of a longer one; what is one is only said of ASCII's letters."""
    before, after = (_NO_LETTER_BEFORE, _NO_LETTER_AFTER) if word.isascii() and word.isalpha() else ("", "")
    return before + re.escape(word) + after


def _is_within(one: Phrase, other: Phrase) -> bool:
    return one != other and one.before <= other.before and one.after <= other.after


_Block = tuple[bool, int, int, int, int]


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """Return the diff as alternating blocks: equal or not, old start and end, new start and end."""
    found: list[_Block] = []
    for tag, i, j, k, m in opcodes(old, new):
        block = (tag == "equal", i, j, k, m)
        if (i, k) == (j, m):
            continue
        if found and found[-1][0] == block[0]:
            _, start, _, new_start, _ = found.pop()
            block = (block[0], start, j, new_start, m)
        found.append(block)
    return found


def _bridged(blocks: Iterable[_Block]) -> list[_Block]:
    """Return the blocks with changes made one where words were moved: “A's arms” → “arms of A” keeps A in its place."""
    found: list[_Block] = []
    for block in blocks:
        if len(found) > 1 and not block[0] and _is_bridge(found[-1]) and _is_move(found[-2], block):
            found.pop()
            _, start, _, new_start, _ = found.pop()
            block = (False, start, block[2], new_start, block[4])  # noqa: PLW2901 - the block with its neighbour
        found.append(block)
    return found


def _is_bridge(block: _Block) -> bool:
    return block[0] and block[2] - block[1] <= MOST_BRIDGED


def _is_move(one: _Block, other: _Block) -> bool:
    """Whether one of two changes takes words away and the other brings some, one of them nothing else."""
    grown = [(m - k) - (j - i) for _, i, j, k, m in (one, other)]
    one_sided = any(i == j or k == m for _, i, j, k, m in (one, other))
    return one_sided and grown[0] * grown[1] < 0


def _is_phrase(old: Words, new: Words) -> bool:
    """Whether a change is one of words: not too many, no number, mark or placeholder among them."""
    words = (*old, *new)
    return (
        max(len(old), len(new)) <= MOST_CHANGED
        and any(map(_is_word, words))
        and all(_is_word(word) or word in _JOINERS for word in words)
    )


def _is_word(word: str) -> bool:
    if word.isalpha():
        return True
    return any(map(str.isalpha, word)) and not any(char.isdigit() or char in "<>" for char in word)


def _plain(words: Iterable[str]) -> int:
    """Return how many words come before the first thing that is none."""
    count = 0
    for word in words:
        if not _is_word(word):
            break
        count += 1
    return count


def _cut(text: str, found: Sequence[Unit], part: Span) -> str:
    spans = spans_of(found)
    return text[spans[part[0]][0] : spans[part[1] - 1][1]]
