"""Commands about jobs: which there are, how far they have come, calling them off, trying them again."""

import time
from datetime import timedelta

import click
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.service import names_of
from review_app.cli.installation import Opened, open_installation
from review_app.jobs import service
from review_app.jobs.listing import jobs_of, named_job
from review_app.jobs.queue import JobQueue
from review_app.jobs.service import JobView
from review_app.jobs.states import JobState
from review_app.pages.service import pages_by_id
from review_app.settings import signing_key
from review_app.sites.service import get_site, site_by_id

SHORT = 8
"""Signs of an id that are enough to name a job."""

LOOK_EVERY = 1.0
"""Seconds between two looks at a job that is followed."""


@click.group()
def jobs() -> None:
    """See what is done in the background, call it off, or try it again."""


@jobs.command("list")
@click.option("--site", help="Short name of a site; without it, jobs of all sites.")
@click.option("--state", type=click.Choice([str(state) for state in JobState]), help="Only jobs in this state.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="So many at most.")
def list_command(site: str | None, state: str | None, limit: int) -> None:
    """List jobs, one a line: id, state, done, what, for whom, since when, error. What is under way comes first."""
    with open_installation().database.reading() as session:
        site_id = get_site(session, site).id if site else None
        for job in jobs_of(session, COMMAND_LINE, site_id, JobState(state) if state else None, limit=limit):
            asked = (_who(session, job), f"{job.created_at:%Y-%m-%d %H:%M}", _error(job))
            click.echo("\t".join((job.id[:SHORT], job.state, _done(job), _what(session, job), *asked)))


@jobs.command("show")
@click.argument("job_id", metavar="ID")
@click.option("--follow", is_flag=True, help="Go on telling how far it has come until it is over.")
def show_command(job_id: str, follow: bool) -> None:
    """Show a job: what, for whom, how far, how long it still takes. ID may be the beginning of one."""
    opened = open_installation()
    job = _look(opened, job_id)
    with opened.database.reading() as session:
        click.echo(f"{job.id}\n{_what(session, job)}")
        click.echo(f"Asked for by {_who(session, job)}, {job.created_at:%Y-%m-%d %H:%M} UTC")
    told = _progress(job)
    click.echo(told)
    while follow and not job.state.over:
        time.sleep(LOOK_EVERY)
        job = _look(opened, job.id)
        if _progress(job) != told:
            told = _progress(job)
            click.echo(told)


@jobs.command("cancel")
@click.argument("job_id", metavar="ID")
def cancel_command(job_id: str) -> None:
    """Call a job off: one that waits is not begun, one that runs ends at its next step and keeps what is done."""
    opened = open_installation()
    with opened.database.writing() as session:
        job = named_job(session, COMMAND_LINE, job_id)
        service.cancel(session, COMMAND_LINE, job.id)
    click.echo(f"{job.id[:SHORT]} is cancelled.")


@jobs.command("retry")
@click.argument("job_id", metavar="ID")
def retry_command(job_id: str) -> None:
    """Ask again for a job that stopped, or let one that rests go on at once. Workers do it."""
    opened = open_installation()
    with opened.database.writing() as session:
        again = service.retry(session, COMMAND_LINE, named_job(session, COMMAND_LINE, job_id).id)
        urgent = service.is_urgent(session, again)
    queue = JobQueue(opened.settings.job_queue_url, signing_key(opened.settings))
    queue.send(again, urgent=urgent)
    queue.stop()
    click.echo(f"{again[:SHORT]} waits for a worker.")


def _look(opened: Opened, job_id: str) -> JobView:
    with opened.database.reading() as session:
        return named_job(session, COMMAND_LINE, job_id)


def _what(session: Session, job: JobView) -> str:
    """Say what a job does, to what: ``translate_page: Biblioteket → en (alvby)``."""
    page_id, language = job.payload.get("page_id"), job.payload.get("language")
    title = "".join(page.title for page in pages_by_id(session, [int(page_id)])) if page_id is not None else ""
    about = " → ".join(str(one) for one in (title or job.payload.get("url"), language) if one)
    site = f" ({site_by_id(session, job.site_id).slug})" if job.site_id is not None else ""
    return f"{job.name}{': ' if about else ''}{about}{site}"


def _who(session: Session, job: JobView) -> str:
    return names_of(session, {job.asked_by}).get(job.asked_by, "") if job.asked_by else COMMAND_LINE.name


def _done(job: JobView) -> str:
    return f"{job.done}/{job.total}" if job.total else ""


def _progress(job: JobView) -> str:
    rest = f"until {job.resting_until:%H:%M:%S} UTC" if job.resting_until else _left(job.remaining)
    return " ".join(part for part in (job.state, _done(job), rest, _error(job)) if part)


def _left(remaining: timedelta | None) -> str:
    if remaining is None:
        return ""
    minutes = round(remaining.total_seconds() / 60)
    return f"about {minutes} min left" if minutes else "less than a minute left"


def _error(job: JobView) -> str:
    return (job.error or "").format(**job.error_values)
