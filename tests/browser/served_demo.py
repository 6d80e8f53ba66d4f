"""The demonstration, served for a test: prepared once, copied for each."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from review_app.app import create_app, create_public_app
from review_app.cli.demo import PASSWORD, prepare
from review_app.cli.installation import open_installation
from review_app.cli.listener import Listener
from review_app.db import Database
from review_app.jobs.queue import JobQueue
from review_app.jobs.runner import sweep_jobs
from review_app.jobs.states import PACE
from review_app.resources import DEMO_CORPUS
from review_app.settings import Settings, signing_key
from review_app.sweeping import sweep
from review_app.web.context import Installation
from review_app.worker import run

OFTEN = timedelta(seconds=1)
"""How often mail and jobs that wait are looked for: nobody waits long for a test."""


def prepare_demo(folder: Path) -> None:
    """Fill a demonstration's database once."""
    opened = open_installation(Settings(data_dir=folder, recorded_folder=DEMO_CORPUS, log_level="ERROR"))
    prepare(opened)
    opened.database.dispose()


@dataclass(frozen=True)
class Demo:
    """Where the demonstration is served."""

    staff: str
    public: str

    def sign_in(self, page: Page, who: str) -> Page:
        """Sign a person of the demonstration in."""
        page.goto(f"{self.staff}/sign-in")
        page.fill("input[name=email]", f"{who}@example.se")
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(f"{self.staff}/")
        return page

    def open_page(self, page: Page, path: str, language: str = "en") -> None:
        """Open the bench on a page of the demonstration, by way of the matrix."""
        page.goto(f"{self.staff}/sites/overkalix/pages?q={path}")
        page.locator(f"main a[href$='/{language}'], main a[href*='/{language}?']").first.click()
        page.wait_for_url(f"**/pages/*/{language}*")


@contextmanager
def served(prepared: Path, folder: Path, port: int = 0, *, mails: bool = False, **more: Any) -> Iterator[Demo]:
    """Serve a copy of a prepared demonstration, with its jobs, on free ports; ``more`` are settings of its own.

    ``mails``: everything that workers see to now and then is done, sending mail too.
    """
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    common = {"recorded_folder": DEMO_CORPUS, "log_level": "ERROR", "fetch_hosts": ("127.0.0.1",)}
    settings = Settings(data_dir=folder, **{**common, **more})
    queue = JobQueue(settings.job_queue_url, signing_key(settings))
    shared = Installation(settings, Database(settings.sqlalchemy_url), queue)
    apps = (create_app(settings, shared), create_public_app(settings, shared))
    listeners = [Listener(app, "127.0.0.1", port=free, threads=4) for app, free in zip(apps, (port, 0), strict=True)]
    keep = partial(sweep, settings, shared.database) if mails else partial(sweep_jobs, shared.database)
    queue.start(partial(run, settings, shared.database), keep, every=OFTEN if mails else PACE.sweep)
    for listener in listeners:
        listener.start()
    try:
        yield Demo(*(f"http://127.0.0.1:{listener.port}" for listener in listeners))
    finally:
        queue.stop()
        for listener in listeners:
            listener.stop()
        shared.database.dispose()
