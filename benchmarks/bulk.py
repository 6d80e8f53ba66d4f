"""What a large site takes: segments imported, translated by an instant engine and checked, while somebody saves.

    python -m benchmarks.bulk [--segments 10000 100000] [--databases sqlite postgresql] [--embedded]

The commands `import` and `translate` are run as anybody would, on a folder of pages of many sizes, some of 5,000
sentences; time and peak memory are those of their processes. Meanwhile a served installation is sent a save every 100
ms as a browser would: form token, cookie, the answer drawn anew. With `--embedded` it is the served process that
translates. The sentences are those of ../shared/data/parallel, which the engine answers as people translated them, or a
few of the benchmark's own. Prints `name value unit` lines.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path
from random import Random

import requests

from benchmarks.machine import engine, installation, pairs, processor_seconds
from review_app.accounts.permissions import COMMAND_LINE, Action, Role
from review_app.accounts.service import add_person, grant
from review_app.db import Database
from review_app.jobs.queue import JobQueue
from review_app.jobs.service import add_job, job_counts
from review_app.jobs.states import JobState
from review_app.migrations.service import upgrade
from review_app.pages.service import pages_of
from review_app.segments.service import import_page, placed_segments
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language
from review_app.text.sentences import split_sentences
from review_app.translations.service import newest_revisions

OWN = ("Biblioteket har öppet på vardagar.", "Du behöver inte boka tid.", "Avgiften är 250 kronor per år.")
SIZES = (40, 60, 80, 120, 25, 200, 15, 90)
"""Sentences of the pages, in turn."""

LARGE = 5_000
PER_LARGE = 25_000
"""Of so many segments, one page has ``LARGE``."""

MENU = ("Start", "Barn och utbildning", "Bygga och bo", "Omsorg och hjälp", "Uppleva och göra", "Kommun och politik")
PASSWORD = "ett långt lösenord"  # noqa: S105 - of nobody
SAVE_EVERY = 0.1  # seconds


def sentences() -> list[str]:
    """Return Swedish sentences of many kinds, each a segment by itself."""
    return [text for text in pairs() if len(split_sentences(text, "sv")) == 1] or list(OWN)


def write_pages(folder: Path, wanted: int) -> int:
    """Write pages with about so many segments in all, no sentence on two of them; returns how many pages."""
    found = sentences()
    Random(1).shuffle(found)
    menu = "".join(f"<li><a href='/{number}'>{text}</a></li>" for number, text in enumerate(MENU))
    pages = written = larges = 0
    while written < wanted:
        large = wanted > LARGE and written >= larges * PER_LARGE
        larges += large
        size = min(LARGE if large else SIZES[pages % len(SIZES)], max(wanted - written, 2)) - 1
        texts = (found[n % len(found)] + (f" ({n})" if n >= len(found) else "") for n in range(written, written + size))
        body = "".join(f"<p>{escape(text)}</p>" for text in texts)
        head = f"<!doctype html><html lang=sv><title>Sida {pages}</title><nav><ul>{menu}</ul></nav>"
        (folder / f"sida-{pages}.html").write_text(f"{head}<main>{body}</main></html>", "utf-8")
        pages, written = pages + 1, written + size + 1
    return pages


class Saver:
    """A person who corrects one sentence after the other, over and over, in a browser."""

    def __init__(self, address: str, page: str, keys: Sequence[str]) -> None:
        self._session = requests.Session()
        self._address, self._page, self._keys = address, page, keys
        self._based_on = dict.fromkeys(keys, 1)
        self._count = 0
        self._token = self._sign_in()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go)
        self.times: list[float] = []
        self.failed: list[int] = []

    def __enter__(self) -> "Saver":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def taken(self) -> list[float]:
        """Return how long the saves since the last call took, in milliseconds, in order of length."""
        taken, self.times = sorted(self.times), []
        return taken

    def _sign_in(self) -> str:
        token = self._found(self._session.get(f"{self._address}/sign-in").text)
        form = {"csrf_token": token, "email": "anna@example.se", "password": PASSWORD}
        return self._found(self._session.post(f"{self._address}/sign-in", form).text)

    def _found(self, html: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        assert found, html[:500]
        return found[1]

    def _go(self) -> None:
        while not self._over.is_set():
            failed = len(self.failed)
            took = self.save()
            if len(self.failed) == failed:
                self.times.append(took)
            self._over.wait(max(0.0, SAVE_EVERY - took / 1000))

    def save(self) -> float:
        """Save the next sentence; returns how many milliseconds the answer took."""
        key = self._keys[self._count % len(self._keys)]
        self._count += 1
        form = {"csrf_token": self._token, "text": f"Text {self._count}", "based_on": self._based_on[key], "next": "1"}
        start = time.perf_counter()
        answer = self._session.post(
            f"{self._address}{self._page}/segments/{key}/save", form, headers={"HX-Request": "true"}
        )
        took = 1000 * (time.perf_counter() - start)
        if answer.status_code == requests.codes.ok:
            self._based_on[key] += 1
        else:
            self.failed.append(answer.status_code)
        return took

    def open_page(self, beside: str = "") -> float:
        """Open the page, or what stands ``beside`` it; returns how many milliseconds it took."""
        start = time.perf_counter()
        assert self._session.get(f"{self._address}{self._page}{beside}").ok
        return 1000 * (time.perf_counter() - start)


def prepare(database: Database) -> tuple[int, str]:
    """Add a site with Anna and a page for her to correct; returns the site and the bench's address."""
    texts = "".join(f"<p>{escape(text)}</p>" for text in sentences()[:60])
    html = f"<!doctype html><html lang=sv><title>Annas sida</title><main>{texts}</main></html>"
    with database.writing() as session:
        site = add_site(session, slug="site", name="Site", base_url="https://www.example.se/", engine="libretranslate")
        set_language(session, site, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
        person = add_person(session, COMMAND_LINE, email="anna@example.se", name="Anna", password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=person, site_id=site, role=Role.TRANSLATOR)
        done = import_page(session, COMMAND_LINE, site, body=html.encode(), path="annas", origin="benchmark")
    return site, f"/sites/site/pages/{done.page_id}/en"


def keys_of(database: Database, site: int) -> list[str]:
    """Return the keys of the segments that Anna has a machine's text of."""
    with database.reading() as session:
        (page,) = pages_of(session, site)
        placed = placed_segments(session, [page.version_id])[page.version_id]
        heads = newest_revisions(session, [one.segment_id for one in placed], "en")
        return [one.key for one in placed if one.segment_id in heads]


def command(environment: dict[str, str], *arguments: str) -> tuple[float, float, float]:
    """Run a command of the program; returns its seconds, its processor seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "review_app", *arguments], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(name: str, taken: Sequence[float], most: int) -> None:
    """Print how long saves took."""
    if taken:
        print(f"{name}.save_median {taken[len(taken) // 2]:.0f} ms ({len(taken)} saves)")
        print(f"{name}.save_p95 {taken[int(len(taken) * 0.95)]:.0f} ms (at most {most})")
        print(f"{name}.save_slowest {taken[-1]:.0f} ms", flush=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def serving(environment: dict[str, str], address: str) -> "subprocess.Popen[bytes]":
    """Start the served process and return once it answers."""
    served = subprocess.Popen([sys.executable, "-m", "review_app", "serve"], env=environment, stdout=subprocess.PIPE)
    assert served.stdout is not None
    served.stdout.readline()
    assert requests.get(f"{address}/healthz", timeout=10).ok
    return served


def translate_embedded(settings: Settings, database: Database, site: int) -> float:
    """Have the served process translate every page; returns the seconds it took."""
    queue = JobQueue(settings.job_queue_url, settings.secret_key)
    with database.writing() as session:
        wanted = [{"page_id": page.id, "language": "en"} for page in pages_of(session, site) if page.path != "annas"]
        jobs = [add_job(session, COMMAND_LINE, "translate_page", site, each, needs=Action.TRANSLATE) for each in wanted]
        before = job_counts(session)[JobState.DONE]
    start = time.perf_counter()
    for job in jobs:
        queue.send(job)
    while True:
        time.sleep(0.5)
        with database.reading() as session:
            counts = job_counts(session)
        assert not counts[JobState.FAILED], "a job failed"
        if counts[JobState.DONE] - before == len(jobs):
            queue.stop()
            return time.perf_counter() - start


def measure(kind: str, wanted: int, folder: Path, *, embedded: bool) -> None:
    """Import, translate and check so many segments on one database, and print what it took."""
    pages = folder / "pages"
    pages.mkdir()
    port, public = free_port(), free_port()
    address, most, name = f"http://127.0.0.1:{port}", 150 if kind == "sqlite" else 50, f"{kind}.{wanted}"
    with engine(0.0) as engine_address:
        own = {
            "REVIEW_APP_LIBRETRANSLATE_URL": engine_address,
            "REVIEW_APP_PORT": str(port),
            "REVIEW_APP_PUBLIC_PORT": str(public),
            "REVIEW_APP_BASE_URL": address,
            "REVIEW_APP_WORKERS": "1" if embedded else "0",
        }
        with installation(kind, folder, **own) as (found, master):
            environment = {**os.environ, **found}
            settings = Settings(
                data_dir=folder,
                database_url=found.get("REVIEW_APP_DATABASE_URL", ""),
                secret_key=found["REVIEW_APP_SECRET_KEY"],
            )
            upgrade(settings.sqlalchemy_url)
            database = Database(settings.sqlalchemy_url)
            site, bench = prepare(database)
            command(environment, "translate", "annas", "--site", "site", "--to", "en")
            count = write_pages(pages, wanted)
            served = serving(environment, address)
            try:
                with Saver(address, bench, keys_of(database, site)) as anna:
                    time.sleep(3)
                    report(f"{name}.alone", anna.taken(), most)
                    for step, run in {
                        "import": lambda: command(environment, "import", str(pages), "--site", "site"),
                        "translate": lambda: (
                            (translate_embedded(settings, database, site), 0.0, 0.0)
                            if embedded
                            else command(environment, "translate", "--site", "site", "--to", "en")
                        ),
                    }.items():
                        before = processor_seconds(master) if master else 0.0
                        seconds, processor, memory = run()
                        print(f"{name}.{step} {seconds:.1f} s for {wanted} segments on {count} pages")
                        print(f"{name}.{step}.processor {processor:.1f} s")
                        if master:
                            print(f"{name}.{step}.processor_of_postgresql {processor_seconds(master) - before:.1f} s")
                        print(f"{name}.{step}.memory {memory:.0f} MB")
                        report(f"{name}.{step}", anna.taken(), most)
                print(f"{name}.saves_refused {len(anna.failed)} {sorted(set(anna.failed))}")
                print(f"{name}.translated {translated(database, site)} segments", flush=True)
            finally:
                served.terminate()
                served.communicate()
                database.dispose()


def translated(database: Database, site: int) -> int:
    """Return how many segments of a site have a text."""
    with database.reading() as session:
        placed = placed_segments(session, [page.version_id for page in pages_of(session, site)])
        return len(newest_revisions(session, [one.segment_id for page in placed.values() for one in page], "en"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--embedded", action="store_true")
    asked = parser.parse_args()
    for kind in asked.databases:
        for wanted in asked.segments:
            with tempfile.TemporaryDirectory() as folder:
                measure(kind, wanted, Path(folder), embedded=asked.embedded)


if __name__ == "__main__":
    main()
