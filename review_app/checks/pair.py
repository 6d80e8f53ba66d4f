"""A source and its translation, with what several checks want to know of them, worked out once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from review_app.checks.guide import NO_GUIDE, Guide
from review_app.checks.reading import Lazy, Reading, Word, source_reading
from review_app.text.dates import Named
from review_app.text.numbers import Number

_Value = TypeVar("_Value")


@dataclass(eq=False)
class Pair:
    """Two texts and their languages, and what a ``Reading`` knows of either, under its names."""

    source: str
    target: str
    source_language: str
    target_language: str
    guide: Guide = NO_GUIDE
    _known: dict[Callable[["Pair"], Any], Any] = field(default_factory=dict, init=False, repr=False)

    @Lazy
    def languages(self) -> tuple[str, str]:
        """The primary subtags: ``sv-SE`` is ``sv``."""
        return self.source_language.partition("-")[0].lower(), self.target_language.partition("-")[0].lower()

    @Lazy
    def source_reading(self) -> Reading:
        """The source."""
        return source_reading(self.source, self.languages[0])

    @Lazy
    def target_reading(self) -> Reading:
        """The target."""
        return Reading(self.target, self.languages[1])

    @Lazy
    def source_text(self) -> str:
        """The source with blanks for placeholders."""
        return self.source_reading.text

    @Lazy
    def target_text(self) -> str:
        """The target with blanks for placeholders."""
        return self.target_reading.text

    @Lazy
    def source_prose(self) -> str:
        """The source with blanks for placeholders, links, tags and leaked character references."""
        return self.source_reading.prose

    @Lazy
    def target_prose(self) -> str:
        """The target with blanks for placeholders, links, tags and leaked character references."""
        return self.target_reading.prose

    @Lazy
    def source_tokens(self) -> list[str]:
        """The words of the source's prose, without their places."""
        return self.source_reading.tokens

    @Lazy
    def target_tokens(self) -> list[str]:
        """The words of the target's prose, without their places."""
        return self.target_reading.tokens

    @Lazy
    def source_words(self) -> list[Word]:
        """The words of the source's prose."""
        return self.source_reading.words

    @Lazy
    def target_words(self) -> list[Word]:
        """The words of the target's prose."""
        return self.target_reading.words

    @Lazy
    def source_lower(self) -> frozenset[str]:
        """The source's words in lower case."""
        return self.source_reading.lower

    @Lazy
    def target_lower(self) -> frozenset[str]:
        """The target's words in lower case."""
        return self.target_reading.lower

    @Lazy
    def source_numbers(self) -> list[Number]:
        """The numbers of the source's prose."""
        return self.source_reading.numbers

    @Lazy
    def target_numbers(self) -> list[Number]:
        """The numbers of the target's prose."""
        return self.target_reading.numbers

    @Lazy
    def source_named(self) -> tuple[list[Named], list[Named]]:
        """The months and the weekdays of the source's prose."""
        return self.source_reading.named

    @Lazy
    def target_named(self) -> tuple[list[Named], list[Named]]:
        """The months and the weekdays of the target's prose."""
        return self.target_reading.named

    def once(self, work_out: "Callable[[Pair], _Value]") -> _Value:
        """Return what a function makes of the pair; several checks may ask, it is worked out once."""
        if work_out not in self._known:
            self._known[work_out] = work_out(self)
        value: _Value = self._known[work_out]
        return value
