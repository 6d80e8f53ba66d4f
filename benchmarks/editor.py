"""What editors wait for: a save, a page of 200 sentences and one of 5,000, and both while fifty of them are there.

    python -m benchmarks.editor [--databases sqlite postgresql] [--seconds 20]

A served installation is asked over HTTP as browsers would: form token, cookie, the answer drawn anew. The sentences are
those of ../shared/data/parallel, or a few of its own. Saves and pages are first measured one at a time, then
50 editors who each save every 10 seconds beside 200 readings of public pages a second over 16 connections. Prints
`name value unit` lines.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

import requests

from benchmarks.bulk import Saver, command, free_port, keys_of, sentences, serving
from benchmarks.machine import engine, installation, processor_seconds
from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant
from review_app.db import Database
from review_app.migrations.service import upgrade
from review_app.segments.service import import_page
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language

SEGMENTS = 200
LONG = 5000  # sentences of a page of which only a piece is shown at once
TWICE = 20  # sentences that stand on both pages: who saves one has its twin looked at too
SAVES = 100
EDITORS = 50
EDITOR_PAUSE = 10.0  # seconds between two saves of one editor
READS = 200  # a second
CONNECTIONS = 16
PASSWORD = "ett långt lösenord"  # noqa: S105 - of nobody


def prepare(database: Database) -> int:
    """Add a site with Anna; returns its id."""
    with database.writing() as session:
        site = add_site(session, slug="site", name="Site", base_url="https://www.example.se/", engine="libretranslate")
        set_language(session, site, "en", LanguagePolicy.MACHINE_AT_ONCE)
        person = add_person(session, COMMAND_LINE, email="anna@example.se", name="Anna", password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=person, site_id=site, role=Role.TRANSLATOR)
    return site


def add_page(database: Database, site: int, path: str, count: int, *, first: int = 0) -> str:
    """Add a page of so many sentences, from the ``first`` one on; returns the bench's address."""
    found = sentences()[first:] or sentences()
    texts = (found[n % len(found)] + ("" if n < len(found) else f" ({n})") for n in range(count - 1))
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    html = f"<!doctype html><html lang=sv><title>Sidan {path}</title><main>{body}</main></html>"
    with database.writing() as session:
        done = import_page(session, COMMAND_LINE, site, body=html.encode(), path=path, origin="benchmark")
    return f"/sites/site/pages/{done.page_id}/en"


def gather_statistics(database: Database) -> None:
    """Have PostgreSQL look at its tables, as its autovacuum does within a minute of such an import."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def report(name: str, taken: Sequence[float], most: int) -> None:
    """Print how long something took, in milliseconds."""
    ordered = sorted(taken)
    print(f"{name}.median {ordered[len(ordered) // 2]:.0f} ms ({len(ordered)} times)")
    print(f"{name}.p95 {ordered[int(len(ordered) * 0.95)]:.0f} ms (at most {most})")
    print(f"{name}.slowest {ordered[-1]:.0f} ms", flush=True)


def memory_of(process: int) -> float:
    """Return how many MB of memory a process has, what it shares with others included."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


class Reader:
    """Reads a page over and over on one connection, so many times a second."""

    def __init__(self, address: str, pace: float) -> None:
        self._address, self._pause, self._session = address, 1 / pace, requests.Session()
        self.times: list[float] = []
        self.failed = 0

    def read_until(self, end: float) -> None:
        """Read until a moment; what is late is not made up for."""
        due = time.perf_counter()
        while (now := time.perf_counter()) < end:
            if now < due:
                time.sleep(due - now)
            due = max(due, now) + self._pause
            start = time.perf_counter()
            answer = self._session.get(self._address)
            self.times.append(1000 * (time.perf_counter() - start))
            self.failed += answer.status_code != requests.codes.ok


def one_at_a_time(name: str, saver: Saver, open_page: Callable[[], float], served: int) -> None:
    """Measure saves and openings of the page with nobody else there."""
    before = processor_seconds(served)
    report(f"{name}.save", [saver.save() for _ in range(SAVES)], 50)
    print(f"{name}.save.processor {1000 * (processor_seconds(served) - before) / SAVES:.1f} ms of the served process")
    report(f"{name}.open", [open_page() for _ in range(30)], 250)


