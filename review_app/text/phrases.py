"""A phrase and what is to stand in its place, word by word. Pure.

Words are the units of ``text.diff``, compared without case; a phrase never reaches over a placeholder. What is put in
takes the case of what stood there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from review_app.text.diff import Unit, units

Span: TypeAlias = tuple[int, int]
Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A phrase, and the one that is right in its place, as people wrote it; neither is empty."""

    old: str
    new: str

    @property
    def key(self) -> tuple[Words, Words]:
        """What makes two replacements the same: their words, without case."""
        return words_of(self.old), words_of(self.new)


def words_of(phrase: str) -> Words:
    """Return a phrase's words without case."""
    return folded(units(phrase))


def folded(found: Iterable[Unit]) -> Words:
    """Return the words of units without case."""
    return tuple(unit.word.casefold() for unit in found if unit.word)


def spans_of(found: Iterable[Unit]) -> list[Span]:
    """Return where the word of each unit stands in its text."""
    spans, at = [], 0
    for unit in found:
        start = at + len(unit.space)
        at = start + len(unit.word)
        spans.append((start, at))
    return spans


def stands_in(words: Sequence[str], phrase: Words) -> list[int]:
    """Return the places at which a phrase begins among words; none reaches into the one before it."""
    found: list[int] = []
    at, last = 0, len(words) - len(phrase)
    while phrase and at <= last:
        if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
            found.append(at)
            at += len(phrase)
        else:
            at += 1
    return found


def places(text: str, replacement: Replacement) -> list[Span]:
    """Return where the old phrase stands, but not as a part of the new one.

    None at all in a text where putting the new one in would make another place: to replace twice is to replace once.
    """
    found = _places(text, replacement)
    return found if found and not _places(_put(text, found, replacement), replacement) else []


def replaced(text: str, replacement: Replacement) -> str:
    """Return the text with the new phrase in every place of the old one."""
    return _put(text, places(text, replacement), replacement)


def in_case_of(found: str, old: str, new: str) -> str:
    """Return the new phrase in the case in which the old one was found: “Old Phrase” makes “New Phrase”."""
    if found == old or found.lower() == found.upper():
        return new
    if found.isupper() and not old.isupper() and len(found) > 1:
        return new.upper()
    if _is_title(found) and not _is_title(old):
        return "".join(unit.space + _capital(unit.word) for unit in units(new))
    if found[:1].isupper() and old[:1].islower():
        return _capital(new)
    if found[:1].islower() and old[:1].isupper():
        return new[:1].lower() + new[1:]
    return new


def _is_title(phrase: str) -> bool:
    """Whether several words begin with a capital each."""
    words = [unit.word for unit in units(phrase) if unit.word]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _places(text: str, replacement: Replacement) -> list[Span]:
    found = units(text)
    words = [unit.word.casefold() for unit in found]
    old, new = replacement.key
    if not old or old == new:
        return []
    inside = [at for at in range(len(new) - len(old) + 1) if new[at : at + len(old)] == old]
    spans = spans_of(found)
    return [
        (spans[at][0], spans[at + len(old) - 1][1])
        for at in stands_in(words, old)
        if not any(shift <= at and tuple(words[at - shift : at - shift + len(new)]) == new for shift in inside)
    ]


def _put(text: str, found: Sequence[Span], replacement: Replacement) -> str:
    pieces, at = [], 0
    for start, end in found:
        pieces += [text[at:start], in_case_of(text[start:end], replacement.old, replacement.new)]
        at = end
    return "".join([*pieces, text[at:]])
