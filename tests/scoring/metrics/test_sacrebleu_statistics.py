import json
from collections.abc import Callable

import numpy as np
import pytest
import sacrebleu
from hypothesis import given
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.scoring.metrics import METRICS
from review_app.scoring.metrics.sacrebleu_statistics import SACREBLEU_VERSION
from tests.scoring.metrics.texts import CORPORA
from tests.shared_data import SHARED_DATA, needs_shared_data

ENGINES = ("google", "microsoft", "opusmt", "nllb", "argos", "firefox")

PUBLIC: dict[str, Callable[[], BLEU | CHRF | TER]] = {
    "BLEU": BLEU,
    "chrF2++": lambda: CHRF(word_order=2),
    "TER": TER,
    "HTER": lambda: TER(case_sensitive=True),
}
"""The same metrics by sacreBLEU's public interface, with its defaults."""

every_metric = pytest.mark.parametrize("name", PUBLIC)


def public_score(name: str, pairs: list[tuple[str, str]]) -> float:
    hypotheses, references = zip(*pairs, strict=True)
    return PUBLIC[name]().corpus_score(list(hypotheses), [list(references)]).score


def our_score(name: str, pairs: list[tuple[str, str]]) -> float:
    hypotheses, references = zip(*pairs, strict=True)
    return METRICS[name].score(METRICS[name].statistics_many(hypotheses, references).sum(axis=0))


def test_version_is_the_one_the_private_calls_were_written_for() -> None:
    assert sacrebleu.__version__ == SACREBLEU_VERSION


@every_metric
def test_signature_is_sacrebleus(name: str) -> None:
    metric = PUBLIC[name]()
    metric.corpus_score(["one text"], [["another text"]])
    assert METRICS[name].signature == str(metric.get_signature())


@every_metric
@given(pairs=CORPORA)
def test_sums_give_the_corpus_score_to_the_last_digit(name: str, pairs: list[tuple[str, str]]) -> None:
    assert our_score(name, pairs) == public_score(name, pairs)


@needs_shared_data
@every_metric
@pytest.mark.parametrize("engine", ENGINES)
def test_random_slices_of_real_translations_score_as_sacrebleu(name: str, engine: str) -> None:
    lines = (SHARED_DATA / "flores-dev.sv-en.jsonl").read_text("utf-8").splitlines()
    chosen = np.random.default_rng([*METRICS].index(name) * len(ENGINES) + ENGINES.index(engine))
    rows = [json.loads(line) for line in chosen.choice(lines, size=chosen.integers(1, 40), replace=False)]
    pairs = [(row["mt"][engine], row["reference"]) for row in rows]
    assert our_score(name, pairs) == public_score(name, pairs)


@every_metric
@given(pairs=CORPORA)
def test_neither_order_nor_slicing_changes_a_sum(name: str, pairs: list[tuple[str, str]]) -> None:
    metric = METRICS[name]
    hypotheses, references = zip(*pairs, strict=True)
    together = metric.statistics_many(hypotheses, references)
    one_by_one = [metric.statistics(*pair) for pair in reversed(pairs)]
    assert np.array_equal(together.sum(axis=0), np.sum(one_by_one, axis=0))


@every_metric
def test_each_segment_has_as_many_numbers_as_the_metric_says(name: str) -> None:
    metric = METRICS[name]
    assert metric.width == {"BLEU": 10, "chrF2++": 24, "TER": 2, "HTER": 2}[name]
    assert metric.statistics("Barn får skolskjuts.", "").shape == (metric.width,)
    assert metric.statistics_many([], []).shape == (0, metric.width)


@pytest.mark.parametrize(
    "text", ["The municipal council decides.", "يقرر مجلس البلدية ذلك", "Η δημοτική αρχή αποφασίζει"]
)
def test_identical_texts_are_perfect(text: str) -> None:
    assert our_score("BLEU", [(text, text)]) == pytest.approx(100)
    assert our_score("chrF2++", [(text, text)]) == pytest.approx(100)
    assert our_score("TER", [(text, text)]) == 0
    assert our_score("HTER", [(text, text)]) == 0


@pytest.mark.parametrize(("hypothesis", "reference"), [("", "Fees are paid yearly."), ("Fees", ""), ("", "")])
@every_metric
def test_empty_texts_score_as_sacrebleus(name: str, hypothesis: str, reference: str) -> None:
    assert our_score(name, [(hypothesis, reference)]) == public_score(name, [(hypothesis, reference)])


def test_only_hter_sees_a_change_of_case() -> None:
    pairs = [("the Council decides today", "The council decides today")]
    assert our_score("TER", pairs) == 0
    assert our_score("HTER", pairs) == 50


@every_metric
def test_texts_without_partners_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="zip"):
        METRICS[name].statistics_many(["one", "two"], ["one"])
