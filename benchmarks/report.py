"""Reports of 10,000, 100,000 and 1,000,000 scored segments: how long, and how much memory? And beside sacreBLEU?

Run from the project's root: ``python -m benchmarks.report [segments …]``. Prints ``name value unit``, a line for each
figure. Every figure of a report is measured in a process of its own, on SQLite and on PostgreSQL, from a database that
holds the statistics of real translations: the machine outputs of the sentences of ``flores-dev``, 40 on a page.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing import active_children
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import sacrebleu
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sqlalchemy import insert

from review_app.accounts.permissions import COMMAND_LINE
from review_app.db import Database, utc_now
from review_app.migrations.service import upgrade
from review_app.pages.tables import Page, PageVersion
from review_app.quality.sampling import Sample
from review_app.reports.filters import Filter
from review_app.reports.overview import build_overview
from review_app.reports.slices import choose, engine_slices
from review_app.scoring.bootstrap import RESAMPLES
from review_app.scoring.extracting import Extractor
from review_app.scoring.filling import Heads
from review_app.scoring.layout import BANDS, SIGNATURE, as_rows
from review_app.scoring.metrics import PLAIN_METRICS
from review_app.scoring.pairs import Scored, Seen
from review_app.scoring.rows import COLUMNS
from review_app.scoring.summary import summarise
from review_app.scoring.tables import PageStatistics, ScoringProgress
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language
from tests.postgres import NO_POWER_CUTS, postgres_server

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "flores-dev.sv-en.jsonl"

ENGINES = ("google", "microsoft", "firefox", "opusmt", "argos", "nllb")
PER_PAGE = 40
SITE = "alvby"
PUBLIC: dict[str, Callable[[], BLEU | CHRF | TER]] = {
    "BLEU": lambda: BLEU(force=True),
    "chrF2++": lambda: CHRF(word_order=2),
    "TER": TER,
}

T = TypeVar("T")


def show(name: str, value: float, unit: str) -> None:
    print(f"{name} {value:.4g} {unit}", flush=True)


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """Return what the work gives, the seconds it took, and those of them in which this process computed."""
    start, began = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - began


def main() -> int:
    if not DATA.is_file():
        print(f"{DATA} is missing", file=sys.stderr)
        return 2
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
        return 0
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    show("load_average_before", os.getloadavg()[0], "processes")
    beside_sacrebleu()
    for backend in (sqlite, postgresql):
        for size in sizes:
            with backend() as url:
                fill(url, size)
                for report in REPORTS:
                    command = [sys.executable, "-m", "benchmarks.report", "--one", report, url, backend.__name__]
                    subprocess.run([*command, str(size)], check=True)
    show("load_average_after", os.getloadavg()[0], "processes")
    return 0


def texts() -> tuple[list[str], list[str]]:
    """Return the machine outputs of all engines, and what they are compared with."""
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    outputs = [row["mt"][engine] for engine in ENGINES for row in rows]
    return outputs, [row["reference"] for _ in ENGINES for row in rows]


def beside_sacrebleu() -> None:
    """Extract, sum and resample the same outputs as sacreBLEU does, and hold every score against its own."""
    outputs, references = texts()
    show("outputs", len(outputs), "segments")
    ours = theirs = plain = extracted = 0.0
    own: dict[str, np.ndarray] = {}
    for name, metric in PLAIN_METRICS.items():
        score, seconds, _ = timed(lambda name=name: PUBLIC[name]().corpus_score(outputs, [references]).score)
        _, resampled, _ = timed(
            lambda name=name: PUBLIC[name]().corpus_score(outputs, [references], n_bootstrap=RESAMPLES)
        )
        own[name], extraction, _ = timed(lambda metric=metric: metric.statistics_many(outputs, references))
        found, from_stored, _ = timed(lambda metric=metric, name=name: summarise(metric, own[name]))
        assert found.score == score, name
        ours, theirs, plain, extracted = (
            ours + from_stored, theirs + resampled, plain + seconds, extracted + extraction
        )  # fmt: skip
        show(f"{name}_extraction_speedup", seconds / extraction, "times")
    show(f"sacrebleu_{sacrebleu.__version__}_with_{RESAMPLES}_resamples", theirs, "s")
    show("the_same_from_stored_statistics", ours, "s")
    show("speedup_from_stored_statistics", theirs / ours, "times")
    show("extraction_speedup_one_process", plain / extracted, "times")
    pairs = scored(outputs, references, drafted=False)
    taken, computed = {}, {}
    for processes in (1, 2):
        with Extractor(processes) as extractor:
            extractor.of_pairs(pairs)  # the processes are there, as one process is by now
            before = computed_by_children()
            rows, taken[processes], mine = timed(lambda extractor=extractor: extractor.of_pairs(pairs))
            after = computed_by_children()
            computed[processes] = mine + max((after[id_] - before[id_] for id_ in after), default=0)
        assert all((rows[:, COLUMNS[name]] == own[name]).all() for name in PLAIN_METRICS)
        show(f"extraction_{processes}_processes", taken[processes], "s")
    show("extraction_two_processes_against_one", taken[1] / taken[2], "times")
    # What the busiest process and the one that gives it work compute: the same, whatever else the machine does.
    show("extraction_two_processes_against_one_computed", computed[1] / computed[2], "times")
    show("extraction_two_processes_against_sacrebleu", plain / taken[2], "times")


def computed_by_children() -> dict[int, float]:
    """Return the seconds that each of this process's children has computed so far."""
    found = {}
    for child in active_children():
        told = Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        found[child.pid or 0] = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return found


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/review.sqlite"


