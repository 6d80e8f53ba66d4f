"""How right the flags and the risk are, how fast risk learns a site's ways, and how fast all of it is.

    python benchmarks/flags.py [demetr] [alarms] [flores] [learning] [speed] [growth]

Reads ../shared/data; reports on the part of it that nothing is learned from or tuned on. Items of DEMETR are parted by
sentence: no sentence of a reported pair was learned from in any other pair. Prints `name value unit` lines.
"""

import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
from checks import growth
from sacrebleu.metrics import CHRF, TER
from shared import Pairs, area, demetr, flores, other_engine, parallel, second_half
from speed import speed

from review_app.checks import check_pair
from review_app.checks.finding import Finding
from review_app.quality.example import Example
from review_app.quality.features import FEATURES, matrix_of
from review_app.quality.fitting import fit
from review_app.quality.model import Floats, RiskModel
from review_app.quality.shipped import shipped_model

GRAVE = {"critical", "major"}
EDITED = 40.0  # TER to the reference, percent
BATCH = 100  # corrections that arrive at once
CORRECTIONS = 500
BINS = 10  # of the expected calibration error


def shipped() -> RiskModel:
    model = shipped_model("sv", "en")
    assert model is not None
    return model


def found(source: str, target: str) -> list[Finding]:
    return check_pair(source, target, "sv", "en")


def example(source: str, target: str, others: tuple[str, ...] = ()) -> Example:
    return Example(source, target, "sv", "en", found(source, target), others)


def pairs_of_errors() -> None:
    """Print in how many pairs the risk of the spoiled text is higher, and in how many a flag is there only then."""
    rows = demetr(learned_from=False)
    good = shipped().predict(matrix_of([example(row["source"], row["good"]) for row in rows]))
    bad = shipped().predict(matrix_of([example(row["source"], row["bad"]) for row in rows]))
    higher, flagged = defaultdict(list), defaultdict(list)
    touched: list[bool] = []
    for row, whole, spoiled in zip(rows, good, bad, strict=True):
        higher[row["severity"], row["error"]].append((spoiled > whole) + 0.5 * (spoiled == whole))
        before = [f for f in found(row["source"], row["good"]) if f.severity in GRAVE]
        after = [f for f in found(row["source"], row["bad"]) if f.severity in GRAVE]
        known = {(f.check, f.message_id) for f in before}
        new = [f for f in after if (f.check, f.message_id) not in known]
        flagged[row["severity"], row["error"]].append(bool(new))
        if after and not before:
            touched.append(any(touches(f, span) for f in after for span in row["spans"]))
    for (severity, error), rights in sorted(higher.items()):
        print(f"demetr.risk.{severity}.{error} {statistics.mean(rights):.3f} share")
    for severity in ("critical", "major", "minor"):
        means = [statistics.mean(rights) for (kind, _error), rights in higher.items() if kind == severity]
        print(f"demetr.risk.{severity} {statistics.mean(means):.3f} share")
    for (severity, error), flags in sorted(flagged.items()):
        print(f"demetr.flagged.{severity}.{error} {100 * statistics.mean(flags):.1f} %")
    print(f"demetr.spans_touched {100 * statistics.mean(touched):.1f} %")


def touches(finding: Finding, span: dict) -> bool:
    """Say whether a finding's target span touches changed characters; a deletion is a place without width."""
    start, end = finding.target_span or (-1, -1)
    return start < max(span["end"], span["start"] + 1) and span["start"] <= end


def false_alarms() -> None:
    texts: dict[str, Pairs] = {
        "flores": [(row["source"], row["reference"]) for row in flores(learned_from=False)],
        "ntrex": second_half(parallel("ntrex")),
        "municipal_ui": second_half(parallel("municipal-ui")),
    }
    for name, pairs in texts.items():
        counts: Counter[str] = Counter()
        for source, target in pairs:
            findings = found(source, target)
            counts["grave"] += any(f.severity in GRAVE for f in findings)
            counts["minor"] += any(f.severity == "minor" for f in findings)
            counts.update({f.check for f in findings if f.check in {"omission", "addition"}})
        for kind in ("grave", "minor", "omission", "addition"):
            print(f"false_alarms.{name}.{kind} {100 * counts[kind] / len(pairs):.2f} %")


