"""Statistics of single segments as sacreBLEU has them, of the version that ``pyproject.toml`` pins.

They are not part of its public interface: some private methods are called here and in ``edit_rate``, and ``ngrams``
does the same in less time. ``tests/scoring/metrics`` proves that their sums give ``corpus_score`` to the last digit;
run it before moving the pin.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.scoring.metrics.edit_rate import edits
from review_app.scoring.metrics.ngrams import bleu_orders, bleu_statistics, chrf_orders, chrf_statistics, informed

SACREBLEU_VERSION = "2.6.0"
"""The version these calls were written for."""

SacreMetric: TypeAlias = BLEU | CHRF | TER
Extract: TypeAlias = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


def signature_of(metric: SacreMetric) -> str:
    """Return sacreBLEU's signature for one reference."""
    metric.num_refs = 1  # it is set when scoring; one reference is all we have
    return str(metric.get_signature())


def statistics_by(metric: SacreMetric) -> Extract:
    """Return the function that takes hypotheses and references to the statistics of each segment.

    A reference is worked out once for all its hypotheses, and texts that repeat together are computed once. All numbers
    are whole: with one reference TER's mean length is its length.
    """
    steps = _STEPS[type(metric)](metric)

    def extract(hypotheses: Sequence[str], references: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = [[]] * len(hypotheses)
        for reference, places in _by_reference(hypotheses, references).items():
            information = steps.reference(reference)
            known: dict[str, list[int]] = {}
            for place in places:
                text = hypotheses[place]
                if text not in known:
                    known[text] = steps.compare(steps.hypothesis(text), information)
                found[place] = known[text]
        return found

    return extract


def _by_reference(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, (_, reference) in enumerate(zip(hypotheses, references, strict=True)):
        places.setdefault(reference, []).append(place)
    return places


@dataclass(frozen=True, slots=True)
class Steps:
    """What is worked out of a hypothesis and of a reference, and the numbers that follow from the two."""

    hypothesis: Callable[[str], Any]
    reference: Callable[[str], Any]
    compare: Callable[[Any, Any], list[int]]


def _ter_steps(metric: SacreMetric) -> Steps:
    def words(text: str) -> list[str]:
        found: list[str] = metric._preprocess_segment(text).split()
        return found

    return Steps(words, words, lambda given, wanted: [edits(given, wanted), len(wanted)])


_STEPS: dict[type[SacreMetric], Callable[[SacreMetric], Steps]] = {
    BLEU: lambda _metric: Steps(bleu_orders, informed(bleu_orders), bleu_statistics),
    CHRF: lambda _metric: Steps(chrf_orders, informed(chrf_orders), chrf_statistics),
    TER: _ter_steps,
}
"""BLEU and chrF2++ with the options of ``METRICS``, TER with any."""


def exact_score(metric: SacreMetric) -> Callable[[list[int]], float]:
    """Return the function that takes summed statistics to sacreBLEU's own score."""

    def score(total: list[int]) -> float:
        return float(metric._compute_score_from_stats(list(total)).score)

    return score
