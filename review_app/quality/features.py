"""What the risk looks at: the numbers that stand for one translation. Never the engine, never a place in a file."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from review_app.checks.finding import Severity
from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.columns import AT_ONCE
from review_app.checks.lexical.own import OwnLexicon
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.reading import LONGEST_KEPT, blanked
from review_app.quality.evidence import NAMES, evidence
from review_app.quality.example import Example

Floats = NDArray[np.float64]

PLAIN = (
    "critical", "grave", "minor", "short", "long", "words", "brief", "copied", "memory", "rights", "news",
    "others", "others_added", "others_missing", "others_length", "others_letters", "others_order",
)  # fmt: skip
STEPS = {
    "others": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "others_added": (0.1, 0.2, 0.3, 0.4, 0.5),
    "others_missing": (0.1, 0.2, 0.3, 0.4, 0.5),
    "others_length": (0.03, 0.07, 0.15, 0.3),
}
"""Heights of a feature at which the risk may bend: each is a feature that is 1 above it."""

STEPPED = tuple(f"{name}_{at}" for name, heights in STEPS.items() for at in range(len(heights)))
SHARED = tuple(name for name in NAMES if not name.startswith("sizes"))
FEATURES = (*PLAIN, *STEPPED, *NAMES, *(f"{name}_share" for name in SHARED))
"""Their names, in the order of the columns; what is not known of an example is NaN."""

ALONE = (math.nan,) * sum(name.startswith("others") for name in PLAIN)  # what is known where there is no other engine's
SENTENCE = 10  # words; a text of fewer is a heading, a button or a line of a table
MOST_LETTERS = 5_000  # of a text that is compared with another engine's: the order of letters takes their square
LONGEST_RUN = 6  # letters
BETA = 4  # square of what recall weighs beside precision
LITTLE = 5.0  # tokens added to a text's length, so that a short one's shares are not all or nothing


def features_of(example: Example) -> Floats:
    """Return the features of one example."""
    row: Floats = matrix_of([example])[0]
    return row


def matrix_of(examples: Sequence[Example], lexicon: OwnLexicon | None = None) -> Floats:
    """Return the features of many examples, a row each; ``lexicon`` is the one that their site has learned, if any."""
    matrix = np.full((len(examples), len(FEATURES)), math.nan)
    for at, example in enumerate(examples):
        matrix[at, : len(PLAIN)] = _plain(example)
    matrix[:, len(PLAIN) : len(PLAIN) + len(STEPPED)] = _stepped(matrix)
    at = 0
    for tags, group in groupby(examples, key=_tags):
        aligner = _aligner(_primary(tags[0]), _primary(tags[1]), lexicon)
        pairs = [(blanked(example.source), blanked(example.target)) for example in group]
        for first in range(0, len(pairs), AT_ONCE):
            part = pairs[first : first + AT_ONCE]
            matrix[at : at + len(part), len(PLAIN) + len(STEPPED) :] = _evident(aligner, part)
            at += len(part)
    return matrix


def _tags(example: Example) -> tuple[str, str]:
    return example.source_language, example.target_language


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _aligner(source: str, target: str, lexicon: OwnLexicon | None) -> Aligner | None:
    """Return what aligns texts of two languages: a site's own lexicon of them, else what ships, if anything."""
    if lexicon is not None and lexicon.aligner.model.lexicon.languages == (source, target):
        return lexicon.aligner
    return shipped_aligner(source, target)


def _evident(aligner: Aligner | None, pairs: Sequence[tuple[str, str]]) -> Floats | float:
    """Return what the lexical models say, as counts and as shares of the tokens; NaN where there are no models."""
    if aligner is None:
        return math.nan
    counts = evidence(aligner, pairs)
    tokens = counts[:, NAMES.index("sizes_1")] + LITTLE
    return np.hstack([counts, counts[:, : len(SHARED)] / tokens[:, None]])


