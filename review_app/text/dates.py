"""Months, weekdays and dates as texts write them, in the languages that checks know."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from review_app.text.number_words import LONGEST
from review_app.text.numbers import locate, western
from review_app.text.remembered import Remembered

MONTHS = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fi": ("tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu", "heinäkuu", "elokuu", "syyskuu",
           "lokakuu", "marraskuu", "joulukuu"),
    "ar": ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر",
           "ديسمبر"),
}  # fmt: skip
WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
_SHORT_MONTHS = {
    "sv": {"jan": 1, "feb": 2, "febr": 2, "apr": 4, "aug": 8, "sept": 9, "sep": 9, "okt": 10, "nov": 11, "dec": 12},
    "en": {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
    "fi": {},
    "ar": {
        "إبريل": 4,
        "يونيه": 6,
        "يوليه": 7,
        "شباط": 2,
        "آذار": 3,
        "نيسان": 4,
        "أيار": 5,
        "حزيران": 6,
        "تموز": 7,
        "آب": 8,
        "أيلول": 9,
    },
}
_SHORT_WEEKDAYS = {
    "sv": {"mån": 1, "tis": 2, "ons": 3, "tors": 4, "tor": 4, "fre": 5, "lör": 6, "sön": 7},
    "en": {"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7},
    "fi": {},
    "ar": {"الإثنين": 1, "الاربعاء": 3, "الاحد": 7},
}
_AR_OF_TWO = re.compile(r"(?<!\w)[وبل]?(كانون|تشرين)\s+(?:ال)?([أا]ول|ثاني)(?!\w)")
_AR_NUMBERS = {("كانون", False): 1, ("تشرين", True): 10, ("تشرين", False): 11, ("كانون", True): 12}
"""Months of the Levant that have two words: by the first, and whether the second says that it is the first of two."""

_WITH_CAPITAL = frozenset({"may", "march", "mon", "wed", "sat", "sun", "fri", "mar", "dec"})
"""English names that are other words when written small."""

NO_MONTHS = frozenset({"Mars", "majs", "Majs"})
"""Swedish words that are a planet and a crop."""

_SV_DAY = re.compile(r"(måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)(\w{0,40})")
_SV_TIMES = re.compile(r"(?:en|ar|arna|s|ens)?|s?(?:kväll|morgon|natt|eftermiddag|förmiddag|lunch)\w{0,6}")
"""Ends of a weekday's name behind which it still is the day: a Saturday sweet may be any sweet."""

_FI_NAME = re.compile(
    r"((?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu"
    r"|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)"
    r"\w{0,8}"
)
"""Finnish months and weekdays in any case: "maaliskuuta", "maanantaisin"."""

COMPLETE = frozenset({"sv", "en"})
"""Languages of which every way to name a month is known; in another, one with a prefix may stand unseen."""

_ORDINAL = {1: "st", 2: "nd", 3: "rd"}


class Named(NamedTuple):
    """A month (1–12) or weekday (1–7, Monday first) named in a text, with its half-open span.

    ``certain`` says that a translation has to name it, too.
    """

    start: int
    end: int
    written: str
    number: int
    certain: bool = True


class Date(NamedTuple):
    """A day of a month with its half-open span; the year is 0 where none is said.

    ``certain`` is false for digits that may be something else ("1.12"), ``swaps`` is true where day and month may
    stand the other way round ("6/7").
    """

    start: int
    end: int
    day: int
    month: int
    year: int = 0
    certain: bool = True
    swaps: bool = False

    def agrees(self, other: "Date") -> bool:
        """Say whether both may be the same day."""
        same = (self.day, self.month) == (other.day, other.month)
        swapped = (self.swaps or other.swaps) and (self.day, self.month) == (other.month, other.day)
        return (same or swapped) and (self.year == other.year or not (self.year and other.year))


def knows(language: str) -> bool:
    """Say whether months and weekdays of the language are known."""
    return language in MONTHS


