"""A reference to a law is turned round or cut: "5 kap. 3 §" is chapter 5, section 3; "3 a §" is section 3 a.

Wrong when a translation tells the provision in words of its own. A number that differs is told by the check of numbers.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_SV_CHAPTER = re.compile(r"(?<!\d)(\d{1,3})(?: ([a-z]))?[ \u00a0]?kap\b")
_SV_SECTION = re.compile(r"(?<!\d)(\d{1,3})(?:[ \u00a0]?([a-z]))?[ \u00a0]?§")
_EN_CHAPTER = re.compile(r"\bch(?:apters?|ap|\.)\.?[ \u00a0](\d{1,3})(?!\d)", re.IGNORECASE)
_EN_SECTION = re.compile(
    r"(?:\bsections?\b|\bsec\.|§{1,2})[ \u00a0]?(\d{1,3})(?!\d)(?:[ \u00a0]?([a-z])\b)?", re.IGNORECASE
)
_EN_PARAGRAPH = re.compile(r"\bparagraphs?[ \u00a0](\d{1,3})(?!\d)(?:[ \u00a0]?([a-z])\b)?", re.IGNORECASE)


def look(pair: Pair) -> Iterator[Found]:
    """Compare chapters and sections, each with its number."""
    if "§" not in pair.source_text and "kap" not in pair.source_lower:
        return
    source, target = pair.source_prose, pair.target_prose
    chapters, sections = list(_EN_CHAPTER.finditer(target)), list(_EN_SECTION.finditer(target))
    yield from _exchanged(list(_SV_CHAPTER.finditer(source)), chapters, {match[1] for match in sections})
    for wanted in _SV_SECTION.finditer(source):
        given = next((match for match in sections if match[1] == wanted[1]), None)
        if given and wanted[2] and not given[2]:
            values = {"expected": wanted[0], "found": given[0]}
            yield Found("legal_differs", wanted.span(), given.span(), values, fix=f"{given[0]} {wanted[2]}")
        called = None if given or "stycke" in source else _paragraph(wanted[1], target)
        if called:
            values = {"expected": wanted[0], "found": called[0]}
            fix = ("Section" if called[0][0].isupper() else "section") + called[0][called[0].index(called[1]) - 1 :]
            yield Found("legal_paragraph", wanted.span(), called.span(), values, Severity.MINOR, fix)


def _exchanged(wanted: list[re.Match[str]], given: list[re.Match[str]], other_numbers: set[str]) -> Iterator[Found]:
    """Find chapters whose number stands at a section."""
    numbers = {match[1] for match in given}
    known = {match[1] for match in wanted}
    strange = [match for match in given if match[1] not in known]
    for match in wanted:
        if match[1] not in numbers and match[1] in other_numbers and strange:
            values = {"expected": match[0], "found": strange[0][0]}
            yield Found("legal_differs", match.span(), strange[0].span(), values)


def _paragraph(number: str, target: str) -> re.Match[str] | None:
    return next((match for match in _EN_PARAGRAPH.finditer(target) if match[1] == number), None)


CHECK = Check(N_("Reference to a law"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
