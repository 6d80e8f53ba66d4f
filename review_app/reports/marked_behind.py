"""Which marked texts stand behind a number: what its link names beside the filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from review_app.annotations.comparing import MEASURES, gained, of_both
from review_app.annotations.figures import ESA, on_the_same
from review_app.annotations.marks import Mark
from review_app.annotations.reading import Annotated
from review_app.annotations.weights import is_wrong
from review_app.reports.behind import WON, choice
from review_app.reports.marked import NO_CATEGORY, Marked

AT_ONCE = 25
"""Texts on a page of the list."""

WHICH = ("all", "wrong", "same", "twice", "pair")
"""All of them; those that somebody found wrong; of sentences that every engine has a marked text of; of those that two
or more people marked; and two engines' texts of the same sentences."""


@dataclass(frozen=True, slots=True)
class MarkedBehind:
    """The texts behind a number; of two engines those of the first, with the other one's ``beside`` them.

    ``marks`` counts the marks that were asked for; ``None`` where texts are counted.
    """

    texts: Sequence[Annotated]
    beside: Sequence[Annotated] = ()
    marks: int | None = None

    @property
    def count(self) -> int:
        """What the number counts."""
        return len(self.texts) if self.marks is None else self.marks


def marked_behind(marked: Marked, asked: Mapping[str, str]) -> MarkedBehind | None:
    """Return what an address names, ``None`` when it names nothing; raises ``BadInput`` for what is no value."""
    which = choice(asked, "marked", WHICH)
    if which is None:
        return None
    if which == "pair":
        return _of_pair(marked, asked)
    texts = [text for text in _of_which(marked.texts, which) if asked.get("of") in {None, text.engine}]
    category, severity = asked.get("category"), asked.get("severity")
    if category is None and severity is None:
        return MarkedBehind(texts)
    meant = [text for text in texts if any(_is_meant(mark, category, severity) for mark in text.marks)]
    return MarkedBehind(meant, marks=sum(_is_meant(mark, category, severity) for text in meant for mark in text.marks))


def _of_which(texts: Sequence[Annotated], which: str) -> Sequence[Annotated]:
    if which == "wrong":
        return [text for text in texts if any(is_wrong(one.marks) for one in text.said)]
    if which == "twice":
        return [text for text in texts if len(text.said) > 1]
    return on_the_same(texts) if which == "same" else texts


def _is_meant(mark: Mark, category: str | None, severity: str | None) -> bool:
    return category in {None, mark.category or NO_CATEGORY} and severity in {None, str(mark.severity)}


def _of_pair(marked: Marked, asked: Mapping[str, str]) -> MarkedBehind:
    """Return what two engines made of the same sentences, the first one's greatest gains first."""
    pairs = of_both(marked.texts, asked.get("a", ""), asked.get("b", ""))
    name, won = choice(asked, "metric", MEASURES) or ESA, choice(asked, "won", WON)
    gain = gained(pairs, name, marked.weights)
    order = np.argsort(-gain, kind="stable")
    if won is not None:
        order = order[np.sign(gain[order]) == WON[won]]
    chosen = [pairs[place] for place in order]
    return MarkedBehind([text for text, _ in chosen], [text for _, text in chosen])
