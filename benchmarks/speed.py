"""How many translations are checked and judged in a second of one core, beside pofilter of the translate-toolkit.

    python benchmarks/speed.py

Measures processor time over the 5,982 outputs of six engines for 997 Swedish sentences, and once more over one output a
sentence, where nothing that was worked out of a source serves a second translation. Dictionaries are loaded before;
of the texts themselves nothing has been seen. `pip install translate-toolkit` for the comparison.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from shared import Pairs, flores, parallel

from review_app.checks import check_pairs
from review_app.checks.dictionary import may_translate
from review_app.checks.lexical.columns import AT_ONCE
from review_app.quality.example import Example
from review_app.quality.ready import make_ready
from review_app.quality.shipped import risks_of, shipped_model


def texts(kind: str) -> Pairs:
    """Return all outputs, or of each sentence one engine's in turn."""
    rows = flores(learned_from=True) + flores(learned_from=False)
    if kind == "all":
        return [(row["source"], text) for row in rows for text in row["mt"].values()]
    return [(row["source"], [*row["mt"].values()][at % len(row["mt"])]) for at, row in enumerate(rows)]


def judge(pairs: Pairs) -> None:
    """Check pairs and estimate their risk, as a job does."""
    model = shipped_model("sv", "en")
    assert model is not None
    for first in range(0, len(pairs), AT_ONCE):
        part = pairs[first : first + AT_ONCE]
        found = check_pairs(part, "sv", "en")
        risks_of(model, [Example(*pair, "sv", "en", of) for pair, of in zip(part, found, strict=True)])


def measure(kind: str) -> None:
    """Print the figure of texts that this process has not seen."""
    make_ready()  # as a job's process does before it begins
    may_translate("house", ["hus"])
    judge(parallel("ntrex")[:AT_ONCE])
    pairs = texts(kind)
    start = time.process_time()
    judge(pairs)
    rate = len(pairs) / (time.process_time() - start)
    print(f"speed.{'checks_and_risk' if kind == 'all' else 'each_source_once'} {rate:.0f} segments/s", flush=True)


def beside_pofilter() -> None:
    beside = Path(sys.executable).with_name("pofilter")
    program = str(beside) if beside.exists() else shutil.which("pofilter")
    if not program:
        print("speed.pofilter: not measured; `pip install translate-toolkit` puts it beside this Python", flush=True)
        return
    pairs = texts("all")
    whole, start = time_of(program, pairs), time_of(program, pairs[:1])
    print(f"speed.pofilter {len(pairs) / whole:.0f} segments/s")
    print(f"speed.pofilter_without_its_start {len(pairs) / (whole - start):.0f} segments/s", flush=True)


def time_of(program: str, pairs: Pairs) -> float:
    """Return the processor time that pofilter takes for texts, seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.po"
        entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
        for at, pair in enumerate(pairs):
            source, target = (text.replace("\\", "\\\\").replace('"', '\\"') for text in pair)
            entries.append(f'msgctxt "{at}"\nmsgid "{source}"\nmsgstr "{target}"\n')
        path.write_text("\n".join(entries), "utf-8")
        before = os.times()
        subprocess.run([program, str(path), str(Path(folder) / "found.po")], check=True, capture_output=True)
        after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def speed() -> None:
    """Print all figures, each of a process of its own."""
    for kind in ("all", "once"):
        subprocess.run([sys.executable, __file__, kind], check=True)
    beside_pofilter()


if __name__ == "__main__":
    measure(sys.argv[1]) if sys.argv[1:] else speed()
