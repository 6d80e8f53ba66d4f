"""A decision of where a sentence ends is carried over to what a page's next version has in its place. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from review_app.pages.document import Document
from review_app.segments.cutting import sentences
from review_app.segments.rules import Rule, RuleKind, cut_places, rule_to_cut, rule_to_join
from review_app.segments.runs import Sentence, protected

ALIKE = 80.0
"""Similarity (0–100) from which a sentence is a changed one; as in ``matcher`` where no neighbour agrees."""

WORDS_AROUND = 1
"""So many words on either side of a cut have to be the same, besides most of the sentence."""

_WORD = re.compile(r"\w+")


def carried(document: Document, rules: Sequence[Rule], lost: Sequence[Rule]) -> list[Rule]:
    """Return rules for a page that stand for those it has lost, because their sentences have changed.

    ``rules`` are those that hold; ``lost`` those that its last version was cut by, and this one is not.
    """
    found: list[Rule] = []
    for rule in lost:
        next_one = next(_successors(document, [*rules, *found], rule), None)
        if next_one is not None:
            found.append(next_one._replace(id=-len(found) - 1))
    return found


def _successors(document: Document, rules: Sequence[Rule], rule: Rule) -> Iterator[Rule]:
    for block, found in sentences(document, rules):
        if block.attribute:
            continue
        if rule.kind is RuleKind.CUT:
            made = (rule_to_cut(found, one.text, at) for one in found for at in _places(one, rule))
        else:
            runs = protected(block.runs)
            pairs = [(one.text, two.text) for one, two in pairwise(found) if _are(one, two, rule)]
            made = (rule_to_join(runs, found, *pair) for pair in pairs)
        yield from (one for one in made if one is not None)


def _places(one: Sentence, rule: Rule) -> list[int]:
    """Return where a sentence would be cut, if it is a change of the one the rule cut."""
    if one.text == rule.whole or fuzz.ratio(one.text, rule.whole) < ALIKE:
        return []
    around = _around(rule.whole, rule.at)
    return [at for at in cut_places(one.text) if _around(one.text, at) == around][:1]


def _around(text: str, at: int) -> tuple[list[str], list[str]]:
    return _WORD.findall(text[:at])[-WORDS_AROUND:], _WORD.findall(text[at:])[:WORDS_AROUND]


def _are(one: Sentence, two: Sentence, rule: Rule) -> bool:
    return fuzz.ratio(one.text, rule.first) >= ALIKE and fuzz.ratio(two.text, rule.second) >= ALIKE
