"""What a site asks of its translations into one language: terms, names that stay, to write the same everywhere."""

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from review_app.checks.inflection import Match, matches
from review_app.checks.lexical.own import OwnLexicon
from review_app.checks.written import NOTHING_WRITTEN, Written

MOST_REMEMBERED = 50_000
"""Words whose terms are remembered at a time."""


@dataclass(frozen=True, slots=True)
class TermRule:
    """What a word of the source is to be called; one of ``wanted`` has to stand, none of ``forbidden`` may."""

    source: str
    wanted: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term at the words of a source it stands in, half-open; ``loose`` when only a compound ends with it."""

    rule: TermRule
    start: int
    end: int
    loose: bool


@dataclass(eq=False)
class Guide:
    """Terms, names as ``casefold`` leaves them, a lexicon of the site's own, what people wrote of the texts at hand.

    What was written is no part of the signature: it changes with every save, which would have a whole site checked
    anew. Whoever saves has the texts of the same source checked again (``quality.estimating``).
    """

    terms: tuple[TermRule, ...] = ()
    names: frozenset[str] = frozenset()
    written: Written = NOTHING_WRITTEN
    lexicon: OwnLexicon | None = None
    _seen: dict[str, tuple[tuple[TermRule, Match], ...]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def signature(self) -> str:
        """What tells two guides apart; empty for one that asks nothing."""
        if not self.terms and not self.names and not self.lexicon:
            return ""
        terms = sorted((rule.source, rule.wanted, rule.forbidden) for rule in self.terms)
        asked = repr((terms, sorted(self.names), *([self.lexicon.signature] if self.lexicon else [])))
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def beside(self, written: Written) -> "Guide":
        """Return the same guide for texts of which this was written elsewhere."""
        other = copy.copy(self)
        other.written = written
        return other

    def terms_in(self, tokens: Sequence[str]) -> list[FoundTerm]:
        """Return the terms among a source's words, in order; of two that begin at one word the longer."""
        if not self.terms:
            return []
        found = []
        for index, token in enumerate(tokens):
            standing = [term for term in (_at(rule, match, tokens, index) for rule, match in self._of(token)) if term]
            if standing:
                found.append(max(standing, key=lambda term: (not term.loose, len(term.rule.source))))
        return found

    def _of(self, token: str) -> tuple[tuple[TermRule, Match], ...]:
        """Return the terms whose first word this is, in some form."""
        lowered = token.lower()
        if lowered not in self._seen:
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen.clear()
            pairs = ((rule, matches(lowered, rule.source.split(" ", 1)[0].lower())) for rule in self.terms)
            self._seen[lowered] = tuple((rule, match) for rule, match in pairs if match is not Match.NO)
        return self._seen[lowered]


def _at(rule: TermRule, match: Match, tokens: Sequence[str], index: int) -> FoundTerm | None:
    """Return a term that stands at a word, if its other words follow."""
    words = rule.source.lower().split()
    following = tokens[index : index + len(words)]
    if len(following) < len(words) or (match is Match.COMPOUND and len(words) > 1):
        return None
    if any(
        matches(token.lower(), word) is not Match.FORM for token, word in zip(following[1:], words[1:], strict=True)
    ):
        return None
    return FoundTerm(rule, index, index + len(words), match is Match.COMPOUND)


NO_GUIDE = Guide()
"""A site that asks nothing."""
