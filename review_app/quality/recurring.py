"""Finds the replacements that recur in people's corrections: “municipal council” → “municipal assembly”. Pure.

Machine and corrected text are compared word by word. What was replaced is a change; with up to three of the words
around it, it is a phrase. Of the phrases of a change, the shortest is taken that enough corrections share and that
people who read it left standing seldom enough; the word before it goes with it where it always is the same and none of
the small words that stand everywhere.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from review_app.quality.changed import Corrected, CorrectedText, Key, Phrase, around, may_have
from review_app.quality.companions import Companions
from review_app.text.diff import units
from review_app.text.phrases import Replacement, Span, Words, folded, replaced, stands_in

LEAST_CORRECTIONS = 2
"""Segments in which people made the same replacement, before it is called recurring."""

LEAST_SHARE = 0.6
"""Share of the texts with the phrase in which people replaced it."""

LEAST_WORD = 4
"""Letters of a word that may be drawn into a phrase though the phrase recurs without it."""

_SOME_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,3}")
"""What may be a term as it stands: two to four words."""

SMALL_WORDS = frozenset(
    "about also been from have into more most must only other over shall should some such than that their them then"
    " there these they this those under very were what when where which will with would your".split()
)
"""English words of four letters and more that hold a sentence together, and are drawn into no phrase."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A replacement with the segments people made it in, and in how many they left the phrase standing.

    ``source_word`` is the word of the original that goes with it, if one stands out, or the whole original.
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


class Part(NamedTuple):
    """Some of the texts that may have a phrase, and the last segment among them, or None when there are no more."""

    texts: Sequence[Corrected]
    last: int | None


Having: TypeAlias = Callable[[Collection[Words], int], Part]
"""Gives the texts that may have one of some phrases, in the order of their segments, from behind one on."""


def recurring(
    corrections: Iterable[Corrected], least: int = LEAST_CORRECTIONS, least_share: float = LEAST_SHARE
) -> list[Recurring]:
    """Return the replacements that recur, those of most corrections first; each segment is to be given once.

    What is found of a phrase depends on no text that lacks the changed words, but for the word of the original.
    """
    texts = [CorrectedText(one) for one in corrections]
    phrases = _phrases(texts, least)
    standing = _standing(texts, {old for old, _ in phrases})
    shared = _of_share(phrases, standing, least_share)
    companions = Companions((one.corrected.segment_id, one.corrected.source, one.corrected.text) for one in texts)
    return _mined(shared, standing, companions, least, least_share)


def made_again(own: Corrected, alike: Iterable[Corrected], having: Having) -> list[Recurring]:
    """Return the recurring replacements that one correction is an example of, without looking at all there are.

    ``alike``: the other corrections that share one of its ``least_phrases``. Texts with a phrase are asked for in
    parts, only until so many have it that it is no rule. The word of the original is not looked for.
    """
    texts = [CorrectedText(own), *map(CorrectedText, alike)]
    changes = {Phrase(edit, 0, 0).key for edit in texts[0].edits()}
    phrases = {
        key: found
        for key, found in _phrases(texts, LEAST_CORRECTIONS).items()
        if any(Phrase(one.edit, 0, 0).key in changes for one in found)
    }
    most: Counter[Words] = Counter()
    for (old, _), found in phrases.items():
        most[old] = max(most[old], len(_segments(found)))
    standing = _standing_at_most(having, {old: int(count / LEAST_SHARE) for old, count in most.items()})
    shared = _of_share(phrases, standing, LEAST_SHARE)
    found_again = _mined(shared, standing, None, LEAST_CORRECTIONS, LEAST_SHARE)
    return [one for one in found_again if own.segment_id in one.segments]


def _of_share(
    phrases: Mapping[Key, list[Phrase]], standing: Mapping[Words, set[int]], least_share: float
) -> dict[Key, list[Phrase]]:
    return {
        key: found for key, found in phrases.items() if len(_segments(found)) >= least_share * len(standing[key[0]])
    }