def engines() -> None:
    """Print how well the risk finds each engine's worst tenth, and how near it is to how often texts are edited."""
    rows, chrf, ter = flores(learned_from=False), CHRF(word_order=2), TER(case_sensitive=True)
    beside: dict[str, Callable[[dict, str], tuple[str, ...]]] = {
        "alone": lambda _row, _engine: (),
        "other": other_engine,
        "all_others": lambda row, engine: tuple(text for name, text in row["mt"].items() if name != engine),
    }
    risks, edited = [], []
    for name, others in beside.items():
        areas = []
        for engine in rows[0]["mt"]:
            texts = [row["mt"][engine] for row in rows]
            scores = [chrf.sentence_score(t, [row["reference"]]).score for t, row in zip(texts, rows, strict=True)]
            worst = set(np.argsort(scores, kind="stable")[: len(rows) // 10].tolist())
            examples = [
                example(row["source"], text, others(row, engine)) for text, row in zip(texts, rows, strict=True)
            ]
            risk = shipped().predict(matrix_of(examples)).tolist()
            areas.append(area(risk, [at in worst for at in range(len(rows))]))
            print(f"flores.area.{name}.{engine} {areas[-1]:.3f} area")
            if name != "all_others":
                risks += risk
                edited += [
                    ter.sentence_score(t, [row["reference"]]).score > EDITED for t, row in zip(texts, rows, strict=True)
                ]
        print(f"flores.area.{name} {statistics.mean(areas):.3f} area")
    calibration(np.array(risks), np.array(edited, dtype=float))


def calibration(risks: Floats, edited: Floats) -> None:
    print(f"calibration.brier {np.mean((risks - edited) ** 2):.3f} squared")
    print(f"calibration.brier_of_the_mean {edited.mean() * (1 - edited.mean()):.3f} squared")
    bins = np.minimum((risks * BINS).astype(int), BINS - 1)
    gaps = [(bins == at).mean() * abs(risks[bins == at].mean() - edited[bins == at].mean()) for at in np.unique(bins)]
    print(f"calibration.error {sum(gaps):.3f} probability")


def learning() -> None:
    """Print what corrections of one engine add to a model learned from the five others."""
    old, new = flores(learned_from=True), flores(learned_from=False)
    ter = TER(case_sensitive=True)

    def judged(rows: list[dict], engine: str) -> tuple[Floats, np.ndarray]:
        edits = [ter.sentence_score(row["mt"][engine], [row["reference"]]).score > EDITED for row in rows]
        return matrix_of([example(row["source"], row["mt"][engine]) for row in rows]), np.array(edits)

    names = list(old[0]["mt"])
    known = {engine: judged(old, engine) for engine in names}
    gains = []
    for engine in names:
        others = [known[other] for other in names if other != engine]
        of = {"languages": ("sv", "en"), "features": FEATURES}
        start = fit(np.vstack([m for m, _ in others]), np.concatenate([e for _, e in others]), version="start", **of)
        matrix, edits = known[engine]
        unseen, truth = judged(new, engine)
        before = area(start.predict(unseen).tolist(), truth.tolist())
        for count in range(BATCH, CORRECTIONS + 1, BATCH):
            learned = fit(matrix[:count], edits[:count], start, version="learned", **of)
            after = area(learned.predict(unseen).tolist(), truth.tolist())
            print(f"learning.{engine}.{count} {after - before:+.3f} area")
        gains.append(after - before)
        print(f"learning.{engine}.start {before:.3f} area")
    print(f"learning.gain {statistics.mean(gains):+.3f} area")


PARTS = {
    "demetr": pairs_of_errors,
    "alarms": false_alarms,
    "flores": engines,
    "learning": learning,
    "speed": speed,
    "growth": growth,
}
"""Each part by name."""


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
