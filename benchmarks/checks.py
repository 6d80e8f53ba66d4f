"""How often the checks cry wolf, what they find, and how their time grows with the length of a text.

    python benchmarks/checks.py [--train]

Reads ../shared/data; reports on the half of it that rules are not tuned on (``--train``: on the other half).
Prints `name value unit` lines.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from review_app.checks import CHECKS, check_pair
from review_app.checks.finding import Check
from review_app.checks.pair import Pair
from review_app.quality.ready import make_ready

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TRAIN = "--train" in sys.argv
GRAVE = {"critical", "major"}


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def tsv_half(name: str) -> Iterator[tuple[str, str]]:
    rows = [line.split("\t") for line in (DATA / "parallel" / name).read_text("utf-8").splitlines()]
    middle = len(rows) // 2
    return ((row[0], row[1]) for row in (rows[:middle] if TRAIN else rows[middle:]) if len(row) > 1)


def false_alarms(name: str, pairs: Iterable[tuple[str, str]]) -> None:
    grave, minor, total = Counter(), Counter(), 0
    for source, target in pairs:
        total += 1
        found = check_pair(source, target, "sv", "en")
        for check in {f.check for f in found if f.severity in GRAVE} or set():
            grave[check] += 1
        grave["all"] += any(f.severity in GRAVE for f in found)
        minor["all"] += any(f.severity == "minor" for f in found)
        for check in {f.check for f in found if f.severity == "minor"}:
            minor[check] += 1
    for check, count in grave.most_common():
        print(f"false_alarms.{name}.grave.{check} {100 * count / total:.2f} %")
    for check, count in minor.most_common():
        print(f"false_alarms.{name}.minor.{check} {100 * count / total:.2f} %")


def demetr() -> None:
    found, total, touched, only = Counter(), Counter(), 0, 0
    ranks: defaultdict[str, int] = defaultdict(int)
    for row in lines("demetr-sv.dev.jsonl"):
        ranks[row["error"]] += 1
        if (ranks[row["error"]] % 2 == 1) != TRAIN:
            continue
        total[row["error"]] += 1
        good = {
            (f.check, f.message_id) for f in check_pair(row["source"], row["good"], "sv", "en") if f.severity in GRAVE
        }
        bad = [f for f in check_pair(row["source"], row["bad"], "sv", "en") if f.severity in GRAVE]
        new = [f for f in bad if (f.check, f.message_id) not in good]
        if new:
            found[row["error"]] += 1
        if bad and not good:
            only += 1
            touched += any(
                f.target_span and f.target_span[0] < max(s["end"], s["start"] + 1) and s["start"] <= f.target_span[1]
                for f in new
                for s in row["spans"]
            )
    for error, count in sorted(total.items()):
        print(f"demetr.{error} {100 * found[error] / count:.1f} %")
    print(f"demetr.spans_touched {100 * touched / max(only, 1):.1f} %")


HOSTILE = (
    "Vi har 3 hus. ", "kl. 14.00 ", "inte ", "a.", "å", "1 ", "070-123 45 67 ", "+46 70 ", "den 3 maj ", "2014-01-01 ",
    '"', "(", "<1>", "<a ", "&#39;", "a@", "www.", " ", "e\u0301", "ا", "٣", "Ab ", "AB ", "-tre ", "500 kr ", ". ",
)  # fmt: skip
"""What texts repeat that were made to be slow: words, numbers of all kinds, marks, markup, letters of other scripts."""


LONG = 0.05  # seconds that are worth a look


def growth() -> None:
    """Time each check on 40,000 and 80,000 characters; tell whose time grows most, and of what."""
    make_ready()
    worst = 0.0, "", ""
    for unit in HOSTILE:
        text = (unit * (80_000 // len(unit) + 1))[:80_000]
        for name, check in CHECKS.items():
            whole = _quickest(check, text)
            if whole > LONG:
                worst = max(worst, (whole / _quickest(check, text[:40_000]), name, unit))
    print(f"growth_when_length_doubles {worst[0]:.2f} times ({worst[1]}, of {worst[2]!r})")


def _quickest(check: Check, text: str) -> float:
    """Return the seconds of the quickest of three looks at a text and at what it is backwards: the least disturbed."""
    took = []
    for _ in range(3):
        pair = Pair(text, text[::-1], "sv", "en")
        start = time.process_time()
        list(check.look(pair))
        took.append(time.process_time() - start)
        if took[-1] < LONG / 3:
            break
    return min(took)


def main() -> None:
    flores = lines("flores-dev.sv-en.jsonl")
    half = [row for row in flores if (row["line"] % 2 == 1) == TRAIN]
    false_alarms("flores", ((row["source"], row["reference"]) for row in half))
    false_alarms("ntrex", tsv_half("ntrex.sv-en.tsv"))
    false_alarms("municipal_ui", tsv_half("municipal-ui.sv-en.tsv"))
    demetr()
    growth()


if __name__ == "__main__":
    main()
