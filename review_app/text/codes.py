"""Numbers that name somebody or something: telephone, personal and organisation numbers, postal codes."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from review_app.text.numbers import western


class Kind(StrEnum):
    """What a number names."""

    PHONE = "phone"
    IDENTITY = "identity"
    POSTAL = "postal"


class Code(NamedTuple):
    """Such a number with its half-open span; of a telephone number, ``digits`` lack the country's and the first 0.

    ``valid`` says of a personal or organisation number that its last digit is the right one.
    """

    kind: Kind
    start: int
    end: int
    written: str
    digits: str
    valid: bool = True

    @property
    def span(self) -> tuple[int, int]:
        """Where the number stands."""
        return self.start, self.end


_CANDIDATE = re.compile(
    r"(?<![\w.,+-])(?P<country>\+\d{1,3}|00(?=[1-9]\d)\d{2})?"
    r"(?P<rest>(?:[ \u00a0\u2009/–\u2011-]{0,2}[(]?\d[)]?){7,14})(?![\w]|[.,-]\d)"
)
"""Digits enough for a telephone or identity number, with what may stand between them."""

_IDENTITY = re.compile(r"(?:18|19|20)?\d{6}[-+–\u2011 ]?\d{4}")
_PHONE = re.compile(r"\(?0[\d]|\(0\)")
_POSTAL = re.compile(
    r"(?<![\w.,+-])(?:(?P<country>SE?|FI)-)?(?P<code>[1-9]\d{2}[ \u00a0]\d{2})(?=[ \u00a0][A-ZÅÄÖ][^\W\d_]{2,})"
)


def find_codes(text: str) -> list[Code]:
    """Return the numbers of a text that name somebody or something, in text order."""
    text = western(text)
    return sorted([*_long(text), *_postal(text)], key=lambda code: code.start)


def _long(text: str) -> Iterator[Code]:
    for match in _CANDIDATE.finditer(text):
        rest = match["rest"].strip(" \u00a0\u2009")
        start, written = match.end() - len(match["rest"].lstrip(" \u00a0\u2009")), rest
        digits = "".join(filter(str.isdigit, rest))
        if match["country"]:
            national = digits.removeprefix("0")
            yield Code(Kind.PHONE, match.start(), match.end(), match[0], national)
        elif _IDENTITY.fullmatch(written) and not written.isdigit() and not written.startswith("0"):
            yield Code(Kind.IDENTITY, start, start + len(written), written, digits[-10:], is_valid(digits[-10:]))
        elif _PHONE.match(written):
            yield Code(Kind.PHONE, start, start + len(written), written, digits.removeprefix("0"))


def _postal(text: str) -> Iterator[Code]:
    for match in _POSTAL.finditer(text):
        yield Code(
            Kind.POSTAL, match.start(), match.end(), match[0], match["code"].replace("\u00a0", " ").replace(" ", "")
        )


def is_valid(digits: str) -> bool:
    """Say whether the last of ten digits is right by Luhn's rule (ISO/IEC 7812-1), as in personal numbers."""
    doubled = (int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
