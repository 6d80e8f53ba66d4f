"""The metrics, pure: from two texts to a few numbers that add up, and from their sums to a score.

BLEU, chrF2++ and TER are sacreBLEU's, to the last digit, with its signatures. HTER is the case-sensitive TER of the
drafting engine's raw output against the text a person made of it (Snover et al. 2006, "A Study of Translation Edit
Rate with Targeted Human Annotation"); whoever calls sees to it that hypothesis and reference belong together.
CER is the same in characters, without shifts.
"""

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.scoring.metrics.characters import character_edits, character_score, character_signature
from review_app.scoring.metrics.formulas import bleu_scores, chrf_scores, ter_scores
from review_app.scoring.metrics.metric import AnyStatistics, Metric, Statistics
from review_app.scoring.metrics.placeholders import placeholders_as_tokens
from review_app.scoring.metrics.sacrebleu_statistics import exact_score, signature_of, statistics_by

__all__ = [
    "METRICS",
    "PLAIN_METRICS",
    "AnyStatistics",
    "Metric",
    "Statistics",
    "placeholders_as_tokens",
]

_BLEU = BLEU(force=True)  # does not warn of tokenised input; scores and signature are the same
_CHRF = CHRF(word_order=2)
_TER = TER()
_HTER = TER(case_sensitive=True)

PLAIN_METRICS: dict[str, Metric] = {
    "BLEU": Metric(
        name="BLEU",
        signature=signature_of(_BLEU),
        width=10,  # hypothesis and reference length, then matches and totals of 1- to 4-grams
        higher_is_better=True,
        extract=statistics_by(_BLEU),
        exact=exact_score(_BLEU),
        fast=bleu_scores,
    ),
    "chrF2++": Metric(
        name="chrF2++",
        signature=signature_of(_CHRF),
        width=24,  # hypothesis, reference and matches, for 1 to 6 characters and 1 to 2 words
        higher_is_better=True,
        extract=statistics_by(_CHRF),
        exact=exact_score(_CHRF),
        fast=chrf_scores,
    ),
    "TER": Metric(
        name="TER",
        signature=signature_of(_TER),
        width=2,  # edits, words of the reference
        higher_is_better=False,
        extract=statistics_by(_TER),
        exact=exact_score(_TER),
        fast=ter_scores,
    ),
}
"""The metrics that compare any text with any reference."""

METRICS: dict[str, Metric] = PLAIN_METRICS | {
    "HTER": Metric(
        name="HTER",
        signature=signature_of(_HTER),
        width=2,  # edits, words of the reference
        higher_is_better=False,
        extract=statistics_by(_HTER),
        exact=exact_score(_HTER),
        fast=ter_scores,
    ),
    "CER": Metric(
        name="CER",
        signature=character_signature(),
        width=2,  # edits, characters of the reference
        higher_is_better=False,
        extract=character_edits,
        exact=character_score,
        fast=ter_scores,
    ),
}
"""Every metric, in the order reports show them."""
