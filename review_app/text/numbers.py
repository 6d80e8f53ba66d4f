"""Numbers as people write them: what values a piece of text can stand for, in Swedish, English or digits alone.

A written number often has several readings ("1.500" is one and a half or fifteen hundred; "kl. 14.00" is 2 p.m.), so
each is a set of values; two numbers agree when they share one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_SPACES = " \u00a0\u2009\u202f"
_NUMERAL = re.compile(
    rf"""
    (?<![\w])                                   # not inside a word or a longer number
    [#$€£]?
    (?P<digits>
        \d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}})+(?:[.,]\d+)?(?!\d)   # 3 850 · 3,850.5 · 1.240.000
      | \d+(?:[.,:]\d+)*                        # 14.00 · 1,2 · 1:100 · 2014
    )
    (?P<ordinal>(?:st|nd|rd|th|:[ae]|:e)\b)?
    (?P<decade>['’]?s\b|-tal\w*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(r"([01]?\d|2[0-4])([.:])([0-5]\d)")
_NAVAL = re.compile(r"[01]\d[0-5]\d|2[0-3][0-5]\d")
_BEFORE_TIME = ("kl.", "kl", "klockan", "tid")
_RANGE_END = re.compile(
    rf"[{_SPACES}]?(?:[-–—]|(?:to|and|until|till)\b)[{_SPACES}]?\d{{1,2}}(?:[:.][0-5]\d)?[{_SPACES}]?([ap])\.?m\b", re.I
)
"""What follows the first time of "3–6 pm"."""

_AFTER = re.compile(rf"[{_SPACES}-]*([^\W\d_]+\.?(?:[^\W\d_]\.?)?)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

SCALES = {
    "hundra": 100, "hundred": 100, "tusen": 1_000, "tusentals": 1_000, "thousand": 1_000, "tkr": 1_000,
    "miljon": 1e6, "miljoner": 1e6, "milj": 1e6, "mn": 1e6, "mkr": 1e6, "mnkr": 1e6, "million": 1e6, "millions": 1e6,
    "m": 1e6, "miljard": 1e9, "miljarder": 1e9, "mdr": 1e9, "billion": 1e9, "billions": 1e9, "bn": 1e9,
    "biljon": 1e12, "biljoner": 1e12, "trillion": 1e12,
}  # fmt: skip
"""Words that multiply the number before them."""

WORDS = {
    "sv": {
        "noll": 0, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
        "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18,
        "nitton": 19, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70,
        "åttio": 80, "nittio": 90, "hundra": 100, "tusen": 1_000, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5,
        "sjätte": 6, "sjunde": 7, "åttonde": 8, "nionde": 9, "tionde": 10, "dussin": 12, "hälften": 0.5, "halv": 0.5,
        "halva": 0.5, "halvt": 0.5, "tredjedel": 3, "tredjedelar": 3, "fjärdedel": 4, "femtedel": 5, "tiondel": 10,
        "en": 1, "ett": 1, "första": 1, "båda": 2, "bägge": 2, "tvåa": 2, "trea": 3,
    },
    "en": {
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1_000, "first": 1,
        "second": 2, "third": 3, "thirds": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "dozen": 12, "half": 0.5, "halves": 0.5, "quarter": 4, "quarters": 4, "both": 2,
        "twice": 2, "double": 2, "triple": 3, "once": 1, "couple": 2, "pair": 2, "single": 1, "eleventh": 11,
        "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
        "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "noon": 12, "midnight": 24, "twenties": 20,
        "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
    },
}  # fmt: skip
"""Number words that stand alone; the article is among them."""

LOOSE = frozenset(
    """
    en ett noll första andra tredje båda bägge tvåa trea hundra tusen dussin hälften halv halva halvt tredjedel
    tredjedelar fjärdedel femtedel tiondel one zero first second third thirds half halves quarter quarters both twice
    double triple once couple pair single hundred thousand dozen noon midnight
    """.split()
)
"""Words of these that a good translation may leave out, add or put another way."""


@dataclass(frozen=True, slots=True)
class Number:
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


def find_numbers(text: str, language: str) -> list[Number]:
    """Return the numerals of a text and the number words of its language, in text order."""
    numerals = list(_numerals(_western(text), language.split("-", maxsplit=1)[0]))
    return sorted([*numerals, *_number_words(text, language)], key=lambda number: number.start)


def _numerals(text: str, language: str) -> Iterator[Number]:
    for match in _NUMERAL.finditer(text):
        digits = match["digits"]
        values = set(_readings(digits))
        half = _add_scaled(values, text, match)
        if match["decade"]:
            _add_decade(values)
        is_time, clock = _time(text, match, half, language)
        span = match.start("digits"), match.end()
        yield Number(*span, frozenset(values), match[0], numeral=True, is_time=is_time, clock=clock)


def _time(text: str, match: re.Match[str], half: str, language: str) -> tuple[bool, float | None]:
    """Say whether a numeral is a time of day, and which where that is certain."""
    digits = match["digits"]
    time = _CLOCK.fullmatch(digits)
    if half and (time or digits.isdigit()):
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


def _western(text: str) -> str:
    """Write the digits of every script as ours; one character stays one."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else "," if c in "٫٬" else c for c in text
    )


@cache
def _readings(digits: str) -> frozenset[float]:
    """Return every value that digits with marks between them can stand for."""
    parts = re.split(rf"[{_SPACES}.,:'’]", digits)
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
    return frozenset(values)


def _clock(hours: int, minutes: int) -> set[float]:
    """Return a time of day as fractions of an hour, on the clocks of 24 and of 12 hours."""
    time = hours + minutes / 100
    return {time, round(time - 12 if hours > 12 else time + 12, 2)}


def _add_scaled(values: set[float], text: str, match: re.Match[str]) -> str:
    """Add what the word after a number makes of it; returns "a" or "p" for a time before or after noon."""
    after = _AFTER.match(text, match.end())
    end = _RANGE_END.match(text, match.end()) if text[match.end() : match.end() + 1] in " \u00a0-–—" else None
    if end:
        values |= {value + 12 for value in values if value < 12.6} if end[1] in "pP" else set()
        return ""  # "11–2 pm" begins in the morning
    if not after:
        return ""
    word = after[1].lower().rstrip(".")
    scale = SCALES.get(word)
    if scale:
        values |= {value * scale for value in values}
    if word in {"pm", "p.m", "am", "a.m"}:
        values |= {value + 12 for value in values if value < 12.6}
        if "a" in word:
            values |= {value - 12 for value in values if 12 <= value < 13}
        return word[0]
    return ""


def _add_decade(values: set[float]) -> None:
    """ "1800-talet" is the 1800s and the 19th century; "90-talet" the 1990s."""
    for value in list(values):
        if value >= 100 and value % 100 == 0:
            values.add(value / 100 + 1)
        if value < 100:
            values.add(1900 + value)


def _number_words(text: str, language: str) -> Iterator[Number]:
    known = WORDS.get(language.split("-", maxsplit=1)[0])
    if not known:
        return
    for match in _WORD.finditer(text):
        value = _word_value(match[0].lower(), language.split("-", maxsplit=1)[0])
        if value is not None:
            scaled = {value}
            _add_scaled(scaled, text, match)
            if _DECADE.search(match[0].lower()):
                _add_decade(scaled)
            counts = match[0].lower() not in LOOSE and float(value).is_integer()
            yield Number(match.start(), match.end(), frozenset(scaled), match[0], numeral=False, counts=counts)


_DECADE = re.compile(r"(?:tal(?:et)?s?|[fvrn]ties)$")
_SV_BIG = re.compile(r"(\w*?)(hundra|tusen)(\w*)")


@cache
def _word_value(word: str, language: str) -> float | None:
    known = WORDS[language]
    if word in known:
        return float(known[word])
    parts = word.split("-")
    if len(parts) == 2 and all(part in known for part in parts):  # twenty-one
        return float(known[parts[0]] + (0 if parts[1] in LOOSE else known[parts[1]]))  # two-thirds
    if language == "sv" and len(word) < 40:
        bare = re.sub(r"-?tal(?:et)?s?$", "", word)
        if bare != word:
            return _word_value(bare, language) if bare else None
        big = _SV_BIG.fullmatch(word)
        if big:  # tvåhundra, femtusen, artonhundra
            head, rest = (_word_value(part, language) if part else 0.0 for part in (big[1], big[3]))
            return None if head is None or rest is None else (head or 1.0) * known[big[2]] + rest
        for tens in ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"):
            if word.startswith(tens) and word[len(tens) :] in known:
                return float(known[tens] + known[word[len(tens) :]])
    return None
