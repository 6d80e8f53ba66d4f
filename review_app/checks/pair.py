"""A source and its translation, with what several checks want to know of them, worked out once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar, overload

from review_app.checks.guide import NO_GUIDE, Guide
from review_app.text.dates import Named, find_named
from review_app.text.numbers import Number, find_numbers
from review_app.text.placeholders import PLACEHOLDER

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LINK = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\bhttps?://[^\s<>\"”’)]+|\bwww\.[^\s<>\"”’)]+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:se|com|org|net|nu|eu|fi|no|dk|io|gov|edu|info|example)\b(?:/[^\s<>\"”’)]*)?",
    re.IGNORECASE,
)

MAY_LINK = re.compile(r"\.\w|@|:/")
"""What every link has, and few sentences without one."""
_ENTITY = re.compile(r"&#x?[0-9a-f]{1,7};", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
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


class _Lazy(Generic[_Value]):
    """A property that is worked out when first asked for; ``cached_property`` without its lock."""

    def __init__(self, work_out: "Callable[[Pair], _Value]") -> None:
        self.work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, pair: None, owner: type) -> "_Lazy[_Value]": ...

    @overload
    def __get__(self, pair: "Pair", owner: type) -> _Value: ...

    def __get__(self, pair: "Pair | None", owner: type) -> "_Value | _Lazy[_Value]":
        if pair is None:
            return self
        value = pair.__dict__[self.name] = self.work_out(pair)
        return value


@dataclass(eq=False)
class Pair:
    """Two texts and their languages. Placeholders are blanked in what is read, so that spans stay true.

    Words come in two shapes: ``…_tokens`` are their texts, cheap; ``…_words`` have spans, in the same order, and cost
    as much as a check: ask for them when there is something to show.
    """

    source: str
    target: str
    source_language: str
    target_language: str
    guide: Guide = NO_GUIDE
    _known: dict[Callable[["Pair"], Any], Any] = field(default_factory=dict, init=False, repr=False)

    @_Lazy
    def languages(self) -> tuple[str, str]:
        """The primary subtags: ``sv-SE`` is ``sv``."""
        return self.source_language.partition("-")[0].lower(), self.target_language.partition("-")[0].lower()

    @_Lazy
    def source_text(self) -> str:
        """The source with blanks for placeholders."""
        return blanked(self.source)

    @_Lazy
    def target_text(self) -> str:
        """The target with blanks for placeholders."""
        return blanked(self.target)

    @_Lazy
    def source_prose(self) -> str:
        """The source with blanks for placeholders, links, tags and leaked character references."""
        return without_entities(without_tags(without_links(self.source_text)))

    @_Lazy
    def target_prose(self) -> str:
        """The target with blanks for placeholders, links, tags and leaked character references."""
        return without_entities(without_tags(without_links(self.target_text)))

    @_Lazy
    def source_tokens(self) -> list[str]:
        """The words of the source's prose, without their places."""
        return WORD.findall(self.source_prose)

    @_Lazy
    def target_tokens(self) -> list[str]:
        """The words of the target's prose, without their places."""
        return WORD.findall(self.target_prose)

    @_Lazy
    def source_words(self) -> list[Word]:
        """The words of the source's prose."""
        return words(self.source_prose)

    @_Lazy
    def target_words(self) -> list[Word]:
        """The words of the target's prose."""
        return words(self.target_prose)

    @_Lazy
    def source_lower(self) -> frozenset[str]:
        """The source's words in lower case."""
        return frozenset(map(str.lower, self.source_tokens))

    @_Lazy
    def target_lower(self) -> frozenset[str]:
        """The target's words in lower case."""
        return frozenset(map(str.lower, self.target_tokens))

    @_Lazy
    def source_numbers(self) -> list[Number]:
        """The numbers of the source's prose."""
        return find_numbers(self.source_prose, self.languages[0], self.source_tokens)

    @_Lazy
    def target_numbers(self) -> list[Number]:
        """The numbers of the target's prose."""
        return find_numbers(self.target_prose, self.languages[1], self.target_tokens)

    @_Lazy
    def source_named(self) -> tuple[list[Named], list[Named]]:
        """The months and the weekdays of the source's prose."""
        return find_named(self.source_prose, self.languages[0], self.source_tokens)

    @_Lazy
    def target_named(self) -> tuple[list[Named], list[Named]]:
        """The months and the weekdays of the target's prose."""
        return find_named(self.target_prose, self.languages[1], self.target_tokens)

    def once(self, work_out: "Callable[[Pair], _Value]") -> _Value:
        """Return what a function makes of the pair; several checks may ask, it is worked out once."""
        if work_out not in self._known:
            self._known[work_out] = work_out(self)
        value: _Value = self._known[work_out]
        return value


def words(text: str) -> list[Word]:
    """Return the words of a text."""
    return [Word(match[0], match.start(), match.end()) for match in WORD.finditer(text)]


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
    return LINK.sub(_blank, text) if MAY_LINK.search(text) else text


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
