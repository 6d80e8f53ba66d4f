"""How fast the best matches of a large memory are found, and whether they are the best.

    python -m benchmarks.memory [--entries 1000000] [--queries 400] [--databases sqlite postgresql] [--folder DIR]

The memory is filled from ../shared/data/parallel: every pair as it is, then over and over with numbers, words and
halves changed. Queries are sentences changed in another way: from not at all to half of their words. Found is what
`similar` returns, five at most of 50 % or more; the truth is the comparison with every entry. Times of a look-up,
from a session that is open: of the clock, and of the processors, the database server's included. Prints
`name value unit` lines.
"""

import argparse
import hashlib
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.machine import installation
from review_app.db import Database
from review_app.memory.postings import Scope
from review_app.memory.service import LEAST_PERCENT, NewPair, keep, many_added, similar
from review_app.memory.similarity import MOST_OF_DIFFERENT, tokens
from review_app.memory.tables import Kind
from review_app.migrations.service import upgrade
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language
from review_app.text.normalise import normalise

PARALLEL = Path(__file__).resolve().parents[2] / "shared" / "data" / "parallel"
BATCH = 5_000
BEST = 5


def base_pairs() -> list[tuple[str, str]]:
    """Return every pair of the parallel texts once."""
    found: dict[str, str] = {}
    for file in sorted(PARALLEL.glob("*.sv-en.tsv")):
        for line in file.read_text("utf-8").splitlines()[1:]:
            source, _, target = line.partition("\t")
            if normalise(source) and normalise(target):
                found.setdefault(normalise(source), normalise(target))
    return list(found.items())


def varied(words: list[str], vocabulary: Sequence[str], random: Random, most: float) -> str:
    """Return a text of which up to a share of the words were replaced, taken out or put in; numbers are others."""
    words = [re.sub(r"\d+", lambda _: str(random.randint(1, 2500)), word) for word in words]
    for _ in range(random.randint(0, max(1, round(len(words) * most)))):
        at = random.randrange(len(words) + 1)
        kind = random.random()
        if kind < 0.6 and at < len(words):
            words[at] = random.choice(vocabulary)
        elif kind < 0.8 and len(words) > 1 and at < len(words):
            del words[at]
        else:
            words.insert(at, random.choice(vocabulary))
    return " ".join(words)


