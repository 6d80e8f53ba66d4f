"""A number differs, or the unit behind it: digits, amounts, decades, ordinals, number words.

Wrong when units were converted with more rounding than is known here, or a number is told in words that are not known.
"""

from collections.abc import Iterator, Mapping, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.measures import differing
from review_app.checks.pair import Pair
from review_app.checks.quantities import quantities
from review_app.checks.reading import Word
from review_app.locale import N_
from review_app.text.numbers import Number, western


def look(pair: Pair) -> Iterator[Found]:
    """Find numbers that have no equal on the other side; times of day are told by the check of dates."""
    for missing, surplus in pair.once(quantities).numbers:
        if not is_time(missing, surplus):
            yield told(missing, surplus)
    if not ANY_PART.isdisjoint(pair.source_lower) and pair.languages[1] == "en":
        yield from _other_part(pair)
    if pair.source_numbers and pair.target_numbers:
        if not ANY_ORDINAL.isdisjoint(pair.target_lower) and pair.languages == ("sv", "en"):
            yield from _other_ordinal(pair)
        for wanted, given in differing(pair):
            expected, found = pair.source[wanted.start : wanted.end], pair.target[given.start : given.end]
            values = {"expected": expected, "found": found}
            spans = (wanted.start, wanted.end), (given.start, given.end)
            yield Found("number_differs", *spans, values, Severity.MAJOR)


PARTS = (
    (frozenset({"tredjedel", "tredjedelar", "tredjedelen"}), frozenset({"third", "thirds"})),
    (frozenset({"fjärdedel", "fjärdedelar", "fjärdedelen"}), frozenset({"quarter", "quarters", "fourth", "fourths"})),
    (frozenset({"femtedel", "femtedelar", "femtedelen"}), frozenset({"fifth", "fifths"})),
    (frozenset({"tiondel", "tiondelar", "tiondelen"}), frozenset({"tenth", "tenths"})),
)
"""What parts of a whole are called."""

ANY_PART = frozenset().union(*(swedish for swedish, _ in PARTS))


def _other_part(pair: Pair) -> Iterator[Found]:
    """Find a part of a whole that became another one: "en tredjedel", "a quarter"."""
    wanted = [at for at, (ours, _) in enumerate(PARTS) if not ours.isdisjoint(pair.source_lower)]
    given = [at for at, (_, theirs) in enumerate(PARTS) if not theirs.isdisjoint(pair.target_lower)]
    if len(wanted) == len(given) == 1 and wanted != given:
        ours = next(word for word in pair.source_words if word.text.lower() in PARTS[wanted[0]][0])
        theirs = next(word for word in pair.target_words if word.text.lower() in PARTS[given[0]][1])
        values = {"expected": ours.text, "found": theirs.text}
        yield Found("number_differs", ours.span, theirs.span, values, Severity.MAJOR)


ORDINALS = {
    "första": 1, "förste": 1, "andra": 2, "andre": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "sjunde": 7,
    "åttonde": 8, "nionde": 9, "tionde": 10,
}  # fmt: skip
ENGLISH_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
ANY_ORDINAL = frozenset(ENGLISH_ORDINALS)

OTHERS = frozenset({"andra", "andre"})
COUNTED = tuple(
    "plats gång halvlek del steg våning omgång rad kvartal halvår halva dag veck period etapp fas sida stycke "
    "punkt klass fråga instans nivå försök säsong tentamen paragraf kapitel grupp generation lag".split()
)
"""How words begin before which "andra" counts, and does not mean others."""

ALSO_SECOND = ("sekund", "ögonblick")
"""How Swedish words begin that a "second" may stand for."""


def _other_ordinal(pair: Pair) -> Iterator[Found]:
    """Find a place in a row that became another one: "andra plats", "third place"."""
    wanted, given = _ordinals(pair.source_words, ORDINALS), _ordinals(pair.target_words, ENGLISH_ORDINALS)
    if len(wanted) != 1 or len(given) != 1 or any(word.startswith(ALSO_SECOND) for word in pair.source_lower):
        return
    (value, ours), (other, theirs) = *wanted.items(), *given.items()
    is_told = any(surplus and surplus.start == theirs.start for _, surplus in pair.once(quantities).numbers)
    if value != other and not is_told and not _has(pair.target_numbers, value) and not _has(pair.source_numbers, other):
        values = {"expected": ours.text, "found": theirs.text}
        yield Found("number_differs", ours.span, theirs.span, values, Severity.MAJOR)


def _ordinals(words: Sequence[Word], known: Mapping[str, int]) -> dict[int, Word]:
    """Return the ordinals among words by value; "andra" only before what is counted."""
    following = [word.text.lower() for word in words[1:]] + [""]
    return {
        known[lowered]: word
        for word, after in zip(words, following, strict=True)
        if (lowered := word.text.lower()) in known and (lowered not in OTHERS or after.startswith(COUNTED))
    }


def _has(numbers: Sequence[Number], value: float) -> bool:
    return any(value in number.values for number in numbers)


def is_time(missing: Number | None, surplus: Number | None) -> bool:
    """Say whether a difference is one between times of day."""
    return bool((missing and missing.is_time) or (surplus and surplus.is_time))


def told(missing: Number | None, surplus: Number | None) -> Found:
    """Return what is told of a difference."""
    source_span = (missing.start, missing.end) if missing else None
    target_span = (surplus.start, surplus.end) if surplus else None
    values = {"expected": missing.written.strip()} if missing else {}
    values |= {"found": surplus.written.strip()} if surplus else {}
    if missing and surplus:
        severity = Severity.CRITICAL if missing.numeral and surplus.numeral else Severity.MAJOR
        return Found("number_differs", source_span, target_span, values, severity, with_digits(surplus, missing))
    if missing:
        return Found("number_missing", source_span, None, values, Severity.MAJOR)
    return Found("number_added", None, target_span, values, Severity.MINOR)


def with_digits(template: Number, number: Number) -> str | None:
    """Return a number written as another one is: 3 850 like 3,550 is 3,850. None where that is not certain."""
    digits = [character for character in western(number.written) if character.isdigit()]
    places = [index for index, character in enumerate(template.written) if character.isdigit()]
    plain = all(number.numeral and not number.is_time for number in (template, number))
    if not plain or len(digits) != len(places) or not digits or places[-1] + 1 != len(template.written):
        return None
    written = list(template.written)
    for index, digit in zip(places, digits, strict=True):
        zero = ord(template.written[index]) - int(template.written[index])  # of the template's own script
        written[index] = chr(zero + int(digit))
    return "".join(written)


CHECK = Check(N_("Number"), Severity.CRITICAL, "accuracy/mistranslation", look)
