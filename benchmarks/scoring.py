"""Scores of real translations: are they the published ones, and how fast are they and their intervals?

Run from the project's root: ``python -m benchmarks.scoring``. Prints ``name value unit``, a line for each figure.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.scoring.bootstrap import RESAMPLES, interval
from review_app.scoring.comparison import compare
from review_app.scoring.metrics import PLAIN_METRICS
from review_app.text.diff import word_diff

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "flores-dev.sv-en.jsonl"

PUBLISHED = {"google": 50.8, "microsoft": 52.8, "firefox": 47.2, "opusmt": 46.8, "argos": 45.1, "nllb": 32.2}
"""Corpus BLEU of each engine as its publisher gives it, to one decimal."""

PUBLIC: dict[str, Callable[[], BLEU | CHRF | TER]] = {
    "BLEU": BLEU,
    "chrF2++": lambda: CHRF(word_order=2),
    "TER": TER,
}

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work gives, and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def show(name: str, value: float, unit: str) -> None:
    print(f"{name} {value:.4g} {unit}")


def main() -> int:
    if not DATA.is_file():
        print(f"{DATA} is missing", file=sys.stderr)
        return 2
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    references = [row["reference"] for row in rows]
    outputs = {engine: [row["mt"][engine] for row in rows] for engine in PUBLISHED}
    for name in PLAIN_METRICS:
        speed(name, outputs["google"], outputs["microsoft"], references)
    published_scores(outputs, references)
    diffs(outputs["google"], references)
    return 0


def published_scores(outputs: dict[str, list[str]], references: list[str]) -> None:
    metric, off = PLAIN_METRICS["BLEU"], 0.0
    for engine, hypotheses in outputs.items():
        score = metric.score(metric.statistics_many(hypotheses, references).sum(axis=0))
        show(f"bleu_{engine}", score, "BLEU")
        off = max(off, abs(round(score, 1) - PUBLISHED[engine]))
    show("bleu_furthest_from_published", off, "BLEU")


def speed(name: str, hypotheses: list[str], others: list[str], references: list[str]) -> None:
    """Time extraction, interval and comparison; tokenisers keep a cache, and each metric meets these texts first here.

    sacreBLEU's time for resampling is what its interval takes beyond the score; it has to extract anew each time.
    """
    metric, label = PLAIN_METRICS[name], name.lower().replace("+", "p")
    theirs, plain = timed(lambda: PUBLIC[name]().corpus_score(hypotheses, [references]).score)
    _, resampled = timed(lambda: PUBLIC[name]().corpus_score(hypotheses, [references], n_bootstrap=RESAMPLES))
    rows, extracted = timed(lambda: metric.statistics_many(hypotheses, references))
    bounds, drawn = timed(lambda: interval(metric, rows.astype(float)))
    other = metric.statistics_many(others, references)
    comparison, compared = timed(lambda: compare(metric, "a", "b", rows, other))
    assert metric.score(rows.sum(axis=0)) == theirs
    show(f"{label}_extraction", extracted, "s")
    show(f"{label}_extraction_speedup", plain / extracted, "times")
    show(f"{label}_bootstrap", drawn, "s")
    show(f"{label}_bootstrap_speedup", (resampled - plain) / drawn, "times")
    show(f"{label}_bootstrap_speedup_with_extraction", resampled / drawn, "times")
    show(f"{label}_interval_width", bounds[1] - bounds[0], "points")
    show(f"{label}_comparison", compared, "s")
    show(f"{label}_comparison_p", comparison.p, "p")


def diffs(hypotheses: list[str], references: list[str]) -> None:
    _, sentence = timed(lambda: [word_diff(*pair) for pair in zip(hypotheses, references, strict=True)])
    show("word_diff", 1000 * sentence / len(references), "ms/segment")
    old, new = (" ".join(" ".join(texts).split()[:5000]) for texts in (hypotheses, references))
    _, long = timed(lambda: word_diff(old, new))
    show("word_diff_5000_words", long, "s")


if __name__ == "__main__":
    sys.exit(main())
