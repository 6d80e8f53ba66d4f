"""Which scored sentences stand behind a number: what its link names beside the filter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from review_app.errors import BadInput
from review_app.locale import N_
from review_app.reports.engines import COMPARED, of_both
from review_app.reports.estimate import speaking
from review_app.reports.shares import SIZES, edit_sizes
from review_app.scoring.comparison import gains
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Segments

WHICH = ("drafted", "independent", "estimate")
"""Drafts that people started from; those with an independent translation; those that speak for the whole site."""

WON = {"a": 1, "b": -1, "neither": 0}
"""Which of two engines is better on a sentence, as the sign of what the first one gains."""


@dataclass(frozen=True, slots=True, eq=False)
class Behind:
    """The sentences behind a number; of two engines those of the first, with the other one's ``beside`` them."""

    segments: Segments
    beside: Segments | None = None


def behind(segments: Segments, asked: Mapping[str, str]) -> Behind:
    """Return the sentences that an address names, in the order of a list; raises ``BadInput`` for what is no value."""
    if asked.get("a") and asked.get("b"):
        return _of_pair(segments, asked)
    size = choice(asked, "size", SIZES)
    segments = of_which(segments, choice(asked, "which", WHICH))
    if size is not None:
        segments = segments.drafted()
        segments = segments.where(edit_sizes(segments.statistics("HTER")) == SIZES.index(size))
    rates = METRICS["TER"].scores(segments.statistics("TER"))
    return Behind(segments.at(np.lexsort((segments.rows["revision"], segments.pages, -rates))))


def of_which(segments: Segments, which: str | None) -> Segments:
    """Return those of a kind (one of ``WHICH``), or all."""
    if which == "drafted":
        return segments.drafted()
    if which == "independent":
        return segments.where(segments.rows["independent"] == 1)
    return speaking(segments.drafted()) if which == "estimate" else segments


def choice(asked: Mapping[str, str], name: str, values: Collection[str]) -> str | None:
    """Return what an address asks for under a name; raises ``BadInput`` when that is none of the values."""
    text = asked.get(name) or None
    if text is not None and text not in values:
        raise BadInput(N_("“{text}” is not one of {choices}."), text=text[:40], choices=", ".join(values))
    return text


def _of_pair(segments: Segments, asked: Mapping[str, str]) -> Behind:
    """Return what two engines made of the same sentences, the first one's greatest gains first."""
    of_a, of_b = of_both(segments, asked["a"], asked["b"])
    metric, won = METRICS[choice(asked, "metric", COMPARED) or COMPARED[0]], choice(asked, "won", WON)
    if not len(of_a):
        return Behind(of_a, of_b)
    gained = gains(metric, of_a.statistics(metric.name), of_b.statistics(metric.name))
    order = np.lexsort((of_a.rows["revision"], of_a.pages, -gained))
    if won is not None:
        order = order[np.sign(gained[order]) == WON[won]]
    return Behind(of_a.at(order), of_b.at(order))