def many_pairs(base: Sequence[tuple[str, str]], random: Random) -> Iterator[tuple[str, str]]:
    """Yield pairs without end: the base, then variations; every tenth is made of the halves of two."""
    yield from base
    cut = [source.split() for source, _target in base]
    vocabulary = [word for words in cut for word in words]
    for number in count(len(base)):
        words = cut[number % len(base)]
        if number % 10 == 0:
            other = random.choice(cut)
            words = words[: (len(words) + 1) // 2] + other[len(other) // 2 :]
        yield varied(list(words), vocabulary, random, 0.4), base[number % len(base)][1]


def fill(database: Database, base: Sequence[tuple[str, str]], entries: int) -> tuple[int, list[str]]:
    """Fill a new memory with so many different sources; return the site's id and the sources."""
    with database.writing() as session:
        site = add_site(session, slug="memory", name="Memory", base_url="https://memory.example")
        set_language(session, site, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
    sources: dict[str, None] = {}
    batch: list[NewPair] = []
    for source, target in many_pairs(base, Random(1)):
        if source in sources:
            continue
        key = hashlib.sha256(f"{source}\0{target}".encode()).hexdigest()[:40]
        batch.append(NewPair(key, source, target, Kind.IMPORTED))
        sources[source] = None
        if len(batch) == BATCH or len(sources) == entries:
            with database.writing() as session:
                keep(session, site, "en", batch)
            batch = []
        if len(sources) == entries:
            break
    with database.writing() as session:
        many_added(session)
    return site, list(sources)


class Truth:
    """Compares with everything."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._codes: dict[str, int] = {}
        self._sources = set(sources)
        self._coded = [self._code(source) for source in sources]

    def _code(self, text: str) -> str:
        return "".join(chr(0x100 + code + 0x800 * (code >= 0xD700)) for code in map(self._number, tokens(text)))

    def _number(self, token: str) -> int:
        return self._codes.setdefault(token, len(self._codes))

    def best(self, query: str) -> float:
        """Return how alike the most alike entry is, in percent."""
        if normalise(query) in self._sources:
            return 100.0
        coded = self._code(query)
        found = extractOne(coded, self._coded, scorer=Levenshtein.normalized_similarity, processor=None)
        return min(100 * found[1], MOST_OF_DIFFERENT)


def server_of(session: Session) -> int | None:
    """Return the process of the database server that serves a session, if there is one."""
    if session.get_bind().dialect.name != "postgresql":
        session.connection()
        return None
    return session.scalar(text("SELECT pg_backend_pid()"))


def used_by(process: int | None) -> float:
    """Return how many seconds a process has used a processor, to the nanosecond."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9 if process else 0.0


def measure(name: str, database: Database, scope: Scope, queries: Sequence[str], truth: Sequence[float]) -> None:
    """Look every query up and print how long it took and how often the best was found."""
    wall, processor, right, counted, wrong = [], [], 0, 0, []
    for query in queries:  # once unmeasured, as a running installation has its pages in memory
        with database.reading() as session:
            similar(session, scope, query, most=BEST)
    for query, best in zip(queries, truth, strict=True):
        with database.reading() as session:
            server = server_of(session)
            began, used = time.perf_counter(), time.process_time() + used_by(server)
            found = similar(session, scope, query, most=BEST)
            wall.append(time.perf_counter() - began)
            processor.append(time.process_time() + used_by(server) - used)
        if best >= LEAST_PERCENT:
            counted += 1
            is_right = bool(found) and found[0].percent >= best - 0.001
            right += is_right
            if not is_right:
                wrong.append((best, found[0].percent if found else 0, query))
    for what, seconds in (("wall", wall), ("processor", processor)):
        middle, most = np.percentile(np.array(seconds) * 1000, [50, 95])
        print(f"memory.{name}.{what}_p50 {middle:.1f} ms")
        print(f"memory.{name}.{what}_p95 {most:.1f} ms")
    print(f"memory.{name}.recall {100 * right / max(counted, 1):.2f} % of {counted}", flush=True)
    for best, got, query in wrong[:5]:
        print(f"  missed {best:.0f} % for {got:.0f} %: {query}", file=sys.stderr)


def main() -> None:
    """Fill and measure on each database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    base = base_pairs()
    random = Random(2)
    vocabulary = [word for source, _target in base for word in source.split()]
    queries = [
        varied(random.choice(base)[0].split(), vocabulary, random, random.choice((0, 0.2, 0.5)))
        for _ in range(options.queries)
    ]
    truth: list[float] = []
    for kind in options.databases:
        with (
            tempfile.TemporaryDirectory(prefix="memory-") as folder,
            installation(kind, Path(folder)) as (values, _),
        ):
            database = Database(values.get("REVIEW_APP_DATABASE_URL", f"sqlite:///{folder}/review-app.db"))
            upgrade(database.url)
            began, used = time.perf_counter(), time.process_time()
            site, sources = fill(database, base, options.entries)
            print(f"memory.{kind}.entries {len(sources)} entries")
            print(f"memory.{kind}.fill {time.perf_counter() - began:.0f} s")
            print(f"memory.{kind}.fill_processor {time.process_time() - used:.0f} s", flush=True)
            if not truth:
                judge = Truth(sources)
                truth = [judge.best(query) for query in queries]
                del judge
            measure(kind, database, Scope((site,), "en"), queries, truth)
            database.dispose()


if __name__ == "__main__":
    main()
