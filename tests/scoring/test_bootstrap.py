import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.scoring import bootstrap
from review_app.scoring.bootstrap import interval, resampled_scores
from review_app.scoring.metrics import METRICS

PAIRS = [
    ("The council decides on fees", "The municipal council decides on fees"),
    ("Apply before June 22", "Apply no later than 22 June"),
    ("The library is open", "The library is open"),
    ("Snow is cleared at night", "The snow is cleared during the night"),
    ("You are waiting in line", "You are in the queue"),
    ("Sort your waste at home please", "Please sort your waste at home"),
] * 3
HYPOTHESES, REFERENCES = map(list, zip(*PAIRS, strict=True))


def statistics(name: str) -> np.ndarray:
    return METRICS[name].statistics_many(HYPOTHESES, REFERENCES).astype(float)


@pytest.mark.parametrize(
    ("name", "public"), [("BLEU", BLEU()), ("chrF2++", CHRF(word_order=2)), ("TER", TER())], ids=lambda x: str(x)[:7]
)
def test_interval_is_the_one_sacrebleu_draws(name: str, public: BLEU | CHRF | TER) -> None:
    low, high = interval(METRICS[name], statistics(name))
    theirs = public.corpus_score(HYPOTHESES, [REFERENCES], n_bootstrap=bootstrap.RESAMPLES)
    assert (high - low) / 2 == pytest.approx(theirs._ci, abs=1e-4)  # sacreBLEU sums in float32


def test_interval_holds_the_score_and_stays_the_same() -> None:
    metric, rows = METRICS["TER"], statistics("TER")
    low, high = interval(metric, rows)
    assert low < metric.score(rows.sum(axis=0)) < high
    assert interval(metric, rows) == (low, high)


def test_chunks_do_not_change_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = resampled_scores(METRICS["BLEU"], statistics("BLEU"))
    monkeypatch.setattr(bootstrap, "rows_at_once", lambda units: 7)
    monkeypatch.setattr(bootstrap, "DRAWN_AT_ONCE", 3 * len(statistics("BLEU")))
    assert resampled_scores(METRICS["BLEU"], statistics("BLEU")) == pytest.approx(whole)


def test_one_unit_has_no_spread() -> None:
    low, high = interval(METRICS["TER"], statistics("TER")[:1])
    assert low == high
