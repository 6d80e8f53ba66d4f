"""How well a lexicon tells a translation from one that is not: tried on pairs that it has not learned from. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from review_app.checks.lexical.alignment import Aligner, Side
from review_app.checks.lexical.coverage import loose_parts
from review_app.checks.lexical.own import Limits
from review_app.checks.lexical.tokens import TOKEN
from review_app.checks.lexical.words import Words

SEED = 1
LEFT_OUT = 1 / 3  # share of a text that is cut off its end
LITTLE = 5.0  # nats added to a text's rarity, so that a short one's share is not all or nothing

LEAST_LIMIT = 0.1  # share of a text that may be without counterpart whatever a trial says
MARGIN = 1.35  # above the highest share of a true pair


@dataclass(frozen=True, slots=True)
class Trial:
    """In what share of pairs the true one is covered better than another (0 to 1, ties half), by what is wrong with it.

    ``others``: another pair's translation; ``replaced``: one word is another; ``left_out``: the last third is missing.
    """

    pairs: int
    others: float
    replaced: float
    left_out: float

    @property
    def mean(self) -> float:
        """The mean of the three."""
        return (self.others + self.replaced + self.left_out) / 3


def tried(aligner: Aligner, pairs: Sequence[tuple[str, str]]) -> Trial:
    """Try a lexicon on pairs of texts of four words and more."""
    chance = random.Random(SEED)  # noqa: S311 – repeatable, not secret
    words = [match[0] for _source, target in pairs for match in TOKEN.finditer(target) if len(match[0]) > 3]
    wins = [0.0, 0.0, 0.0]
    with aligner.lock:
        for at, (source, target) in enumerate(pairs):
            aligner.ready()
            own = covered(aligner, source, target)
            spoilt = (pairs[at - 1][1], _replaced(target, words, chance), _cut(target))
            for kind, text in enumerate(spoilt):
                other = covered(aligner, source, text)
                wins[kind] += 1.0 if own > other else 0.5 if own == other else 0.0
    others, replaced, left_out = (count / len(pairs) for count in wins)
    return Trial(len(pairs), others, replaced, left_out)


def limits_of(aligner: Aligner, pairs: Sequence[tuple[str, str]]) -> Limits:
    """Return the shares from which on too much is missing or added: clearly more than in any of these true pairs."""
    missing, added = LEAST_LIMIT, LEAST_LIMIT
    for source, target in pairs:
        ours, theirs = loose_parts(aligner, source, target)
        missing, added = max(missing, MARGIN * ours.share), max(added, MARGIN * theirs.share)
    return Limits(missing, added)


def flagged(aligner: Aligner, limits: Limits, pairs: Sequence[tuple[str, str]]) -> int:
    """Return how many true pairs would be flagged in error."""
    parts = (loose_parts(aligner, source, target) for source, target in pairs)
    return sum(ours.share > limits.missing or theirs.share > limits.added for ours, theirs in parts)


def covered(aligner: Aligner, source: str, target: str) -> float:
    """Return how much of both texts, by rarity, has a counterpart in the other, 0 to 1. The lock must be held."""
    aligned = aligner.align(source, target)
    return (_share(aligned.source, aligner.model.source) + _share(aligned.target, aligner.model.target)) / 2


def _share(side: Side, words: Words) -> float:
    linked, whole = 0.0, LITTLE
    for word, strength in zip(side.words, side.strength, strict=True):
        if words.content[word]:
            whole += words.rarities[word]
            linked += words.rarities[word] * strength**0.5
    return linked / whole


def _replaced(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Put another word in the place of one of more than three letters."""
    places = [match.span() for match in TOKEN.finditer(text) if len(match[0]) > 3]
    if not places:
        return chance.choice(words) if words else ""
    start, end = chance.choice(places)
    others = [word for word in chance.sample(words, min(5, len(words))) if word != text[start:end]]
    return text[:start] + (others[0] if others else "") + text[end:]


def _cut(text: str) -> str:
    tokens = list(TOKEN.finditer(text))
    keep = max(1, round(len(tokens) * (1 - LEFT_OUT)))
    return text[: tokens[keep - 1].end()] if tokens else text
