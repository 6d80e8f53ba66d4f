"""A source and its translation, with what several checks want to know of them, worked out once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from review_app.checks.guide import NO_GUIDE, Guide
from review_app.text.numbers import Number, find_numbers
from review_app.text.placeholders import PLACEHOLDER

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LINK = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\bhttps?://[^\s<>\"”’)]+|\bwww\.[^\s<>\"”’)]+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:se|com|org|net|nu|eu|fi|no|dk|io|gov|edu|info|example)\b(?:/[^\s<>\"”’)]*)?",
    re.IGNORECASE,
)

_ENTITY = re.compile(r"&#x?[0-9a-f]{1,7};", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its half-open span."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where the word stands."""
        return self.start, self.end


_Value = TypeVar("_Value")


@dataclass(eq=False)
class Pair:
    """Two texts and their languages. Placeholders are blanked in what is read, so that spans stay true."""

    source: str
    target: str
    source_language: str
    target_language: str
    guide: Guide = NO_GUIDE
    _known: dict[Callable[["Pair"], Any], Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def languages(self) -> tuple[str, str]:
        """The primary subtags: ``sv-SE`` is ``sv``."""
        return self.source_language.split("-")[0].lower(), self.target_language.split("-")[0].lower()

    @cached_property
    def source_text(self) -> str:
        """The source with blanks for placeholders."""
        return blanked(self.source)

    @cached_property
    def target_text(self) -> str:
        """The target with blanks for placeholders."""
        return blanked(self.target)

    @cached_property
    def source_words(self) -> list[Word]:
        """The words of the source that are no part of a link or a tag."""
        return words(without_tags(without_links(self.source_text)))

    @cached_property
    def target_words(self) -> list[Word]:
        """The words of the target that are no part of a link or a tag."""
        return words(without_tags(without_links(self.target_text)))

    @cached_property
    def source_tokens(self) -> list[str]:
        """The words of the source's prose, without their places."""
        return [word.text for word in self.source_words]

    @cached_property
    def target_tokens(self) -> list[str]:
        """The words of the target's prose, without their places."""
        return [word.text for word in self.target_words]

    @cached_property
    def source_numbers(self) -> list[Number]:
        """The numbers of the source that are no part of a link."""
        return find_numbers(without_entities(without_links(self.source_text)), self.languages[0])

    @cached_property
    def target_numbers(self) -> list[Number]:
        """The numbers of the target that are no part of a link."""
        return find_numbers(without_entities(without_links(self.target_text)), self.languages[1])

    @cached_property
    def source_lower(self) -> frozenset[str]:
        """The source's words in lower case."""
        return frozenset(word.text.lower() for word in self.source_words)

    @cached_property
    def target_lower(self) -> frozenset[str]:
        """The target's words in lower case."""
        return frozenset(word.text.lower() for word in self.target_words)

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
    return PLACEHOLDER.sub(lambda match: " " * len(match[0]), text) if "<" in text else text


def without_tags(text: str) -> str:
    """Return a text of the same length with blanks for raw HTML tags, which interface texts may hold."""
    return _TAG.sub(lambda match: " " * len(match[0]), text) if "<" in text else text


def without_entities(text: str) -> str:
    """Return a text of the same length with blanks for leaked character references, whose digits are no numbers."""
    return _ENTITY.sub(lambda match: " " * len(match[0]), text) if "&#" in text else text


def without_links(text: str) -> str:
    """Return a text of the same length with blanks for its links and addresses."""
    return LINK.sub(lambda match: " " * len(match[0]), text)
