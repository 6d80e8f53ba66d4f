"""Learns the figures of corpus/models/sv-en anew; takes about twenty minutes.

    python benchmarks/train_shipped.py [lexical] [risk]

Reads ../shared/data, and of it only what may be learned from. The lexical models are learned without what the risk is
learned from, so that the risk meets texts as new to them as those of a site.
"""

import sys
from collections.abc import Iterator

import numpy as np
from sacrebleu.metrics import CHRF, TER
from shared import DATA, Pairs, demetr, first_half, flores, other_engine, parallel

from review_app.checks import check_pair
from review_app.checks.lexical.folkets import folkets_pairs
from review_app.checks.lexical.learning import learned
from review_app.checks.lexical.model import save
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.quality.corruption import Spoiler
from review_app.quality.example import Example
from review_app.quality.features import FEATURES, matrix_of
from review_app.quality.fitting import descend, spread, with_bias
from review_app.quality.model import Floats, RiskModel, standardised
from review_app.resources import MODELS

FOLDER = MODELS / "sv-en"
EDITED = 40.0  # TER to the reference, percent, above which a translation counts as one a person would change
LOW = (0.25,)  # shares of an engine's translations, by sentence chrF2++, that count as bad; more of them, as less bad
LOW_BESIDE_OTHERS = tuple(at / 20 for at in range(1, 15))  # the same where another engine's translation stands beside
SPOILED = 0.1  # importance of a pair spoiled by chance beside one that people made
OF_FAULTS = 2.0  # pull of the weights of faults towards none
TRUST = (0.05, 0.015)  # share of those weights that judged translations begin with: without, with another engine's
OF_JUDGED = (12_000.0, 2_000.0)  # pull towards that
HARD = {"addition": 4.0}  # importance of kinds of fault that look like good English, beside others
KNOWN = {"critical": 3.6, "grave": 0.5, "minor": 0.2, "brief": -0.4}  # logits a unit, on top of what is learned
# Whole sentences of an encyclopedia cannot teach them. A critical flag is seldom wrong (0.4 % of people's translations
# have one), so it lifts a text of middling risk above 0.9. And what is measured per token makes right headings look
# 0.19 riskier a unit than people's sentences; a constant chance of a mistake per word would take off 1.2 more.
ONLY_KNOWN = ("critical", "brief")
OF_ONLY_KNOWN = 1e9  # pull that keeps them out of what is learned
OF_OTHERS = 1_000.0  # pull on what other engines say: the judged translations alone know about it
OF_LETTERS = 10.0  # the same on how alike the letters are, which says most by itself
LETTERS = ("others_letters", "others_order")


def lexical() -> None:
    pairs = [pair for name in ("libreoffice-help", "debian-web", "tatoeba") for pair in parallel(name)]
    pairs += first_half(parallel("municipal-ui"))
    FOLDER.mkdir(parents=True, exist_ok=True)
    save(learned(("sv", "en"), pairs, folkets_pairs()), FOLDER / "lexical.zip")


def example(source: str, target: str, others: tuple[str, ...] = ()) -> Example:
    return Example(source, target, "sv", "en", check_pair(source, target, "sv", "en"), others)


def spoiled_pairs() -> Iterator[tuple[str, str, str]]:
    """Yield source, translation and spoiled translation."""
    aligner = shipped_aligner("sv", "en")
    assert aligner is not None
    spoiler = Spoiler(aligner.model.target_classes, "en", seed=1)
    whole: Pairs = first_half(parallel("ntrex"))
    rows = flores(learned_from=True)
    whole += [(row["source"], row["reference"]) for row in rows]
    whole += [(row["source"], row["mt"][engine]) for row in rows for engine in ("google", "microsoft", "opusmt")]
    for source, target in whole:
        for spoiled in spoiler.spoiled(target):
            yield source, target, spoiled


