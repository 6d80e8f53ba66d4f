"""Calls sacreBLEU's private methods, of the version that ``pyproject.toml`` pins; only ``edit_rate`` does so too.

Statistics of single segments are not part of its public interface. ``tests/scoring/metrics`` proves that their sums
give ``corpus_score`` to the last digit; run it before moving the pin.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.scoring.metrics.edit_rate import edits

SACREBLEU_VERSION = "2.6.0"
"""The version these calls were written for."""

SacreMetric: TypeAlias = BLEU | CHRF | TER


def signature_of(metric: SacreMetric) -> str:
    """Return sacreBLEU's signature for one reference."""
    metric.num_refs = 1  # it is set when scoring; one reference is all we have
    return str(metric.get_signature())


def statistics_by(metric: SacreMetric) -> Callable[[Sequence[str], Sequence[str]], list[list[int]]]:
    """Return the function that takes hypotheses and references to the statistics of each segment.

    Texts that repeat are computed once. All numbers are whole: with one reference TER's mean length is its length.
    """

    def extract(hypotheses: Sequence[str], references: Sequence[str]) -> list[list[int]]:
        prepared = {text: metric._preprocess_segment(text) for text in {*hypotheses, *references}}
        information = {text: metric._extract_reference_info([prepared[text]]) for text in set(references)}
        pairs = list(zip(hypotheses, references, strict=True))
        known: dict[tuple[str, str], list[int]] = {}
        for pair in pairs:
            if pair not in known:
                known[pair] = _segment_statistics(metric, prepared[pair[0]], information[pair[1]])
        return [known[pair] for pair in pairs]

    return extract


def _segment_statistics(metric: SacreMetric, hypothesis: str, information: dict[str, Any]) -> list[int]:
    if isinstance(metric, TER):
        (words,) = information["ref_words"]
        return [edits(hypothesis.split(), words), len(words)]
    return metric._compute_segment_statistics(hypothesis, information)


def exact_score(metric: SacreMetric) -> Callable[[list[int]], float]:
    """Return the function that takes summed statistics to sacreBLEU's own score."""

    def score(total: list[int]) -> float:
        return float(metric._compute_score_from_stats(list(total)).score)

    return score