def _plain(example: Example) -> tuple[float, ...]:
    source, target = _words_of(example.source), example.target.split()
    severities = [finding.severity for finding in example.findings]
    grave = len(severities) - severities.count(Severity.MINOR)
    critical = severities.count(Severity.CRITICAL)
    ratio = math.log((len(example.target) + 5) / (len(example.source) + 5))
    return (
        math.log1p(critical),
        math.log1p(grave),
        math.log1p(len(severities) - grave),
        max(-ratio, 0.0),
        max(ratio, 0.0),
        math.log1p(source.number),
        max(math.log(SENTENCE / max(source.number, 1)), 0.0),
        len(source.different.intersection(target)) / max(len(target), 1),
        math.nan if example.memory is None else 1 - example.memory,
        float(example.content_class == "rights"),
        float(example.content_class == "news"),
        *(_disagreement(example.target, example.others) if example.others else ALONE),
    )


class _Words(NamedTuple):
    """How many words a source has, and the different ones."""

    number: int
    different: frozenset[str]


def _words_of(source: str) -> _Words:
    """Return the words of a source: the last ones are remembered, as one source has several translations."""
    return _remembered(source) if len(source) <= LONGEST_KEPT else _split(source)


def _split(source: str) -> _Words:
    words = source.split()
    return _Words(len(words), frozenset(words))


_remembered = lru_cache(maxsize=AT_ONCE)(_split)


def _stepped(matrix: Floats) -> Floats:
    """Return, for each height of a feature, 1 where it lies above; NaN where it is not known."""
    columns = []
    for name, heights in STEPS.items():
        values = matrix[:, PLAIN.index(name)]
        columns += [np.where(np.isnan(values), math.nan, values > height) for height in heights]
    return np.column_stack(columns)


def _disagreement(target: str, others: Sequence[str]) -> list[float]:
    """Return how the text differs from other engines', the mean over those; there is one.

    These are the share of character trigrams that differ (Dice), the shares of words they do not have and it does
    not, the difference in length (nats), how unlike the letters are (chrF), and how many of them are not in one order.
    """
    means: list[float] = np.mean([_differences(target, other) for other in others], axis=0).tolist()
    return means


def _differences(target: str, other: str) -> tuple[float, ...]:
    trigrams, words = _trigrams(target), _words(target)
    their_trigrams, their_words = _trigrams(other), _words(other)
    shared = 2 * len(trigrams & their_trigrams) / (len(trigrams) + len(their_trigrams))
    both = len(words & their_words)
    ours, theirs = target.lower()[:MOST_LETTERS], other.lower()[:MOST_LETTERS]
    return (
        1 - shared,
        1 - both / max(len(words), 1),
        1 - both / max(len(their_words), 1),
        abs(math.log((len(target) + 5) / (len(other) + 5))),
        1 - _alike("".join(target.split())[:MOST_LETTERS], "".join(other.split())[:MOST_LETTERS]),
        Indel.normalized_distance(ours, theirs),
    )


def _alike(target: str, other: str) -> float:
    """Return how alike two texts without blanks are by runs of one to six letters: chrF, Popović 2015."""
    scores = []
    for length in range(1, LONGEST_RUN + 1):
        ours, theirs = _runs(target, length), _runs(other, length)
        if ours and theirs:
            both = (ours & theirs).total()
            precision, recall = both / ours.total(), both / theirs.total()
            scores.append((precision, recall))
    if not scores:
        return 0.0
    precision, recall = np.mean(scores, axis=0).tolist()
    return (1 + BETA) * precision * recall / (BETA * precision + recall) if precision + recall else 0.0


def _runs(text: str, length: int) -> Counter[str]:
    return Counter(text[at : at + length] for at in range(len(text) - length + 1))


def _words(text: str) -> set[str]:
    return {word.strip('.,;:!?()"“”') for word in text.lower().split()}


def _trigrams(text: str) -> set[str]:
    padded = f"  {text.lower()} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