@contextmanager
def postgresql() -> Iterator[str]:
    with postgres_server(NO_POWER_CUTS) as server:
        yield server.get_uri()


def fill(url: str, size: int) -> None:
    """Fill a database with pages of scored segments, every one drafted by one engine."""
    upgrade(url)
    database = Database(url)
    with database.writing() as session:
        site_id = add_site(session, slug=SITE, name="Älvby", base_url="https://alvby.example/", engine="recorded")
        set_language(session, site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
    known, now = real_rows(), utc_now()
    pages = size // PER_PAGE
    for first in range(1, pages + 1, 500):
        ids = range(first, min(first + 500, pages + 1))
        with database.writing() as session:
            session.execute(insert(Page), [{"id": i, "site_id": site_id, "path": f"sida-{i}"} for i in ids])
            version = {"number": 1, "body": b"", "charset": "utf-8", "origin": "", "taken_at": now}
            session.execute(
                insert(PageVersion),
                [version | {"page_id": i, "title": f"Sida {i}", "content_hash": str(i)} for i in ids],
            )
            session.execute(insert(PageStatistics), [statistics_row(i, known) for i in ids])
    with database.writing() as session:
        look: list[str | int] = [now.isoformat(), *Heads(10**9, 10**9, 10**9)]
        session.add(ScoringProgress(site_id=site_id, language="en", signature=SIGNATURE, looks=[look], rebuilt_at=now))
    if not url.startswith("sqlite"):
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    database.dispose()


def scored(outputs: list[str], references: list[str], *, drafted: bool) -> list[Scored]:
    seen = [Seen(Sample.AUDIT if place % 20 == 0 else Sample.TRIAGE, 0.2) for place in range(len(outputs))]
    return [
        Scored(1, place, "google", "2026", date(2026, 3, 1), date.fromordinal(739_600 + place % 365), seen[place],
               reference, output, reference, place, place, drafted=drafted)
        for place, (output, reference) in enumerate(zip(outputs, references, strict=True))
    ]  # fmt: skip


def real_rows() -> np.ndarray:
    pairs = scored(*texts(), drafted=True)
    return as_rows(pairs, Extractor().of_pairs(pairs), [("google", "2026")])


def statistics_row(page_id: int, known: np.ndarray) -> dict[str, Any]:
    rows = np.random.default_rng(page_id).choice(known, PER_PAGE)
    rows["segment"] = rows["machine"] = rows["revision"] = np.arange(PER_PAGE) + page_id * PER_PAGE
    return {
        "page_id": page_id,
        "language": "en",
        "signature": SIGNATURE,
        "segments": PER_PAGE,
        "read": PER_PAGE,
        "scored": PER_PAGE,
        "unread": np.zeros(BANDS, dtype="<u4").tobytes(),
        "systems": [["google", "2026"]],
        "rows": rows.tobytes(),
    }


def slice_report(database: Database) -> None:
    """Read a slice of everything, and score it by three metrics with intervals."""
    with database.reading() as session:
        chosen = choose(session, COMMAND_LINE, SITE, Filter("en"))
        (found,) = engine_slices(chosen.segments, tuple(PLAIN_METRICS))
        assert all(score.low is not None for score in found.scores.values())


def overview(database: Database) -> None:
    """Build everything that the page "Overview" shows."""
    with database.reading() as session:
        build_overview(session, choose(session, COMMAND_LINE, SITE, Filter("en")))


REPORTS: dict[str, Callable[[Database], None]] = {"slice": slice_report, "overview": overview}


def one(name: str, url: str, backend: str, size: str) -> None:
    """Make one report in this process and tell what it took."""
    database = Database(url)
    _, seconds, computed = timed(lambda: REPORTS[name](database))
    label = f"{backend}_{int(size)}_{name}"
    show(label, seconds, "s")
    show(f"{label}_computed", computed, "s")
    show(f"{label}_peak_memory", peak_memory(), "MB")


def peak_memory() -> float:
    """Return the most this process has held; ``ru_maxrss`` would count the process that started it."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