def months(text: str, language: str) -> list[Named]:
    """Return the months a text names. English "may" counts only with a capital, Swedish "mars" only without."""
    return find_named(text, language)[0]


def weekdays(text: str, language: str) -> list[Named]:
    """Return the weekdays a text names, inflected and compounded: "måndagar", "fredagskvällen", "Mondays"."""
    return find_named(text, language)[1]


def find_named(text: str, language: str, tokens: Sequence[str] | None = None) -> tuple[list[Named], list[Named]]:
    """Return the months and the weekdays a text names; ``tokens`` are its words, where the caller has them already."""
    found: tuple[list[Named], list[Named]] = [], []
    position = 0
    if language not in MONTHS:
        return found
    known = _KNOWN[language]
    tokens = _TOKEN.findall(text) if tokens is None else tokens
    for token in () if known.has_only_empty(tokens) else [token for token in tokens if known[token]]:
        position = locate(token, text, position)
        for meaning in known[token]:
            start, end = position + meaning.start, position + meaning.end
            found[meaning.kind].append(Named(start, end, text[start:end], meaning.number, meaning.certain))
        position += len(token)
    if language == "ar":
        found[0].extend(_of_two_words(text))
        found[0].sort()
    return found


def _of_two_words(text: str) -> Iterator[Named]:
    for match in _AR_OF_TWO.finditer(text):
        number = _AR_NUMBERS[match[1], match[2].endswith("ول")]
        yield Named(match.start(1), match.end(), text[match.start(1) : match.end()], number)


_GENITIVE = re.compile(r"['’]s$")
_MAY_BE_WORDS = frozenset({"mån", "may"})
"""Names that a translation need not have, because they may be other words: "i mån av plats"."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")


class _Meaning(NamedTuple):
    """What a part of a token names: 0 a month, 1 a weekday."""

    start: int
    end: int
    kind: int
    number: int
    certain: bool


def _all(names: Mapping[str, tuple[str, ...]], short: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {
        language: {**short[language], **{name.lower(): number for number, name in enumerate(names[language], 1)}}
        for language in names
    }


_NAMES = (_all(MONTHS, _SHORT_MONTHS), _all(WEEKDAYS, _SHORT_WEEKDAYS))
"""Months and weekdays by language, whole and short, in lower case."""


def _meanings(token: str, language: str) -> tuple[_Meaning, ...]:
    if len(token) > LONGEST or ("-" not in token and token[:3].lower() not in _BEGINNINGS[language]):
        return ()
    parts = ((part[0], part.start()) for part in _PART.finditer(token)) if "-" in token else ((token, 0),)
    found = (_meaning(word, start, language) for word, start in parts)
    return tuple(meaning for meaning in found if meaning)


def _meaning(word: str, start: int, language: str) -> _Meaning | None:
    lowered = _GENITIVE.sub("", word.lower())
    if (language == "en" and word.islower() and lowered in _WITH_CAPITAL) or (language == "sv" and word in NO_MONTHS):
        return None  # "you may"
    if language == "fi" and (match := _FI_NAME.fullmatch(lowered)):
        lowered, word = match[1], match[1]
    for kind, names in enumerate(_NAMES):
        number = names[language].get(lowered) or names[language].get(lowered.removesuffix("s"))
        if number:
            return _Meaning(start, start + len(lowered), kind, number, certain=lowered not in _MAY_BE_WORDS)
    match = _SV_DAY.fullmatch(lowered) if language == "sv" and "dag" in lowered else None
    if not match:
        return None
    certain = _SV_TIMES.fullmatch(match[2]) is not None
    return _Meaning(start, start + len(word), 1, _NAMES[1]["sv"][match[1]], certain)


_BEGINNINGS = {language: {name[:3] for names in _NAMES for name in names[language]} for language in MONTHS}
"""The first three letters of every name: most words have others."""

_KNOWN = {language: Remembered(partial(_meanings, language=language)) for language in MONTHS}

_DAY_BEFORE = re.compile(r"(?<![\d.,:])(\d{1,2})(?:\.|:[ea]|st|nd|rd|th)?(?: of)? ?$")
_LIST_BEFORE = re.compile(
    r"\d(?:\.|:[ea]|st|nd|rd|th)? ?(?:[-–/,&]|och|and|to|till|eller|or) ?(?:den |the )?\d{1,2}\S*(?: of)? ?$"
)
_DAY_AFTER = re.compile(
    r"\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d)(?! ?(?:[-–/&]|and|to|or) ?(?:the )?\d{1,2}\b)"
)
_YEAR = re.compile(r",? ?(?:år )?([12]\d{3})\b")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<iso>[12]\d{3})-(?P<iso_month>[01]?\d)-(?P<iso_day>[0-3]?\d)"
    r"|(?P<one>[0-3]?\d)(?P<mark>[./])(?P<two>[0-3]?\d)(?:(?P=mark)(?P<year>[12]\d{3}))?)(?![\d/]|[.-]\d)"
)

_MAY_BE_DATE = re.compile(r"\d[-./]\d")


def find_dates(text: str, language: str, named: Sequence[Named], *, has_digits: bool) -> list[Date]:
    """Return the days of months in a text; ``named`` are the months it names."""
    if not has_digits:
        return []
    text = western(text)
    found = [date for month in named if (date := _named_date(text, language, month))]
    return sorted([*found, *_numeric_dates(text)]) if _MAY_BE_DATE.search(text) else found


def _named_date(text: str, language: str, month: Named) -> Date | None:
    """Return the date around a month's name, unless there are several days."""
    ahead = text[max(0, month.start - 24) : month.start]
    before = _DAY_BEFORE.search(ahead)
    if before and not _LIST_BEFORE.search(ahead):
        start, end, day = month.start - len(ahead) + before.start(1), month.end, int(before[1])
    else:
        after = _DAY_AFTER.match(text, month.end) if language == "en" and not before else None
        if not after:
            return None
        start, end, day = month.start, after.end(), int(after[1])
    year = _YEAR.match(text, end + 1 if text[end : end + 1] == "." else end)
    if not 1 <= day <= 31:
        return None
    return Date(start, year.end() if year else end, day, month.number, int(year[1]) if year else 0)