def differences() -> tuple[Floats, Floats, Floats]:
    """Return the features of spoiled texts, those of the same texts unspoiled, and how important each pair is."""
    rows = demetr(learned_from=True)
    pairs = [(row["source"], row["good"], row["bad"]) for row in rows]
    people = len(pairs)
    pairs += spoiled_pairs()
    bad = matrix_of([example(source, spoiled) for source, _good, spoiled in pairs])
    wholes = {(source, good): None for source, good, _bad in pairs}
    place = {pair: at for at, pair in enumerate(wholes)}
    good = matrix_of([example(*pair) for pair in wholes])
    importance = np.full(len(pairs), SPOILED)
    importance[:people] = [HARD.get(row["error"], 1.0) for row in rows]
    return bad, good[[place[source, whole] for source, whole, _bad in pairs]], importance


def judged() -> tuple[Floats, Floats, Floats]:
    """Return features of engines' translations, without and with another engine's, how bad (0–1), whether edited."""
    rows = flores(learned_from=True)
    chrf, ter = CHRF(word_order=2), TER(case_sensitive=True)
    examples, low, edited = [], [], []
    for engine in rows[0]["mt"]:
        texts = [(row, row["mt"][engine]) for row in rows]
        scores = np.array([chrf.sentence_score(text, [row["reference"]]).score for row, text in texts])
        edits = np.array([ter.sentence_score(text, [row["reference"]]).score for row, text in texts])
        for with_other in (False, True):
            examples += [
                example(row["source"], text, other_engine(row, engine) if with_other else ()) for row, text in texts
            ]
            shares = LOW_BESIDE_OTHERS if with_other else LOW
            low.append(np.mean([scores <= np.quantile(scores, share) for share in shares], axis=0))
            edited.append(edits > EDITED)
    return matrix_of(examples), np.concatenate(low), np.concatenate(edited).astype(float)


def _pull(feature: str, judged: float) -> float:
    """Return the pull on a feature when judged translations are learned from."""
    if feature in LETTERS:
        return OF_LETTERS
    return OF_OTHERS if feature.startswith("others") else judged


def risk() -> None:
    """Learn to tell spoiled from whole, from there bad from good, and how likely an edit is at each height of that."""
    bad, good, importance = differences()
    rows, low, edited = judged()
    mean, scale = spread(np.vstack([rows, good[:: max(len(good) // 3000, 1)]]))
    rare = [FEATURES.index(name) for name in ONLY_KNOWN]
    mean[rare], scale[rare] = 0.0, 1.0  # what is rare among sentences is not to be cut off as far from all of them
    apart = standardised(bad, mean, scale) - standardised(good, mean, scale)
    pulls = np.array([OF_ONLY_KNOWN if name in ONLY_KNOWN else OF_FAULTS for name in FEATURES])
    faults = descend(apart, np.ones(len(apart)), np.zeros(len(mean)), pulls, importance=importance)
    with_other = ~np.isnan(rows[:, FEATURES.index("others")])
    weights, biases = [], []
    for part, trust, judged_pull in zip((~with_other, with_other), TRUST, OF_JUDGED, strict=True):
        design = with_bias(standardised(rows[part], mean, scale))
        pull = np.array([_pull(name, judged_pull) for name in FEATURES] + [0.01])
        pull[:-1][pulls == OF_ONLY_KNOWN] = OF_ONLY_KNOWN
        found = descend(design, low[part], np.append(trust * faults, 0.0), pull)
        height = with_bias((design[:, :-1] @ found[:-1])[:, None])
        slope, bias = descend(height, edited[part], np.zeros(2), np.full(2, 1e-3))
        known = scale * np.array([KNOWN.get(name, 0.0) for name in FEATURES])
        weights.append(found[:-1] * slope + known)
        biases.append(float(bias + known @ (mean / scale)))
    model = RiskModel("shipped-6", "sv", "en", FEATURES, mean, scale, np.array(weights), np.array(biases))
    (FOLDER / "risk.json").write_text(model.rounded().to_json() + "\n", "utf-8")


def main() -> None:
    wanted = sys.argv[1:] or ["lexical", "risk"]
    print(f"reading {DATA}")
    if "lexical" in wanted:
        lexical()
    if "risk" in wanted:
        risk()


if __name__ == "__main__":
    main()
