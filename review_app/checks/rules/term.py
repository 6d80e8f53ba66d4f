"""A word of the site's glossary is not called what the glossary says, or is called what it forbids.

Wrong when the sentence is turned so that the word is not needed ("the fee" said by "it"); a compound that only ends
with the word is told as a minor flag.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from review_app.checks.finding import Check, Found, Severity, Span
from review_app.checks.guide import FoundTerm, TermRule
from review_app.checks.pair import Pair
from review_app.locale import N_

SHORTEST_KEPT = 4
"""Letters of a wanted word that have to stand, whatever its ending."""

CUT = 2
"""Letters at the end of a wanted word that its forms may change."""


def look(pair: Pair) -> Iterator[Found]:
    """Find terms of the source that the target calls something else, and names that it does not keep."""
    guide = pair.guide
    told: set[str] = set()
    for term in guide.terms_in(pair.source_tokens):
        if term.rule.source not in told:
            told.add(term.rule.source)
            yield from _judged(term, pair)
    yield from _lost_names(pair)


def _judged(term: FoundTerm, pair: Pair) -> Iterator[Found]:
    rule = term.rule
    span = pair.source_words[term.start].start, pair.source_words[term.end - 1].end
    values = {"expected": _either(rule.wanted), "term": pair.source[slice(*span)]}
    severity = Severity.MINOR if term.loose else None
    forbidden = _forbidden(rule, pair.target_text)
    if forbidden:
        found = pair.target[slice(*forbidden)]
        yield Found("term_forbidden", span, forbidden, {**values, "found": found}, severity, _fix(found, rule))
    elif not any(_stands(wanted, pair) for wanted in rule.wanted):
        left = _left_at(values["term"], pair)
        fix = _fix_left(pair.target[slice(*left)], rule) if left else None
        yield Found("term_missing", span, left, values, severity, fix)


def left_terms(pair: Pair) -> list[Span]:
    """Return where terms of the source were left in the target as they are; each is told as a missing term."""
    return [found.target_span for found in look(pair) if found.message_id == "term_missing" and found.target_span]


def _left_at(term: str, pair: Pair) -> Span | None:
    """Return where a term of the source stands in the target as whole words."""
    found = _whole(term).search(pair.target_text)
    return found.span() if found else None


@lru_cache(maxsize=5_000)
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)


def _either(wanted: tuple[str, ...]) -> str:
    return " / ".join(f"“{word}”" for word in wanted)


def _forbidden(rule: TermRule, text: str) -> Span | None:
    """Return where a forbidden word stands, as it is or in the plural."""
    for word in rule.forbidden:
        match = _pattern(word).search(text)
        if match:
            return match.span()
    return None


@lru_cache(maxsize=5_000)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?:s|es)?(?!\w)", re.IGNORECASE)


def _fix(found: str, rule: TermRule) -> str | None:
    """Return the wanted word where the forbidden one stands as the glossary writes it, in the singular."""
    if len(rule.wanted) != 1 or found.lower() not in {word.lower() for word in rule.forbidden}:
        return None
    return _written_as(found, rule.wanted[0])


def _fix_left(found: str, rule: TermRule) -> str | None:
    """Return the one wanted word where the term stands as the glossary writes it; its forms are not known."""
    if len(rule.wanted) != 1 or found.lower() != rule.source.lower():
        return None
    return _written_as(found, rule.wanted[0])


def _written_as(found: str, wanted: str) -> str:
    return wanted[0].upper() + wanted[1:] if found[0].isupper() else wanted


def _stands(wanted: str, pair: Pair) -> bool:
    """Say whether every word of a term stands in the target, in whatever form and place."""
    text = pair.target_text.lower()
    return all(word[: max(SHORTEST_KEPT, len(word) - CUT)] in text for word in wanted.lower().split())


def _lost_names(pair: Pair) -> Iterator[Found]:
    if not pair.guide.names:
        return
    source, target = pair.source_text.casefold(), pair.target_text.casefold()
    for name in pair.guide.names:
        place = source.find(name) if name in source and name not in target else -1
        end = place + len(name)
        if place < 0 or source[max(0, place - 1) : place].isalnum() or source[end : end + 1].isalpha():
            continue
        if len(source) == len(pair.source_text):  # else some letter folds to two, and places differ
            yield Found("name_not_kept", (place, end), None, {"expected": pair.source_text[place:end]})


CHECK = Check(N_("Glossary"), Severity.MAJOR, "terminology/term", look)
