"""What words of a text stand for a number: "tolv", "twenty-five", "artonhundratalet", "XIV"."""

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from review_app.text.remembered import Remembered

SCALES = {
    "hundra": 100, "hundred": 100, "tusen": 1_000, "tusentals": 1_000, "thousand": 1_000, "thousands": 1_000,
    "tkr": 1_000, "miljon": 1e6, "miljoner": 1e6, "milj": 1e6, "mn": 1e6, "mkr": 1e6, "mnkr": 1e6, "million": 1e6,
    "millions": 1e6, "m": 1e6, "miljard": 1e9, "miljarder": 1e9, "mdr": 1e9, "billion": 1e9, "billions": 1e9,
    "bn": 1e9, "biljon": 1e12, "biljoner": 1e12, "trillion": 1e12, "trillions": 1e12, "dozen": 12, "dussin": 12,
    "hundraden": 100, "hundreds": 100, "k": 1_000,
}  # fmt: skip
"""Words that multiply the number before them."""

WORDS = {
    "sv": {
        "noll": 0, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
        "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18,
        "nitton": 19, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70,
        "åttio": 80, "nittio": 90, "hundra": 100, "tusen": 1_000, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5,
        "sjätte": 6, "sjunde": 7, "åttonde": 8, "nionde": 9, "tionde": 10, "elfte": 11, "tolfte": 12, "trettonde": 13,
        "fjortonde": 14, "femtonde": 15, "sextonde": 16, "sjuttonde": 17, "artonde": 18, "nittonde": 19,
        "tjugonde": 20, "trettionde": 30, "fyrtionde": 40, "femtionde": 50, "sextionde": 60, "sjuttionde": 70,
        "åttionde": 80, "nittionde": 90, "hundrade": 100, "dussin": 12, "hälften": 0.5, "halv": 0.5,
        "halva": 0.5, "halvt": 0.5,
        "tredjedel": 3, "tredjedelar": 3, "fjärdedel": 4, "fjärdedelar": 4, "femtedel": 5, "femtedelar": 5,
        "tiondel": 10, "tiondelar": 10, "kvarts": 4, "en": 1, "ett": 1, "första": 1, "båda": 2, "bägge": 2, "tvåa": 2,
        "trea": 3, "dubbelt": 2, "dubbla": 2, "par": 2, "tvåan": 2, "trean": 3, "fyran": 4, "femman": 5, "sexan": 6,
        "hundratal": 100, "tusental": 1_000, "tiotal": 10, "decennium": 10, "decennier": 10, "decenniet": 10,
        "årtionde": 10, "årtionden": 10, "årtiondet": 10, "sekel": 100, "sekler": 100, "seklet": 100,
        "århundrade": 100, "århundraden": 100, "århundradet": 100, "dubbel": 2, "tredubbla": 3, "tredubbelt": 3,
    },
    "en": {
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1_000, "first": 1,
        "second": 2, "third": 3, "thirds": 3, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6,
        "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "tenths": 10, "dozen": 12, "half": 0.5, "halves": 0.5,
        "quarter": 4, "quarters": 4, "both": 2, "twice": 2, "double": 2, "triple": 3, "once": 1, "couple": 2,
        "pair": 2, "single": 1, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "noon": 12,
        "midnight": 24, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
        "eighties": 80, "nineties": 90, "teens": 13, "hundreds": 100, "thousands": 1_000, "decade": 10, "decades": 10,
        "century": 100, "centuries": 100, "fortnight": 14,
    },
}  # fmt: skip
"""Number words that stand alone; the article is among them."""

LOOSE = frozenset(
    """
    en ett noll första andra tredje båda bägge tvåa trea hundra tusen dussin hälften halv halva halvt tredjedel
    tredjedelar fjärdedel fjärdedelar femtedel femtedelar tiondel tiondelar kvarts dubbelt dubbla par hundratal
    tusental tiotal tvåan trean fyran femman sexan one zero first second third thirds half halves quarter quarters
    fourths fifths tenths both twice double triple once couple pair single hundred thousand dozen noon midnight teens
    hundreds thousands decennium decennier decenniet årtionde årtionden årtiondet sekel sekler seklet århundrade
    århundraden århundradet dubbel tredubbla tredubbelt decade decades century centuries fortnight
    """.split()
)
"""Words of these that a good translation may leave out, add or put another way."""

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
"""Roman numerals to 39: kings, chapters and centuries; greater ones are mostly abbreviations."""

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_DECADE = re.compile(r"(?:tal(?:et)?s?|[fvrn]ties)$")
_SV_CENTURY = re.compile(r"-?tal(?:et)?s?$")
_SV_BIG = re.compile(r"(\w*?)(hundra|tusen)(\w*)")
_SV_PARTS = ("tal", "hundra", "tusen")
_SV_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_SV_COUNTED = re.compile(
    rf"({'|'.join(sorted((*WORDS['sv'], 'fyr'), key=len, reverse=True))})"
    r"(?:år|dag|veck|månad|timm|minut|sekund|dygn|dimension|rum|våning|man|mil|meter|kron|procent|grad|hjul|kant|sid"
    r"|siffr|fald|dubb|språk|parti|sits|steg|del|punkt|poäng|mål|barn|spår|fil|tum|stjärn|kamp|set|uppsättning|cd)"
    r"[^\W\d_]*"
)
"""Words that begin with how many there are of what follows: "tioåring", "tvåveckors", "tredimensionell"."""
LONGEST = 40
"""Letters of the longest word that is read as a number."""


