"""The command that works off jobs in a process of its own, on this machine or on another."""

from functools import partial

import click

from review_app.cli.installation import open_installation
from review_app.cli.stopping import stop_signal
from review_app.db import Database
from review_app.errors import BadInput
from review_app.jobs.queue import JobQueue
from review_app.jobs.states import PACE, Pace
from review_app.locale import N_
from review_app.notifications.smtp import mail_server
from review_app.quality.ready import make_ready
from review_app.settings import Settings, signing_key
from review_app.sweeping import sweep
from review_app.worker import run

NO_WORKERS = N_("REVIEW_APP_WORKERS is 0 for this process, too. Set it to how many jobs a worker does at a time.")


@click.command()
def worker() -> None:
    """Work off jobs until the process is told to end; the jobs in hand come to where another can go on first."""
    opened = open_installation()
    settings, database = opened.settings, opened.database
    if not settings.workers:
        raise BadInput(NO_WORKERS)
    mail_server(settings)
    work(settings, database)


def work(settings: Settings, database: Database, pace: Pace = PACE) -> None:
    """Work off jobs until the process is told to end."""
    queue = JobQueue(settings.job_queue_url, signing_key(settings))
    do = partial(run, settings, database, stopping=queue.is_stopping, pace=pace)
    stop = stop_signal()
    make_ready()
    queue.start(do, partial(sweep, settings, database, pace), settings.workers, pace.sweep)
    click.echo(f"Working off jobs, {settings.workers} at a time.")
    stop.wait()
    queue.stop()
    database.dispose()
