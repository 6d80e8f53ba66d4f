"""A text in one language, with what several checks want to know of it, worked out once."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, overload

from review_app.text.dates import Named, find_named
from review_app.text.numbers import Number, find_numbers
from review_app.text.placeholders import PLACEHOLDER

WORD = re.compile(r"[^\W\d_]++(?:['’-][^\W\d_]++)*+")
_ASCII_WORD = re.compile(r"[A-Za-z]++(?:['-][A-Za-z]++)*+")
"""The same words of a text in ASCII, as most English is, in two thirds of the time."""
LINK = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\bhttps?://[^\s<>\"”’)]+|\bwww\.[^\s<>\"”’)]+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:se|com|org|net|nu|eu|fi|no|dk|io|gov|edu|info|example)\b(?:/[^\s<>\"”’)]*)?",
    re.IGNORECASE,
)

MAY_LINK = re.compile(r"\.\w|@|:/")
"""What every link has, and few sentences without one."""
_ENTITY = re.compile(r"&#x?[0-9a-f]{1,7};", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class Word(NamedTuple):
    """A word with its half-open span."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where the word stands."""
        return self.start, self.end


class Lazy(Generic[_Owner, _Value]):
    """A property that is worked out when first asked for; ``cached_property`` without its lock."""

    def __init__(self, work_out: Callable[[_Owner], _Value]) -> None:
        self.work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "Lazy[_Owner, _Value]": ...

    @overload
    def __get__(self, instance: _Owner, owner: type) -> _Value: ...

    def __get__(self, instance: _Owner | None, owner: type) -> "_Value | Lazy[_Owner, _Value]":
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.work_out(instance)
        return value


class Reading:
    """A text. Placeholders are blanked in what is read, so that spans stay true.

    Words come in two shapes: ``tokens`` are their texts, cheap; ``words`` have spans, in the same order, and cost as
    much as a check: ask for them when there is something to show. Nothing of it is changed by who reads.
    """

    def __init__(self, written: str, language: str) -> None:
        self.written = written
        self.language = language
        self._known: dict[Callable[[Reading], Any], Any] = {}
        self.text = blanked(written)
        """The text with blanks for placeholders."""
        self.may_link = MAY_LINK.search(self.text) is not None
        """Whether the text holds what every link has."""
        self.prose = without_entities(without_tags(_without_links(self.text) if self.may_link else self.text))
        """The text with blanks for placeholders, links, tags and leaked character references."""
        self.tokens: list[str] = (_ASCII_WORD if self.prose.isascii() else WORD).findall(self.prose)
        """The words of the prose, without their places."""
        self.small = [*map(str.lower, self.tokens)]
        """The words in lower case, in order."""
        self.lower = frozenset(self.small)
        """The words in lower case, each once."""

    @Lazy
    def words(self) -> list[Word]:
        """The words of the prose."""
        return words(self.prose)

    @Lazy
    def numbers(self) -> list[Number]:
        """The numbers of the prose."""
        return find_numbers(self.prose, self.language, self.tokens)

    @Lazy
    def named(self) -> tuple[list[Named], list[Named]]:
        """The months and the weekdays of the prose."""
        return find_named(self.prose, self.language, self.tokens)

    def once(self, work_out: "Callable[[Reading], _Value]") -> _Value:
        """Return what a function makes of the text; several checks may ask, it is worked out once."""
        known = self._known
        value: _Value = known[work_out] if work_out in known else known.setdefault(work_out, work_out(self))
        return value


LONGEST_KEPT = 2_000
"""Characters of the longest source that is remembered for its next translation."""


def source_reading(written: str, language: str) -> Reading:
    """Return the reading of a source: the last ones are remembered, as one source has several translations."""
    return _remembered(written, language) if len(written) <= LONGEST_KEPT else Reading(written, language)


@lru_cache(maxsize=256)
def _remembered(written: str, language: str) -> Reading:
    return Reading(written, language)


def words(text: str) -> list[Word]:
    """Return the words of a text."""
    return [Word(match[0], *match.span()) for match in WORD.finditer(text)]


def blanked(text: str) -> str:
    """Return a text of the same length with blanks for its placeholders."""
    return PLACEHOLDER.sub(_blank, text) if "<" in text else text


def without_tags(text: str) -> str:
    """Return a text of the same length with blanks for raw HTML tags, which interface texts may hold."""
    return _TAG.sub(_blank, text) if "<" in text else text


def without_entities(text: str) -> str:
    """Return a text of the same length with blanks for leaked character references, whose digits are no numbers."""
    return _ENTITY.sub(_blank, text) if "&#" in text else text


def without_links(text: str) -> str:
    """Return a text of the same length with blanks for its links and addresses."""
    return _without_links(text) if MAY_LINK.search(text) else text


def _without_links(text: str) -> str:
    return LINK.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
