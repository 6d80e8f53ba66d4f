"""What a request works with: the installation, one transaction, the person, the site.

A GET reads and anything else writes. The session opens when it is first asked for; it is committed exactly once, when
the view has made a response that is no error, and rolled back in every other case. Jobs are handed to the queue after
the commit, because a worker would not find them before.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import structlog
from flask import current_app, g, request
from flask import session as cookie

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.signing_in import SignedIn, find_signed_in, is_stale, note_seen
from review_app.commissions.service import CommissionView
from review_app.db import Database
from review_app.errors import NotFound, NotSignedIn
from review_app.jobs.attempts import ToSend
from review_app.jobs.queue import Sender
from review_app.jobs.service import is_urgent
from review_app.locale import N_
from review_app.settings import Settings
from review_app.sites.service import SiteView, all_sites, get_site

DbSession: TypeAlias = Any
"""A session of the database, to be handed to services: pages never look into it."""

SIGN_IN = "token"
"""The cookie's key under which a browser keeps its sign-in."""

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """What every request needs and none may change."""

    settings: Settings
    database: Database
    jobs: Sender


class Work:
    """One request's transaction, opened late and ended once; what is asked for after its end is only read."""

    def __init__(self, database: Database, *, writes: bool) -> None:
        self._database = database
        self._writes = writes
        self._opened: AbstractContextManager[DbSession] | None = None
        self._session: DbSession = None
        self._jobs: list[ToSend] = []

    @property
    def session(self) -> DbSession:
        """The request's session."""
        if self._opened is None:
            self._opened = self._database.writing() if self._writes else self._database.reading()
            self._session = self._opened.__enter__()
        return self._session

    def send_after_commit(self, job: ToSend) -> None:
        """Hand a job to the queue as soon as it is stored."""
        self._jobs.append(job)

    def commit(self) -> list[ToSend]:
        """End the transaction well; returns the jobs that are to be sent now."""
        opened, self._opened, self._session = self._opened, None, None
        if opened is not None:
            opened.__exit__(None, None, None)
        jobs, self._jobs, self._writes = self._jobs, [], False
        return jobs

    def roll_back(self) -> None:
        """End the transaction as if it had not been."""
        opened, self._opened, self._session = self._opened, None, None
        self._jobs, self._writes = [], False
        if opened is not None:
            ended = _RolledBack()
            opened.__exit__(_RolledBack, ended, None)


class _RolledBack(Exception):
    """Tells a session that its block failed."""


def installation() -> Installation:
    """Return what this app was made with."""
    return cast(Installation, current_app.extensions["review_app"])


def work() -> Work:
    """Return the request's transaction."""
    if "work" not in g:
        g.work = Work(installation().database, writes=request.method not in READING_METHODS)
    return cast(Work, g.work)


def db() -> DbSession:
    """Return the request's session, for services."""
    return work().session


@contextmanager
def looking() -> Iterator[DbSession]:
    """Open a session that only reads, apart from the request's own transaction and before that begins."""
    with installation().database.reading() as session:
        yield session


def send_after_commit(job_id: str) -> None:
    """Hand a job to the queue as soon as this request's changes are stored."""
    work().send_after_commit(ToSend(job_id, is_urgent(db(), job_id)))


def commit_and_send() -> None:
    """Commit the request's changes, then hand its jobs over. A job the queue would not take is sent by the sweep."""
    for job_id, urgent in work().commit():
        try:
            installation().jobs.send(job_id, urgent=urgent)
        except Exception:
            _log.exception("job_not_sent", job=job_id)
        else:
            _log.info("job sent", job=job_id)  # with the request's id, as every line: so a job's request is found


def find_person() -> SignedIn | None:
    """Return who is signed in with this browser."""
    if "person" not in g:
        token = cookie.get(SIGN_IN)
        g.person = find_signed_in(db(), token, request.remote_addr) if isinstance(token, str) else None
    return cast("SignedIn | None", g.person)


def note_presence() -> None:
    """Note now and then, after the request's own changes, that this browser was here; that it fails does no harm."""
    person, token = cast("SignedIn | None", g.get("person")), cookie.get(SIGN_IN)
    if person is None or not isinstance(token, str) or not is_stale(person):
        return
    try:
        with installation().database.writing() as session:
            note_seen(session, token)
    except Exception:
        _log.exception("presence_not_noted")


def current_person() -> SignedIn:
    """Return who is signed in; raises ``NotSignedIn``."""
    person = find_person()
    if person is None:
        raise NotSignedIn(N_("Sign in to go on."))
    return person


def actor() -> Actor:
    """Return who acts, for services, with what the request's address lends them; raises ``NotSignedIn``."""
    lent = cast("Actor | None", g.get("lent"))
    return lent if lent is not None else current_person().actor


def enter_job(job: CommissionView, lent: Actor) -> None:
    """Let this request be about a job of an outside translator: what it lends holds until the request ends."""
    g.job, g.lent = job, lent


def current_job() -> CommissionView | None:
    """Return the job that the request's address is about, if it is one of an outside translator."""
    return cast("CommissionView | None", g.get("job"))


def my_sites() -> list[SiteView]:
    """Return the sites this person belongs to, by name."""
    person = find_person()
    if person is None:
        return []
    if "my_sites" not in g:
        g.my_sites = [site for site in all_sites(db()) if person.actor.may(Action.READ, site.id)]
    return cast(list[SiteView], g.my_sites)


def open_site(slug: str) -> SiteView:
    """Return the site of the request's address and make it the current one; raises ``NotFound`` for strangers."""
    site, job = get_site(db(), slug), current_job()
    if not actor().may(Action.READ, site.id) and not (job is not None and job.site_id == site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=slug)
    g.site = site
    return site


def enter(site: SiteView) -> None:
    """Make a site that was read already, and may be read by this person, the current one."""
    g.site = site


def opened_site(slug: str) -> SiteView:
    """Return the site of the request's address as it was when the request opened it."""
    site = cast("SiteView | None", g.get("site"))
    return site if site is not None and site.slug == slug else open_site(slug)


def current_site() -> SiteView | None:
    """Return the site in view, else the first of this person's."""
    return cast("SiteView | None", g.get("site")) or next(iter(my_sites()), None)