def _numeric_dates(text: str) -> Iterator[Date]:
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            day, month, year, certain = int(match["iso_day"]), int(match["iso_month"]), int(match["iso"]), True
        else:
            day, month = int(match["one"]), int(match["two"])
            year, certain = int(match["year"] or 0), match["year"] is not None
        if 1 <= day <= 31 and 1 <= month <= 31 and min(day, month) <= 12:
            yield Date(match.start(), match.end(), day, month, year, certain, match["mark"] == "/")


def written_like(template: str, date: Date, named: Named | None) -> str | None:
    """Return another date written as an English or Swedish template is: "June 22, 2014" for 23 June: "June 23, 2014".

    ``named`` is the template's month, with its span in the template; without one nothing is certain.
    """
    if named is None:
        return None
    language = next((tag for tag, names in MONTHS.items() if _is_in(named.written, names)), None)
    if language is None:
        return None
    name = MONTHS[language][date.month - 1]
    written = template[: named.start] + (name.upper() if named.written.isupper() else name) + template[named.end :]
    return _REST.sub(lambda match: _number_of(match, date), written)


_REST = re.compile(r"(?<!\d)(?P<year>\d{4})(?!\d)|(?<!\d)(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)?(?!\d)")


def _number_of(match: re.Match[str], date: Date) -> str:
    if match["year"]:
        return str(date.year) if date.year else match[0]
    ordinal = "th" if 11 <= date.day <= 13 else _ORDINAL.get(date.day % 10, "th")
    return f"{date.day}{ordinal if match['ordinal'] else ''}"


def _is_in(written: str, names: tuple[str, ...]) -> bool:
    return written.lower() in {name.lower() for name in names}