class WordNumber(NamedTuple):
    """What a word stands for: its value, whether it names a decade or century, whether a translation must keep it."""

    value: float
    decade: bool
    counts: bool


def word_numbers(words: Sequence[str], language: str) -> list[tuple[int, WordNumber]]:
    """Return the number words of a language among words, each with its place."""
    if language not in WORDS:
        return []
    known = _KNOWN[language]
    if known.has_only_empty(words):
        return []
    return [(place, number) for place, word in enumerate(words) if (number := known[word]) is not None]


def word_number(word: str, language: str) -> WordNumber | None:
    """Return what a word of a language stands for if it is a number."""
    return _KNOWN[language][word] if language in WORDS else None


def _word_number(word: str, language: str) -> WordNumber | None:
    if len(word) > LONGEST:
        return None
    if len(word) > 1 and word.isupper() and _ROMAN.fullmatch(word):
        return WordNumber(_roman(word), decade=False, counts=True)
    lowered = word.lower()
    value = _value(lowered, language)
    if value is None and "-" in lowered:  # "two-foot", "ten-year-old"
        value = _value(lowered.partition("-")[0], language)
        return None if value is None else WordNumber(value, decade=False, counts=False)
    if value is None and language == "sv" and (counted := _SV_COUNTED.fullmatch(lowered)):
        return WordNumber(float(WORDS["sv"].get(counted[1], 4)), decade=False, counts=False)
    if value is None:
        return None
    return WordNumber(
        value,
        bool(_DECADE.search(lowered)),
        lowered not in LOOSE and float(value).is_integer() and not lowered.endswith("tals"),
    )


_KNOWN = {language: Remembered(partial(_word_number, language=language)) for language in WORDS}


def decade_values(value: float) -> set[float]:
    """Return what else a decade or century may be called: "1800-talet" is the 19th, "90-talet" the 1990s."""
    if value >= 100 and value % 100 == 0:
        return {value / 100 + 1}
    return {1900 + value} if value < 100 else set()


def _roman(word: str) -> float:
    digits = [_ROMAN_DIGITS[letter] for letter in word]
    return float(sum(-d if d < n else d for d, n in zip(digits, [*digits[1:], 0], strict=True)))


def _value(word: str, language: str) -> float | None:
    known = WORDS[language]
    if word in known:
        return float(known[word])
    if "-" in word:
        head, _, tail = word.partition("-")
        if head in known and tail in known:  # twenty-one; five-hundred; two-thirds
            return _joined(known[head], known[tail], is_loose=tail in LOOSE)
    return _swedish_compound(word) if language == "sv" else None


def _joined(head: float, tail: float, *, is_loose: bool) -> float:
    """Return what two numbers with a hyphen between them stand for."""
    if tail in {100, 1_000}:
        return float(head * tail)
    if 20 <= head < 100 and 1 <= tail < 10:
        return float(head + tail)
    return float(head if is_loose else head + tail)


def _swedish_compound(word: str) -> float | None:
    if not any(part in word for part in _SV_PARTS) and not word.startswith(_SV_TENS):
        return None
    known = WORDS["sv"]
    bare = _SV_CENTURY.sub("", word)
    if bare != word:
        return _value(bare, "sv") if bare else None
    big = _SV_BIG.fullmatch(word)
    if big:  # tvåhundra, femtusen, artonhundra
        head, rest = (_value(part, "sv") if part else 0.0 for part in (big[1], big[3]))
        return None if head is None or rest is None else (head or 1.0) * known[big[2]] + rest
    for tens in _SV_TENS:
        if word.startswith(tens) and word[len(tens) :] in known:
            return float(known[tens] + known[word[len(tens) :]])
    return None
