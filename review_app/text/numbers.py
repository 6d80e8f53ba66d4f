"""Numbers as people write them: what values a piece of text can stand for, in Swedish, English or digits alone.

A written number often has several readings ("1.500" is one and a half or fifteen hundred; "kl. 14.00" is 2 p.m.), so
each is a set of values; two numbers agree when they share one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from review_app.text.number_words import SCALES, WordNumber, decade_values, word_numbers

_SPACES = " \u00a0\u2009\u202f"
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.333, "⅔": 0.667, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
_ANY_FRACTION = "".join(_FRACTIONS)
_NUMERAL = re.compile(
    rf"""
    (?P<digits>
        [0-9](?<!\w[0-9])                       # not inside a word or a longer number
        (?:
            [0-9]{{0,2}}(?:[{_SPACES}.,'’][0-9]{{3}})+(?:[.,][0-9]+)?(?![0-9])   # 3 850 · 3,850.5 · 1.240.000
          | [0-9]*(?:[.,:][0-9]+)*              # 14.00 · 1,2 · 1:100 · 2014
        )
    )
    (?P<fraction>[ ]?[{_ANY_FRACTION}])?
    (?P<ordinal>(?:st|nd|rd|th|:[ae])\b)?
    (?P<decade>['’]?s\b|-tal\w{{0,20}})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONE_FRACTION = re.compile(rf"(?<![\d\w ])[{_ANY_FRACTION}]|(?<!\d) [{_ANY_FRACTION}]")
_SOME_FRACTION = re.compile(f"[{_ANY_FRACTION}]")
_CLOCK = re.compile(r"([01]?\d|2[0-4])([.:])([0-5]\d)")
_NAVAL = re.compile(r"[01]\d[0-5]\d|2[0-3][0-5]\d")
_BEFORE_TIME = ("kl.", "kl", "klockan", "tid", "klo")
_RANGE_END = re.compile(
    rf"[{_SPACES}]?(?:[-–—]|(?:to|and|until|till)\b)[{_SPACES}]?\d{{1,2}}(?:[:.][0-5]\d)?[{_SPACES}]?([ap])\.?m\b", re.I
)
"""What follows the first time of "3–6 pm"."""

_DECADES_TO = re.compile(r"[-–—]\d{1,4}-tal|(?:st|nd|rd|th)?[-–—]\d{1,2}(?:st|nd|rd|th)\b")
"""What follows the first century of "1100–1200-talet"."""

_AFTER = re.compile(rf"[{_SPACES}-]{{0,3}}([^\W\d_]{{1,12}}\.?(?:[^\W\d_]\.?)?)")
_AND_A_HALF = re.compile(r"[ \u00a0](?:och en halv|och ett halvt|and a half)\b", re.IGNORECASE)
_JOINS = frozenset("'’-")
"""What joins parts to one word."""

_DIGIT = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Number(NamedTuple):
    """A number in a text: its half-open span, every value it may stand for, and whether digits say it.

    ``counts`` says that a translation has to keep the word; ``is_time`` that it is read as a time of day, and ``clock``
    is its hour and minutes (14.3 is half past two in the afternoon) where the half of the day is certain.
    """

    start: int
    end: int
    values: frozenset[float]
    written: str
    numeral: bool
    counts: bool = False
    is_time: bool = False
    clock: float | None = None

    def agrees(self, other: "Number") -> bool:
        """Say whether both may stand for the same value."""
        if self.clock is not None and other.clock is not None:
            return self.clock == other.clock
        return not self.values.isdisjoint(other.values)


def find_numbers(text: str, language: str, tokens: Sequence[str] | None = None) -> list[Number]:
    """Return the numerals of a text and the number words of its language, in text order.

    ``tokens`` are the text's words in order, where the caller has them already.
    """
    language = language.partition("-")[0]
    found = list(_number_words(text, language, _WORD.findall(text) if tokens is None else tokens))
    if _DIGIT.search(text):
        found += _numerals(text, language)
    if not text.isascii() and _SOME_FRACTION.search(text):
        found += _fractions(text)
    if len(found) > 1:
        found.sort(key=lambda number: number.start)
    return found


def western(text: str) -> str:
    """Write the digits of every script as ours; one character stays one."""
    if not _FOREIGN_DIGIT.search(text):
        return text
    return text.translate(_western_digits())


@cache
def _western_digits() -> dict[int, str]:
    digits = {ord("٫"): ",", ord("٬"): ","}
    for code in range(0x80, 0x20000):
        if unicodedata.category(chr(code)) == "Nd":
            digits[code] = str(unicodedata.decimal(chr(code)))
    return digits


def _numerals(written: str, language: str) -> Iterator[Number]:
    text = western(written)
    for match in _NUMERAL.finditer(text):
        digits, end = match["digits"], match.end()
        values = _readings(digits)
        if match["fraction"]:
            values = frozenset(value + _FRACTIONS[match["fraction"].strip()] for value in values)
        values, half = _scaled(values, text, end)
        if match["decade"] or (text[end : end + 1] in "-–—" and _DECADES_TO.match(text, end)):
            values |= {other for value in values for other in decade_values(value)}
        is_time, clock = _time(text, match, half, language)
        yield Number(
            match.start(),
            end,
            values,
            written[match.start() : end],
            numeral=True,
            is_time=is_time,
            clock=clock,
        )


def _fractions(text: str) -> Iterator[Number]:
    for match in _LONE_FRACTION.finditer(text):
        start = match.end() - 1
        yield Number(start, match.end(), frozenset({_FRACTIONS[text[start]]}), text[start], numeral=True)


def _time(text: str, match: re.Match[str], half: str, language: str) -> tuple[bool, float | None]:
    """Say whether a numeral is a time of day, and which where that is certain."""
    digits = match["digits"]
    time = _CLOCK.fullmatch(digits)
    if half and (time or (digits.isdigit() and len(digits) <= 2)):
        value = float(digits.replace(":", "."))
        if value >= 13:
            return True, value
        return True, value % 12 + (12 if half == "p" else 0)
    start = match.start()
    announced = text[max(0, start - 9) : start].rstrip().lower().endswith(_BEFORE_TIME) if start else False
    if time and (announced or time[2] == ":" or language == "sv"):
        value = float(f"{time[1]}.{time[3]}")
        certain = value >= 13 or (announced and language == "sv")  # Swedish pages write the clock of 24 hours
        return announced or time[2] == ":", value % 24 if certain else None
    return announced, None


_MARKS = re.compile(rf"[{_SPACES}.,:'’]")
LONGEST_DIGITS = 40
"""Characters of the longest numeral that is read as a value; a longer one is no amount but a key of some kind."""


def _readings(digits: str) -> frozenset[float]:
    """Return every value that digits with marks between them can stand for."""
    if len(digits) > LONGEST_DIGITS:
        return frozenset({float(hash(digits) % 2**53)})
    return _short_readings(digits)


@lru_cache(maxsize=20_000)
def _short_readings(digits: str) -> frozenset[float]:
    parts = _MARKS.split(digits)
    values = {float("".join(parts))} if all(len(part) == 3 for part in parts[1:]) else set()
    if len(parts) == 1:
        naval = {float(f"{digits[:2]}.{digits[2:]}")} if digits[0] == "0" and _NAVAL.fullmatch(digits) else set()
        return frozenset({float(digits)} | naval)
    if len(parts) == 2:
        values.add(float(".".join(parts)))
        hours, minutes = int(parts[0]), int(parts[1])
        if hours <= 24 and len(parts[1]) == 2 and minutes < 60:
            values |= _clock(hours, minutes)
    elif len(parts) > 2 and digits[-len(parts[-1]) - 1] in ".,":
        values.add(float("".join(parts[:-1]) + "." + parts[-1]))
    return frozenset(values or {float("".join(parts))})


def _clock(hours: int, minutes: int) -> set[float]:
    """Return a time of day as fractions of an hour, on the clocks of 24 and of 12 hours."""
    time = hours + minutes / 100
    return {time, round(time - 12 if hours > 12 else time + 12, 2)}


def _scaled(values: frozenset[float], text: str, position: int) -> tuple[frozenset[float], str]:
    """Return with the values what the word after a number makes of it, and "a" or "p" for a time before or after noon.

    Most numbers have nothing behind them; theirs are the same values, and no new set for Python's collector to look at.
    """
    after = _AFTER.match(text, position)
    end = _RANGE_END.match(text, position) if text[position : position + 1] in " \u00a0-–—" else None
    if end:
        later = {value + 12 for value in values if value < 12.6} if end[1] in "pP" else set()
        return values | later, ""  # "11–2 pm" begins in the morning
    if not after:
        return values, ""
    word = after[1].lower().rstrip(".")
    scale = SCALES.get(word)
    if scale:
        values |= {value * scale for value in values}
    elif word in _AND and _AND_A_HALF.match(text, position):
        values |= {value + 0.5 for value in values}
    if word in {"pm", "p.m", "am", "a.m"}:
        values |= {value + 12 for value in values if value < 12.6}
        if "a" in word:
            values |= {value - 12 for value in values if 12 <= value < 13}
        return values, word[0]
    return values, ""


def _number_words(text: str, language: str, tokens: Sequence[str]) -> Iterator[Number]:
    position = 0
    for index, number in word_numbers(tokens, language):
        token = tokens[index]
        position = locate(token, text, position)
        found = _as_number(number, token, position, tokens[index + 1 : index + 4])
        if index and tokens[index - 1].lower() == "halv":  # "halv tre" is half past two
            found = found._replace(values=found.values | {number.value - 1, number.value - 0.5})
        yield found
        position += len(token)


def locate(token: str, text: str, position: int = 0) -> int:
    """Return where a word of a text starts, from a position on, and not as part of a longer word."""
    start = text.find(token, position)
    while start >= 0 and _is_inside(text, start, start + len(token)):
        start = text.find(token, start + 1)
    return max(start, 0)


def _is_inside(text: str, start: int, end: int) -> bool:
    """Say whether a word goes on before or behind a span; a mark joins it only to letters on its other side."""
    return _goes_on(text[max(0, start - 2) : start][::-1]) or _goes_on(text[end : end + 2])


def _goes_on(beside: str) -> bool:
    """Say whether a word goes on with these characters, the nearest first."""
    return _LETTER.match(beside) is not None or (beside[:1] in _JOINS and _LETTER.match(beside, 1) is not None)


def _as_number(number: WordNumber, token: str, start: int, following: Sequence[str]) -> Number:
    values = {number.value}
    scale = SCALES.get(following[0].lower()) if following else None
    if scale:
        values.add(number.value * scale)
    elif following and following[0].lower() in _AND and " ".join(following[1:3]).lower() in _HALVES:
        values.add(number.value + 0.5)
    if number.decade:
        values |= {other for value in list(values) for other in decade_values(value)}
    return Number(start, start + len(token), frozenset(values), token, numeral=False, counts=number.counts)


_AND = frozenset({"och", "and"})
_HALVES = frozenset({"en halv", "ett halvt", "a half"})
