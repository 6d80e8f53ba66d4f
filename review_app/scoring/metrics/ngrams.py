"""N-grams of BLEU and chrF counted as sacreBLEU does, in sets where it fills counters.

An n-gram that does not repeat matches once or not at all, so that the common part of two sets is most of the answer;
only those that repeat in the reference are counted in the hypothesis. Tests hold every number against sacreBLEU's.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from string import punctuation
from typing import TypeAlias

BLEU_ORDER, CHARACTERS, WORDS = 4, 6, 2
"""The longest n-grams: BLEU's, and of chrF2++ in characters and in words."""

Gram: TypeAlias = Hashable
Orders: TypeAlias = list[list[Gram]]
"""The n-grams of a text, order by order."""

_APART = str.maketrans({sign: f" {sign} " for sign in punctuation if sign not in "'-.,"})
_STOPS = (
    (re.compile(r"([^0-9])([.,])"), r"\1 \2 "),  # unless a digit stands before
    (re.compile(r"([.,])([^0-9])"), r" \1 \2"),  # or after
)
_DASH = re.compile(r"([0-9])(-)")
_PUNCTUATION = frozenset(punctuation)


@dataclass(frozen=True, slots=True)
class Known:
    """A reference's n-grams of one order: how many, which, and how often those that repeat."""

    total: int
    different: frozenset[Gram]
    repeated: dict[Gram, int]


def bleu_tokens(text: str) -> list[str]:
    """Return a text's tokens by sacreBLEU's tokeniser ``13a``, which is that of mteval-v13a."""
    line = text.rstrip().replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    if "&" in line:
        line = line.replace("&quot;", '"').replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    line = f" {line} ".translate(_APART)
    if "." in line or "," in line:
        for pattern, replacement in _STOPS:
            line = pattern.sub(replacement, line)
    if "-" in line:
        line = _DASH.sub(r"\1 \2 ", line)
    return line.split()


def bleu_orders(text: str) -> Orders:
    """Return the n-grams that BLEU counts."""
    return _orders(bleu_tokens(text), BLEU_ORDER)


def chrf_orders(text: str) -> Orders:
    """Return the n-grams that chrF2++ counts: of characters without white space, then of words."""
    characters = "".join(text.split())
    grams: Orders = [
        [characters[place : place + order] for place in range(len(characters) - order + 1)]
        for order in range(1, CHARACTERS + 1)
    ]
    return grams + _orders(_words(text), WORDS)


def known(grams: Sequence[Gram]) -> Known:
    """Return what is to be known of a reference's n-grams of one order."""
    different = frozenset(grams)
    if len(different) == len(grams):
        return Known(len(grams), different, {})
    return Known(len(grams), different, {gram: count for gram, count in Counter(grams).items() if count > 1})


def matches(grams: Sequence[Gram], reference: Known) -> int:
    """Return how many of the n-grams the reference has, none more often than it has it."""
    different = set(grams)
    found = len(different & reference.different)
    if len(different) < len(grams) and reference.repeated:
        counts = Counter(grams)
        found += sum(min(counts[gram], most) - 1 for gram, most in reference.repeated.items() if counts[gram] > 1)
    return found


def bleu_statistics(grams: Orders, reference: Sequence[Known]) -> list[int]:
    """Return both lengths, then matches and totals of each order."""
    found = [matches(own, other) for own, other in zip(grams, reference, strict=True)]
    return [len(grams[0]), reference[0].total, *found, *map(len, grams)]


def chrf_statistics(grams: Orders, reference: Sequence[Known]) -> list[int]:
    """Return the number in the hypothesis, in the reference, and of matches, order by order."""
    told: list[int] = []
    for own, other in zip(grams, reference, strict=True):
        told += [len(own) if other.total else 0, other.total, matches(own, other)]
    return told


def informed(orders: Callable[[str], Orders]) -> Callable[[str], list[Known]]:
    """Return the function from a reference to what is to be known of it."""
    return lambda text: [known(grams) for grams in orders(text)]


def _orders(tokens: list[str], longest: int) -> Orders:
    return [list(zip(*(tokens[start:] for start in range(order)), strict=False)) for order in range(1, longest + 1)]


def _words(text: str) -> list[str]:
    """Return words with a punctuation mark at their end or beginning apart, as chrF++.py cuts them."""
    words: list[str] = []
    for word in text.split():
        if len(word) == 1:
            words.append(word)
        elif word[-1] in _PUNCTUATION:
            words += [word[:-1], word[-1]]
        elif word[0] in _PUNCTUATION:
            words += [word[0], word[1:]]
        else:
            words.append(word)
    return words
