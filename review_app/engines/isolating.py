"""Finds the text that an engine's requests fail for, so that it costs nobody else a translation.

A request may fail for one of its texts: too strange, too long for a slow machine, stopped on the way by a filter. When
the engine answers a harmless word all the same, the halves of the request are asked for, and theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from review_app.engines.client import may_be_a_text
from review_app.engines.contract import Result
from review_app.engines.judging import judge
from review_app.engines.protection import shield
from review_app.errors import BudgetUsedUp, EngineFailed
from review_app.locale import N_

HARMLESS = "Hej."
"""What every engine translates that is well."""

NOT_TAKEN = N_("The engine does not take this text, though it takes others.")
TOO_DEAR = N_("The month's budget does not reach to ask the engine for this text, or for it again.")


@dataclass(slots=True)
class Isolation:
    """Asks for texts by ``ask``; ``is_well``: whether the engine answers a harmless word.

    ``guilty``: the texts that were asked for alone, twice, and failed while the engine was well. ``too_dear``: whether
    there was something to be asked again that the budget did not reach for; what was answered is kept all the same.
    """

    ask: Callable[[list[str]], list[str | None]]
    is_well: Callable[[], bool]
    guilty: set[str] = field(default_factory=set)
    too_dear: bool = False

    def answers(self, texts: list[str], *, last: bool = False) -> list[str | None]:
        """Return the answers, nothing for a guilty text; raises ``EngineFailed`` when the engine itself fails."""
        try:
            return self.ask(texts)
        except BudgetUsedUp:
            self.too_dear = True
            return [None] * len(texts)
        except EngineFailed as failed:
            if not may_be_a_text(failed) or not self.is_well():
                raise
        if len(texts) > 1:
            half = len(texts) // 2
            return self.answers(texts[:half]) + self.answers(texts[half:])
        if not last:  # what failed may have been the way to the engine, and the way is open again
            return self.answers(texts, last=True)
        self.guilty.update(texts)
        return [None]

    def one_by_one(self, texts: list[str]) -> list[str | None]:
        """Return the answers of an engine that is asked for one text at a time."""
        return [answer for text in texts for answer in self.answers([text])]

    def judged(self, text: str, answer: str | None, target: str) -> Result:
        """Return the answer to a text as a result, or the reason why it is no translation of it."""
        if answer is None and shield(text) in self.guilty:
            return Result(None, NOT_TAKEN)
        return Result(None, TOO_DEAR) if answer is None and self.too_dear else judge(text, answer, target)