def _mined(
    shared: dict[Key, list[Phrase]],
    standing: Mapping[Words, set[int]],
    companions: Companions | None,
    least: int,
    least_share: float,
) -> list[Recurring]:
    every = (_recurring(key, found, standing[key[0]], companions) for key, found in _chosen(shared, least))
    mined = [one for one in every if one.support >= least and one.share >= least_share]
    return sorted(mined, key=lambda one: (-one.support, -one.share, one.replacement.old, one.replacement.new))


def _phrases(texts: Iterable[CorrectedText], least: int) -> dict[Key, list[Phrase]]:
    """Return every phrase that enough segments share."""
    bare: defaultdict[Key, list[Phrase]] = defaultdict(list)
    for text in texts:
        if text.corrected.machine != text.corrected.text:
            for edit in text.edits():
                change = Phrase(edit, 0, 0)
                bare[change.key].append(change)
    found: defaultdict[Key, list[Phrase]] = defaultdict(list)
    for changes in _shared(bare, least).values():  # a phrase recurs only where its change does
        for change in changes:
            for phrase in around(change.edit):
                found[phrase.key].append(phrase)
    return _shared(found, least)


def _shared(found: Mapping[Key, list[Phrase]], least: int) -> dict[Key, list[Phrase]]:
    return {key: phrases for key, phrases in found.items() if len(_segments(phrases)) >= least}


def _standing(texts: Iterable[CorrectedText], olds: Collection[Words]) -> dict[Words, set[int]]:
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


def _standing_at_most(having: Having, most: Mapping[Words, int]) -> dict[Words, set[int]]:
    """Return the segments that have a phrase, by phrase; of one that more have than this, not all."""
    found: dict[Words, set[int]] = {old: set() for old in most}
    open_, after = set(most), 0
    while open_:
        part = having(open_, after)
        if part.last is None:
            break
        may = may_have((max(old, key=len),) for old in open_)
        texts = (CorrectedText(one) for one in part.texts if may(one.machine))
        for old, segments in _standing(texts, open_).items():
            found[old] |= segments
        open_, after = {old for old in open_ if len(found[old]) <= most[old]}, part.last
    return found


def _chosen(shared: dict[Key, list[Phrase]], least: int) -> Iterator[tuple[Key, list[Phrase]]]:
    """Return the shortest phrases that cover the changes, each grown by the words that belong to it."""
    covered: set[tuple[int, Span]] = set()
    for key in sorted(shared, key=lambda key: (len(key[0]) + len(key[1]), -len(shared[key]), key)):
        fresh = [one for one in shared[key] if _place(one) not in covered]
        if len(_segments(fresh)) < least:
            continue
        covered |= {_place(one) for one in fresh}
        yield _grown(key, fresh, shared)


def _grown(key: Key, found: list[Phrase], shared: dict[Key, list[Phrase]]) -> tuple[Key, list[Phrase]]:
    """Draw the words before a phrase in, as long as each is the same in all its corrections and no small one."""
    while True:
        longer = [Phrase(one.edit, one.before + 1, one.after) for one in found if one.before < one.edit.before]
        keys = {one.key for one in longer}
        if len(longer) < len(found) or len(keys) != 1 or not keys <= shared.keys():
            return key, found
        (wider,) = keys
        if wider[0][0] in SMALL_WORDS or len(wider[0][0]) < LEAST_WORD:
            return key, found
        key, found = wider, longer


def _recurring(key: Key, found: Sequence[Phrase], standing: set[int], companions: Companions | None) -> Recurring:
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
    word = (_whole_original(key, found) or companions.of(segments)) if companions else None
    return Recurring(replacement, segments, len(standing - set(segments)), word)


def _whole_original(key: Key, found: Iterable[Phrase]) -> str | None:
    """Return the words of the one original whose whole translation was replaced: none of them stands for all."""
    texts = [one.edit.text for one in found]
    originals = {text.corrected.source.strip() for text in texts}
    if len(originals) > 1 or any(folded(text.machine) != key[0] for text in texts):
        return None
    return next((original for original in originals if _SOME_WORDS.fullmatch(original)), None)


def _segments(found: Iterable[Phrase]) -> set[int]:
    return {one.edit.text.corrected.segment_id for one in found}


def _place(phrase: Phrase) -> tuple[int, Span]:
    return phrase.edit.text.corrected.segment_id, phrase.edit.old
