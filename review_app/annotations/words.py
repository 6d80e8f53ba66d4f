"""The words of a text that can be marked, by their places. Pure.

A word is a run of letters and digits with what joins them (“10–18”, “it's”); a mark of punctuation is one of its own,
so that a wrong comma can be marked. Scripts that put no space between words are cut character by character.
Placeholders are no words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from review_app.text.placeholders import Part, tokenise

_JOINERS = frozenset("-‐‑–'’.,:/@_·״׳")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its half-open code-point span in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, in order."""
    return tuple(
        Word(text[start:end], start)
        for piece in tokenise(text)
        if piece.part is Part.TEXT
        for start, end in _spans(text, piece.start, piece.end)
    )


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        first, at = at, at + 1
        if _in_word(text[first]):
            at = _end_of_word(text, at, end)
        while at < end and _is_mark(text[at]):
            at += 1
        yield first, at


def _end_of_word(text: str, at: int, end: int) -> int:
    if _UNSPACED.match(text[at - 1]):
        return at
    while at < end:
        joined = text[at] in _JOINERS and at + 1 < end and _spaced(text[at + 1])
        if not (joined or _spaced(text[at]) or _is_mark(text[at])):
            break
        at += 1
    return at


def _spaced(character: str) -> bool:
    return _in_word(character) and not _UNSPACED.match(character)


def _in_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _is_mark(character: str) -> bool:
    """Say whether a character belongs to the one before it: accents, vowel signs, joiners without width."""
    return unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"
