"""Flags: reads revisions, writes what the checks find in them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from review_app.checks.finding import Check, Finding, Found, Look, Severity, Span
from review_app.checks.guide import NO_GUIDE, Guide
from review_app.checks.lexical.columns import AT_ONCE
from review_app.checks.lexical.coverage import lay_out
from review_app.checks.messages import LISTING, MESSAGES, QUOTED
from review_app.checks.pair import Pair
from review_app.checks.rules import (
    acronym,
    addition,
    agency,
    brackets,
    currency,
    date_time,
    direction,
    empty,
    encoding,
    end_punctuation,
    engine_error,
    file_name,
    identity_number,
    inconsistent,
    leaked_markup,
    legal_reference,
    length,
    letter_case,
    link,
    list_structure,
    mistranslation,
    modality,
    name,
    negation,
    number,
    omission,
    other_language,
    phone,
    placeholders,
    postal_code,
    punctuation,
    question,
    register,
    repeated_word,
    repetition_loop,
    same_translation,
    spacing,
    spelling,
    term,
    truncated,
    untranslated,
)
from review_app.locale import catalogue

SIGNATURE = "checks-20"
"""Names the rule set: raised whenever a rule changes, so that texts are checked anew."""

CHECKS: Mapping[str, Check] = {
    "empty": empty.CHECK,
    "engine_error": engine_error.CHECK,
    "leaked_markup": leaked_markup.CHECK,
    "placeholders": placeholders.CHECK,
    "encoding": encoding.CHECK,
    "repetition_loop": repetition_loop.CHECK,
    "truncated": truncated.CHECK,
    "untranslated": untranslated.CHECK,
    "other_language": other_language.CHECK,
    "number": number.CHECK,
    "date_time": date_time.CHECK,
    "currency": currency.CHECK,
    "phone": phone.CHECK,
    "identity_number": identity_number.CHECK,
    "postal_code": postal_code.CHECK,
    "link": link.CHECK,
    "file_name": file_name.CHECK,
    "legal_reference": legal_reference.CHECK,
    "negation": negation.CHECK,
    "direction": direction.CHECK,
    "modality": modality.CHECK,
    "mistranslation": mistranslation.CHECK,
    "question": question.CHECK,
    "name": name.CHECK,
    "term": term.CHECK,
    "agency": agency.CHECK,
    "acronym": acronym.CHECK,
    "inconsistent": inconsistent.CHECK,
    "same_translation": same_translation.CHECK,
    "register": register.CHECK,
    "repeated_word": repeated_word.CHECK,
    "spelling": spelling.CHECK,
    "length": length.CHECK,
    "omission": omission.CHECK,
    "addition": addition.CHECK,
    "letter_case": letter_case.CHECK,
    "end_punctuation": end_punctuation.CHECK,
    "punctuation": punctuation.CHECK,
    "brackets": brackets.CHECK,
    "spacing": spacing.CHECK,
    "list_structure": list_structure.CHECK,
}
"""Every check by name."""

ALONE = frozenset({"empty", "engine_error"})
"""Checks that say all there is to say: nothing else is looked for in such a text."""

_ORDER = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


def check_pair(
    source: str, target: str, source_language: str, target_language: str, guide: Guide = NO_GUIDE
) -> list[Finding]:
    """Return what is wrong with a translation, the gravest first, then in text order; the guide is the site's."""
    return _found_in(Pair(source, target, source_language, target_language, guide))


def check_pairs(
    pairs: Sequence[tuple[str, str]], source_language: str, target_language: str, guide: Guide = NO_GUIDE
) -> list[list[Finding]]:
    """Return what ``check_pair`` finds in each of many pairs, source first, in less time."""
    found = []
    for first in range(0, len(pairs), AT_ONCE):
        part = pairs[first : first + AT_ONCE]
        known = [Pair(source, target, source_language, target_language, guide) for source, target in part]
        lay_out(known)
        found += [_found_in(pair) for pair in known]
    return found


def _found_in(pair: Pair) -> list[Finding]:
    findings: list[Finding] = []
    for key, look, check in _known(*pair.languages, pair.guide.lexicon is not None):
        for found in look(pair):  # seldom one
            findings.append(_finding(key, check, found))  # noqa: PERF401 - no list for each check
        if findings and key in ALONE:
            break
    return sorted(findings, key=_place) if len(findings) > 1 else findings


def _place(finding: Finding) -> tuple[int, Span]:
    return _ORDER[finding.severity], finding.target_span or (-1, -1)


def _finding(key: str, check: Check, found: Found) -> Finding:
    return Finding(
        check=key,
        severity=found.severity or check.severity,
        category=check.category,
        source_span=found.source_span,
        target_span=found.target_span,
        message_id=found.message_id,
        values=found.values,
        fix=found.fix,
    )


@lru_cache(maxsize=100)
def _known(source_language: str, target_language: str, own_lexicon: bool) -> tuple[tuple[str, Look, Check], ...]:
    """Return the checks that can judge a pair of languages, each with its name and how it looks."""
    return tuple(
        (key, check.look, check)
        for key, check in CHECKS.items()
        if check.knows(source_language, target_language, own_lexicon=own_lexicon)
    )


def describe(message_id: str, values: Mapping[str, Any], language: str) -> str:
    """Return a finding's message in an interface language."""
    translate = catalogue(language).gettext
    if message_id in LISTING:
        opening, closing = translate(QUOTED).split("…")
        told = str(values["expected"]).replace("“", opening).replace("”", closing)
        values = {**values, "expected": told}
    return str(translate(MESSAGES[message_id]).format(**values))
