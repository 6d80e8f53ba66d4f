"""The one place that calls sacreBLEU's private methods, of the version that ``pyproject.toml`` pins.

Statistics of single segments are not part of its public interface. ``tests/scoring/metrics`` proves that their sums
give ``corpus_score`` to the last digit; run it before moving the pin.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

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
        known: dict[tuple[str, str], list[int]] = {}
        for pair in zip(hypotheses, references, strict=True):
            if pair in known:
                continue
            hypothesis, reference = (prepared[text] for text in pair)
            if hypothesis == reference and isinstance(metric, TER):
                known[pair] = [0, len(reference.split())]  # what the search for shifts finds, at once
            else:
                found = metric._compute_segment_statistics(hypothesis, information[pair[1]])
                known[pair] = [int(number) for number in found]
        return [known[pair] for pair in zip(hypotheses, references, strict=True)]

    return extract


def exact_score(metric: SacreMetric) -> Callable[[list[int]], float]:
    """Return the function that takes summed statistics to sacreBLEU's own score."""

    def score(total: list[int]) -> float:
        return float(metric._compute_score_from_stats(list(total)).score)

    return score
