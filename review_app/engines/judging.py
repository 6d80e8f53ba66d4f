"""Judges an engine's output before it is kept: what is no translation is never shown as one."""

import re
from collections import Counter

from review_app.engines.contract import Result
from review_app.engines.gloss import is_swedish
from review_app.locale import N_
from review_app.text.language_id import names_in, other_language
from review_app.text.placeholders import is_well_nested, lost_and_added, plain

EMPTY = N_("The engine answered with nothing.")
ECHO = N_("The engine gave the Swedish text back.")
ERROR_TEXT = N_("The engine answered with its own error message.")
HTML_PAGE = N_("The engine answered with a web page.")
MARKUP = N_("The engine's text holds markup that the Swedish does not have.")
TRUNCATED = N_("The engine's text is far too short; it was probably cut off.")
LOOP = N_("The engine repeated itself over and over.")
PLACEHOLDER_LOST = N_("The engine lost a link or other markup of the sentence.")
CONTROL = N_("The engine's text holds control characters.")
WRONG_LANGUAGE = N_("The engine answered in another language than it was asked for.")

REASONS = (EMPTY, ECHO, ERROR_TEXT, HTML_PAGE, MARKUP, TRUNCATED, LOOP, PLACEHOLDER_LOST, CONTROL, WRONG_LANGUAGE)

ERROR_TEXTS = re.compile(
    r"error 5\d\d \(server error\)|that[’']s an error|mymemory warning|query length limit|invalid language pair"
    r"|you used all available free translations|quota exceeded for|please select two distinct languages|<title>error"
    # what a municipality may write, too, but hardly as a sentence of its own
    r"|(?<![^\W\d])(?<![^\W\d] )(?:too many requests|quota exceeded|no content to be translated|service unavailable)"
    r"(?= *(?:$|[^\w ]))"
    r"|as an ai (?:language )?model|i(?:['’]m| am) sorry, but i (?:can(?:not|['’]t)|am unable)"
    r"|i can(?:not|['’]t) (?:assist|help) with th(?:at|is)|here(?:['’]s| is) (?:the|your) translation\b[^.\n]{0,40}:",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<!doctype|<html|<head|<body|</div>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffd]")
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\S+@\S+|\S*\w[./]\w\S*")

SHORT_WORDS = 4
"""Up to so many words a text may well read the same in a language close to Swedish."""

LEAST_ORDINARY = 3
"""Words without a capital that such a text has which is no mere address or list of names."""

CLOSE = frozenset({"da", "nb", "nn", "no", "fo", "is"})
"""Languages in which a short Swedish text may be right as it is: "Information om covid"."""

SWEDISH = frozenset(
    "att av den det dig din dina ditt du efter eller en ett får för från har här hos hur i inte kan med mer mot när nu"
    " och om oss på ska som till under upp ur ut vad var vi vid vår våra vårt vem är över".split()
)
"""Words of every day; a text with one of them and no capital is no name."""

_SWEDISH_NOUN = re.compile(r"(?=.*[åäö])\w{4,}(?:ning(?:en|ar|arna)?|het(?:en|er)?|else[nr]?)$", re.IGNORECASE)
"""A single word that is Swedish and no name: "Sophämtning"."""

LEAST_LETTERS = 4
"""A word as long as this without a capital is no unit of measurement ("15 min", "10 km")."""

TRUNCATED_SHARE = 0.25
"""Of the source's characters."""

TRUNCATED_SHARE_DENSE = 0.08
"""The same of languages that need fewer: Chinese has about a third as many as Swedish, and less in a summary."""

REPEATS = 5
"""So often in a row, the same one to four words are a loop."""

_LOOP = re.compile(rf"(\b\w+(?:\W+\w+){{0,3}}?\b)(?:\W+\1\b){{{REPEATS - 1},}}", re.IGNORECASE)
_UNSPACED_LOOP = re.compile(rf"([^\W\d_].{{0,39}}?)\1{{{REPEATS - 1},}}")
_DENSE = frozenset({"zh", "ja", "ko", "yue"})
_UNSPACED = frozenset({"zh", "ja", "yue", "th", "lo", "km", "my"})
"""Languages without spaces between words: a loop is found by its characters."""


def judge(source: str, output: str | None, target_language: str) -> Result:
    """Return the output as a result, or the reason why it is no translation of the source."""
    reason = _reason(source, output, target_language)
    return Result(None, reason) if reason else Result(output)


def _reason(source: str, output: str | None, language: str) -> str | None:
    if output is None or not output.strip():
        return EMPTY
    read, wanted = plain(output).strip(), plain(source).strip()
    faults = {
        ERROR_TEXT: _new(ERROR_TEXTS, wanted, read),
        HTML_PAGE: _new(_PAGE, wanted, read),
        MARKUP: _new(_TAG, wanted, read),
        CONTROL: _new(_CONTROL, source, output),
        PLACEHOLDER_LOST: _breaks_placeholders(source, output),
        ECHO: _is_echo(wanted, read, language),
        LOOP: _loops(wanted, read, language),
        TRUNCATED: _is_truncated(wanted, read, language),
    }
    reason = next((reason for reason, found in faults.items() if found), None)
    return reason or (WRONG_LANGUAGE if other_language(read, language, names_in(wanted)) else None)


def _new(pattern: re.Pattern[str], source: str, output: str) -> bool:
    """Say whether the output has something that the source does not have."""
    return bool(pattern.search(output)) and not pattern.search(source)


def _breaks_placeholders(source: str, output: str) -> bool:
    return any(lost_and_added(source, output)) or (is_well_nested(source) and not is_well_nested(output))


def _is_truncated(source: str, output: str, language: str) -> bool:
    share = TRUNCATED_SHARE_DENSE if _base(language) in _DENSE else TRUNCATED_SHARE
    return len(source) > 40 and len(output) < share * len(source)


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def _is_echo(source: str, output: str, language: str) -> bool:
    if source.casefold() != output.casefold():
        return False
    words = _WORD.findall(_ADDRESS.sub(" ", source))
    ordinary = [word for word in words if word[0].islower() or (word[0].isalpha() and source.isupper())]
    if len(words) > SHORT_WORDS and len(ordinary) >= LEAST_ORDINARY:
        return True
    if _base(language) in CLOSE:
        return False
    if len(words) == 1 and source == words[0]:
        return bool(_SWEDISH_NOUN.search(source))  # others may be the same everywhere: "Information", "Överkalix"
    if source.isupper():  # so are names of companies written, too
        return len(words) > 1 and all(map(is_swedish, words))
    lower = [word for word in words if word[0].islower()]
    return len(words) > 1 and any(word in SWEDISH or _letters(word) >= LEAST_LETTERS for word in lower)


def _letters(word: str) -> int:
    return len(word) if word.isalpha() else 0


def _loops(source: str, output: str, language: str) -> bool:
    if _base(language) in _UNSPACED and _UNSPACED_LOOP.search(output[:5000]):
        return not _UNSPACED_LOOP.search(source[:5000])
    words = [word.casefold() for word in _WORD.findall(output)]
    if len(words) < 2 * REPEATS:
        return False
    most = Counter(zip(words, words[1:], words[2:], strict=False)).most_common(1)
    suspicious = (bool(most) and most[0][1] >= REPEATS) or Counter(words).most_common(1)[0][1] >= 2 * REPEATS
    # The pattern is only tried where words do repeat: on ordinary text it would cost more than all else.
    return suspicious and bool(_LOOP.search(output[:5000])) and not _LOOP.search(source[:5000])