def crowd(name: str, savers: Sequence[Saver], readers: Sequence[Reader], seconds: float) -> None:
    """Measure saves and readings with everybody there."""
    end = time.perf_counter() + seconds

    def edit(number: int) -> None:
        threading.Event().wait(EDITOR_PAUSE * number / len(savers))  # not all at once
        while time.perf_counter() < end:
            savers[number].times.append(savers[number].save())
            threading.Event().wait(EDITOR_PAUSE)

    with ThreadPoolExecutor(len(savers) + len(readers)) as pool:
        done = [pool.submit(edit, number) for number in range(len(savers))]
        done += [pool.submit(reader.read_until, end) for reader in readers]
        for one in done:
            one.result()
    report(f"{name}.crowd.save", [took for saver in savers for took in saver.times], 300)
    report(f"{name}.crowd.read", [took for reader in readers for took in reader.times], 150)
    print(f"{name}.crowd.refused {sum(len(saver.failed) for saver in savers)} saves")
    print(f"{name}.crowd.failed {sum(reader.failed for reader in readers)} readings", flush=True)


def measure(kind: str, folder: Path, seconds: float) -> None:
    """Serve an installation on one database and measure."""
    port, public = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    with engine(0.0) as engine_address:
        own = {
            "REVIEW_APP_LIBRETRANSLATE_URL": engine_address,
            "REVIEW_APP_PORT": str(port),
            "REVIEW_APP_PUBLIC_PORT": str(public),
            "REVIEW_APP_BASE_URL": address,
            "REVIEW_APP_WORKERS": "0",
        }
        with installation(kind, folder, **own) as (found, _):
            environment = {**os.environ, **found}
            settings = Settings(data_dir=folder, database_url=found.get("REVIEW_APP_DATABASE_URL", ""))
            upgrade(settings.sqlalchemy_url)
            database = Database(settings.sqlalchemy_url)
            site = prepare(database)
            bench = add_page(database, site, "annas", SEGMENTS)
            command(environment, "translate", "annas", "--site", "site", "--to", "en")
            keys = keys_of(database, site)
            long = add_page(database, site, "lang", LONG, first=SEGMENTS - TWICE)
            command(environment, "translate", "lang", "--site", "site", "--to", "en")
            gather_statistics(database)
            start = time.perf_counter()
            served = serving(environment, address)
            print(f"{kind}.ready {time.perf_counter() - start:.1f} s")
            print(f"{kind}.ready.processor {processor_seconds(served.pid):.1f} s")
            try:
                first = Saver(address, bench, keys[1 : EDITORS + 1])
                print(f"{kind}.first_save {first.save():.0f} ms")
                print(f"{kind}.memory {memory_of(served.pid):.0f} MB")
                one_at_a_time(kind, first, first.open_page, served.pid)
                twins = Saver(address, bench, keys[1 - TWICE :])
                report(f"{kind}.save_twice", [twins.save() for _ in range(SAVES // 2)], 50)
                reader = Saver(address, long, [])
                report(f"{kind}.open_long", [reader.open_page() for _ in range(20)], 500)
                report(f"{kind}.frame", [first.open_page("/framed") for _ in range(10)], 500)
                report(f"{kind}.frame_long", [reader.open_page("/framed") for _ in range(3)], 5000)
                savers = [Saver(address, bench, [key]) for key in keys[EDITORS + 1 : 2 * EDITORS + 1]]
                pages = f"http://127.0.0.1:{public}/site/en/annas"
                crowd(kind, savers, [Reader(pages, READS / CONNECTIONS) for _ in range(CONNECTIONS)], seconds)
                print(f"{kind}.memory_at_the_end {memory_of(served.pid):.0f} MB", flush=True)
            finally:
                served.terminate()
                served.communicate()
                database.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    for kind in asked.databases:
        with tempfile.TemporaryDirectory() as folder:
            measure(kind, Path(folder), asked.seconds)


if __name__ == "__main__":
    main()
