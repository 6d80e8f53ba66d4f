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

    def __post_init__(self) -> None:
        """Read both texts: what nearly every check asks for stands here at once."""
        languages = self.source_language.partition("-")[0].lower(), self.target_language.partition("-")[0].lower()
        self.languages = languages
        """The primary subtags: ``sv-SE`` is ``sv``."""
        source = self.source_reading = source_reading(self.source, languages[0])
        target = self.target_reading = Reading(self.target, languages[1])
        self.source_text, self.target_text = source.text, target.text
        self.source_prose, self.target_prose = source.prose, target.prose
        self.source_tokens, self.target_tokens = source.tokens, target.tokens
        self.source_lower, self.target_lower = source.lower, target.lower

    @Lazy
    def source_words(self) -> list[Word]:
        """The words of the source's prose."""
        return self.source_reading.words

    @Lazy
    def target_words(self) -> list[Word]:
        """The words of the target's prose."""
        return self.target_reading.words

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
        known = self._known
        value: _Value = known[work_out] if work_out in known else known.setdefault(work_out, work_out(self))
        return value
