"""Finds the replacements that recur in people's corrections: “municipal council” → “municipal assembly”. Pure.

Machine and corrected text are compared word by word. What was replaced is a change; with up to three of the words
around it, it is a phrase. Of the phrases of a change, the shortest is taken that enough corrections share and that
people who read it left standing seldom enough; the word before it goes with it where it always is the same and none of
the small words that stand everywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from review_app.quality.companions import Companions
from review_app.text.diff import Unit, opcodes, units
from review_app.text.phrases import Replacement, Span, Words, folded, replaced, spans_of, stands_in

LEAST_CORRECTIONS = 2
"""Segments in which people made the same replacement, before it is called recurring."""

LEAST_SHARE = 0.6
"""Share of the texts with the phrase in which people replaced it."""

MOST_AROUND = 3
"""Words around a change that may belong to its phrase."""

MOST_CHANGED = 6
"""Words on either side of a change; a longer one is a new sentence, not a phrase."""

MOST_BRIDGED = 2
"""Equal words between two changes that are one, because words were moved across them."""

LEAST_WORD = 4
"""Letters of a word that may be drawn into a phrase though the phrase recurs without it."""

SMALL_WORDS = frozenset(
    "about also been from have into more most must only other over shall should some such than that their them then"
    " there these they this those under very were what when where which will with would your".split()
)
"""English words of four letters and more that hold a sentence together, and are drawn into no phrase."""

_JOINERS = frozenset("-‐‑–'’/&")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A machine's text and what a person left of it, the same if they accepted it."""

    segment_id: int
    source: str
    machine: str
    text: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """A replacement with the segments people made it in, and in how many they left the phrase standing.

    ``source_word`` is the word of the original that goes with it, if one stands out.
    """

    replacement: Replacement
    segments: tuple[int, ...]
    left: int
    source_word: str | None

    @property
    def support(self) -> int:
        """In how many segments people made it."""
        return len(self.segments)

    @property
    def share(self) -> float:
        """In what share of the texts that had the phrase people replaced it, 0 to 1."""
        return self.support / (self.support + self.left)


Key = tuple[Words, Words]


class _Edit(NamedTuple):
    """A change: half-open unit ranges in machine and corrected text, and how many equal words stand around it."""

    text: "_Text"
    old: Span
    new: Span
    before: int
    after: int


class _Phrase(NamedTuple):
    """A change with as many words before and after it."""

    edit: _Edit
    before: int
    after: int

    @property
    def old(self) -> Span:
        return self.edit.old[0] - self.before, self.edit.old[1] + self.after

    @property
    def new(self) -> Span:
        return self.edit.new[0] - self.before, self.edit.new[1] + self.after

    @property
    def key(self) -> Key:
        text = self.edit.text
        return text.words[slice(*self.old)], text.new_words[slice(*self.new)]


class _Text:
    """A correction, cut into units when it is first needed."""

    def __init__(self, corrected: Corrected) -> None:
        self.corrected = corrected

    @cached_property
    def machine(self) -> list[Unit]:
        return units(self.corrected.machine)

    @cached_property
    def corrected_units(self) -> list[Unit]:
        return units(self.corrected.text)

    @cached_property
    def words(self) -> Words:
        return folded(self.machine)

    @cached_property
    def new_words(self) -> Words:
        return folded(self.corrected_units)

    def edits(self) -> Iterator[_Edit]:
        """Return the changes that may be a phrase's."""
        found = _bridged(_blocks([*self.words, ""], [*self.new_words, ""]))
        for number, (equal, i, j, k, m) in enumerate(found):
            if equal or not _is_phrase(self.words[i:j], self.new_words[k:m]):
                continue
            before = _plain(reversed(self.words[found[number - 1][1] : i])) if number else 0
            yield _Edit(self, (i, j), (k, m), before, _plain(self.words[j : found[number + 1][2]]))

    def form(self, phrase: _Phrase) -> tuple[str, str]:
        """Return a phrase as the machine and as the person wrote it."""
        return (
            _cut(self.corrected.machine, self.machine, phrase.old),
            _cut(self.corrected.text, self.corrected_units, phrase.new),
        )


