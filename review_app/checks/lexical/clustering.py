"""Words of one kind, found by the company they keep: what stands beside them, and how they end.

Contexts are weighted by positive pointwise mutual information and reduced by a singular value decomposition
(Bullinaria and Levy 2007); k-means groups them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.tokens import CAPITALS, NAME, NUMBER

Floats = NDArray[np.float32]

KINDS = 110  # groups of words with meaning
NEIGHBOURS = 600  # commonest words that count as company
DIMENSIONS = 60
ENDINGS = 80  # commonest endings of two and three letters
WEIGHT_OF_ENDINGS = 0.45  # beside a context vector of length one
LEAST = 4  # times a word must be seen to be grouped
MOST_WORDS = 14_000
ROUNDS = 15
SEED = 1
RARE = 60  # times a word may be seen to tell what a word never seen is like


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of each word; a word never seen has that of words with its ending. Class 1 is unknown."""

    of_word: dict[str, int]
    of_ending: dict[str, int]
    count: int

    def of(self, word: str) -> int:
        """Return the class of a word in lower case."""
        found = self.of_word.get(word)
        if found is not None:
            return found
        for size in (4, 3, 2, 1):
            if len(word) > size and (found := self.of_ending.get(word[-size:])) is not None:
                return found
        return 1


def group(texts: Sequence[Sequence[str]], closed: Collection[str]) -> Classes:
    """Learn the classes of the words in texts; words of closed classes and common marks are each their own."""
    seen = Counter(word for text in texts for word in text)
    marks = [word for word, count in seen.items() if not word[0].isalpha() and count > 30]
    own = [*sorted(word for word in closed if seen[word] > 3), NAME, CAPITALS, NUMBER, *sorted(marks)]
    fixed = {word: at + 2 for at, word in enumerate(dict.fromkeys(own))}
    words = [
        word
        for word, count in seen.most_common(MOST_WORDS)
        if count >= LEAST and word[0].isalpha() and word not in fixed
    ]
    first = len(fixed) + 2
    kinds = _grouped(_described(texts, words, seen), np.array([seen[word] for word in words]))
    grouped = {word: first + int(kind) for word, kind in zip(words, kinds, strict=True)}
    endings = _endings({word: kind for word, kind in grouped.items() if seen[word] < RARE})
    return Classes(fixed | grouped, endings, first + KINDS)


def _described(texts: Sequence[Sequence[str]], words: list[str], seen: Counter[str]) -> Floats:
    """Return a vector for each word: its company, and how it ends."""
    number = {word: at for at, word in enumerate(words)}
    near = {word: at for at, (word, _count) in enumerate(seen.most_common(NEIGHBOURS))}
    other, edge = len(near), len(near) + 1
    together = np.zeros((len(words), 2 * (edge + 1)), np.float32)
    for text in texts:
        company = [edge, *(near.get(word, other) for word in text), edge]
        for at, word in enumerate(text):
            if (row := number.get(word)) is not None:
                together[row, company[at]] += 1
                together[row, edge + 1 + company[at + 2]] += 1
    expected = together.sum(1, keepdims=True) * together.sum(0, keepdims=True) / together.sum()
    surprise = np.where(together > 0, np.log(np.maximum(together, 1) / np.maximum(expected, 1e-9)), 0).clip(min=0)
    _values, axes = np.linalg.eigh(surprise.T @ surprise)
    company_vectors = surprise @ axes[:, : -DIMENSIONS - 1 : -1]
    company_vectors /= np.linalg.norm(company_vectors, axis=1, keepdims=True) + 1e-9
    return np.hstack([company_vectors, WEIGHT_OF_ENDINGS * _ending_vectors(words)])


def _ending_vectors(words: list[str]) -> Floats:
    ends = Counter(word[-size:] for word in words for size in (2, 3) if len(word) > size + 1)
    number = {end: at for at, (end, _count) in enumerate(ends.most_common(ENDINGS))}
    vectors = np.zeros((len(words), ENDINGS), np.float32)
    for row, word in enumerate(words):
        for size in (2, 3):
            if len(word) > size + 1 and word[-size:] in number:
                vectors[row, number[word[-size:]]] = 1
    return vectors


def _grouped(vectors: Floats, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the group of each vector; frequent words weigh more, as their square root."""
    weight = np.sqrt(np.minimum(counts, 2000)).astype(np.float32)
    chosen = np.random.default_rng(SEED).choice(
        len(vectors), min(KINDS, len(vectors)), replace=False, p=weight / weight.sum()
    )
    centres = vectors[chosen].copy()
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(ROUNDS):
        nearest = ((centres**2).sum(1)[None] - 2 * vectors @ centres.T).argmin(1)
        for kind in range(len(centres)):
            if (own := nearest == kind).any():
                centres[kind] = (vectors[own] * weight[own, None]).sum(0) / weight[own].sum()
    return nearest


def _endings(kind_of: dict[str, int]) -> dict[str, int]:
    """Return the commonest class of rare words by their last letters."""
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for word, kind in kind_of.items():
        for size in (1, 2, 3, 4):
            if len(word) > size:
                votes[word[-size:]][kind] += 1
    return {end: vote.most_common(1)[0][0] for end, vote in votes.items() if vote.total() >= (5 if len(end) > 1 else 1)}
