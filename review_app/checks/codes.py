"""Which telephone, identity and postal numbers of a pair differ: each kind has a check of its own."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from review_app.checks.pair import Pair
from review_app.checks.reading import Reading
from review_app.text.codes import Code, Kind, find_codes
from review_app.text.numbers import western


def source_codes(pair: Pair) -> Sequence[Code]:
    """Return the telephone numbers, identity numbers and postal codes of the source."""
    return pair.source_reading.once(_codes)


def target_codes(pair: Pair) -> Sequence[Code]:
    """Return the telephone numbers, identity numbers and postal codes of the target."""
    return pair.target_reading.once(_codes)


def differences(pair: Pair, kind: Kind) -> Iterable[tuple[Code | None, Code | None]]:
    """Return the codes of a kind that the translation lacks, each beside one of the translation's own, if any is."""
    if not source_codes(pair) and not target_codes(pair):
        return ()
    wanted = [code for code in source_codes(pair)[:MOST] if code.kind is kind]
    given = [code for code in target_codes(pair)[:MOST] if code.kind is kind]
    if not wanted and not given:
        return ()
    source, target = _digits(pair.source_prose), _digits(pair.target_prose)
    return zip_longest(
        [code for code in wanted if code.digits not in target], [code for code in given if code.digits not in source]
    )


def _digits(text: str) -> str:
    """Return all the digits of a text: a number that is grouped another way is in there, too."""
    return "".join(filter(str.isdigit, western(text)))


MOST = 200
"""Codes of a side that are compared with the other side's digits; a text with more is a table."""

SHORTEST = 5
"""Digits of the shortest code."""


def _codes(reading: Reading) -> Sequence[Code]:
    if not reading.numbers:
        return ()
    digits = sum(number.end - number.start for number in reading.numbers if number.numeral)
    return find_codes(reading.prose) if digits >= SHORTEST else ()