def recurring(
    corrections: Iterable[Corrected], least: int = LEAST_CORRECTIONS, least_share: float = LEAST_SHARE
) -> list[Recurring]:
    """Return the replacements that recur, those of most corrections first; each segment is to be given once.

    What is found of a phrase depends on no text that lacks the changed words, but for the word of the original.
    """
    texts = [_Text(one) for one in corrections]
    phrases = _phrases(texts, least)
    standing = _standing(texts, {old for old, _ in phrases})
    shared = {
        key: found for key, found in phrases.items() if len(_segments(found)) >= least_share * len(standing[key[0]])
    }
    companions = Companions((one.corrected.segment_id, one.corrected.source, one.corrected.text) for one in texts)
    mined = []
    for key, found in _chosen(shared, least):
        one = _recurring(key, found, standing[key[0]], companions)
        if one.support >= least and one.share >= least_share:
            mined.append(one)
    return sorted(mined, key=lambda one: (-one.support, -one.share, one.replacement.old, one.replacement.new))


def _phrases(texts: Iterable[_Text], least: int) -> dict[Key, list[_Phrase]]:
    """Return every phrase that enough segments share."""
    bare: defaultdict[Key, list[_Phrase]] = defaultdict(list)
    for text in texts:
        if text.corrected.machine != text.corrected.text:
            for edit in text.edits():
                change = _Phrase(edit, 0, 0)
                bare[change.key].append(change)
    found: defaultdict[Key, list[_Phrase]] = defaultdict(list)
    for changes in _shared(bare, least).values():  # a phrase recurs only where its change does
        for change in changes:
            for phrase in _around(change.edit):
                found[phrase.key].append(phrase)
    return _shared(found, least)


def _shared(found: Mapping[Key, list[_Phrase]], least: int) -> dict[Key, list[_Phrase]]:
    return {key: phrases for key, phrases in found.items() if len(_segments(phrases)) >= least}


def _around(edit: _Edit) -> Iterator[_Phrase]:
    """Return a change with ever more words around it; either side of a phrase begins and ends with a word."""
    for before in range(min(edit.before, MOST_AROUND) + 1):
        for after in range(min(edit.after, MOST_AROUND - before) + 1):
            phrase = _Phrase(edit, before, after)
            if all(side and _is_word(side[0]) and _is_word(side[-1]) for side in phrase.key):
                yield phrase


def _standing(texts: Iterable[_Text], olds: Collection[Words]) -> dict[Words, set[int]]:
    """Return the segments whose machine text has a phrase, by phrase."""
    found: dict[Words, set[int]] = {old: set() for old in olds}
    by_first: defaultdict[str, set[int]] = defaultdict(set)
    for old in olds:
        by_first[old[0]].add(len(old))
    for text in texts:
        words = text.words
        for at, word in enumerate(words):
            for length in by_first.get(word, ()):
                known = found.get(words[at : at + length])
                if known is not None:
                    known.add(text.corrected.segment_id)
    return found


def _chosen(shared: dict[Key, list[_Phrase]], least: int) -> Iterator[tuple[Key, list[_Phrase]]]:
    """Return the shortest phrases that cover the changes, each grown by the words that belong to it."""
    covered: set[tuple[int, Span]] = set()
    for key in sorted(shared, key=lambda key: (len(key[0]) + len(key[1]), -len(shared[key]), key)):
        fresh = [one for one in shared[key] if _place(one) not in covered]
        if len(_segments(fresh)) < least:
            continue
        covered |= {_place(one) for one in fresh}
        yield _grown(key, fresh, shared)


def _grown(key: Key, found: list[_Phrase], shared: dict[Key, list[_Phrase]]) -> tuple[Key, list[_Phrase]]:
    """Draw the words before a phrase in, as long as each is the same in all its corrections and no small one."""
    while True:
        longer = [_Phrase(one.edit, one.before + 1, one.after) for one in found if one.before < one.edit.before]
        keys = {one.key for one in longer}
        if len(longer) < len(found) or len(keys) != 1 or not keys <= shared.keys():
            return key, found
        (wider,) = keys
        if wider[0][0] in SMALL_WORDS or len(wider[0][0]) < LEAST_WORD:
            return key, found
        key, found = wider, longer


def _recurring(key: Key, found: Sequence[_Phrase], standing: set[int], companions: Companions) -> Recurring:
    forms = Counter(one.edit.text.form(one) for one in found)
    old, new = min(forms, key=lambda form: (-forms[form], form[0][:1].isupper(), form))
    replacement = Replacement(old, new)
    segments = tuple(
        sorted(
            {
                one.edit.text.corrected.segment_id
                for one in found
                if stands_in(folded(units(replaced(one.edit.text.corrected.machine, replacement))), key[1])
            }
        )
    )
    return Recurring(replacement, segments, len(standing - set(segments)), companions.of(segments))


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


def _segments(found: Iterable[_Phrase]) -> set[int]:
    return {one.edit.text.corrected.segment_id for one in found}


def _place(phrase: _Phrase) -> tuple[int, Span]:
    return phrase.edit.text.corrected.segment_id, phrase.edit.old
