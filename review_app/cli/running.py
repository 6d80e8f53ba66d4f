"""Runs a job here and now, for commands: with a progress bar, through rests, and raising what stopped it."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.cli.installation import Opened
from review_app.db import utc_now
from review_app.errors import Conflict, ReviewAppError
from review_app.jobs.runner import Progress as Show
from review_app.jobs.service import JobView, ask_for, cancel, get_job
from review_app.jobs.states import JobState
from review_app.locale import N_
from review_app.quality.due import ASSESS, TRAIN
from review_app.quality.ready import make_ready
from review_app.worker import run

CHECKING = frozenset({"translate_page", ASSESS, TRAIN})
"""Jobs that judge texts."""

LOOK_EVERY = 1.0
"""Seconds between two looks at a job that rests, or that a worker has taken over."""

UNDER_WAY = "Somebody asked for this already: it is shown how far that has come. Ctrl+C stops showing it."


def run_here(opened: Opened, site_id: int, name: str, payload: Mapping[str, Any], label: str) -> None:
    """Run a job of a site to its end; raises what stopped it. Interrupted at the keyboard, it is called off.

    If somebody has asked for the same already, that job is followed; it goes on when this is interrupted.
    """
    if name in CHECKING:
        make_ready()
    with opened.database.writing() as session:
        job_id, new = ask_for(session, COMMAND_LINE, name, site_id, payload, needs=Action.READ)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    if not new:
        console.print(UNDER_WAY, highlight=False, soft_wrap=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=max(total, 1))

        try:
            job = _follow(opened, job_id, console, show)
        except KeyboardInterrupt:
            if new:
                with suppress(Conflict), opened.database.writing() as session:
                    cancel(session, COMMAND_LINE, job_id)
            raise
    if job.state is JobState.CANCELLED:
        raise ReviewAppError(N_("Somebody cancelled it. Run the command again to go on."))
    if job.state is JobState.FAILED:
        raise ReviewAppError(job.error or "", **job.error_values)


def _follow(opened: Opened, job_id: str, console: Console, show: Show) -> JobView:
    """Run a job, again after each rest, and return it when it is over; a worker may have taken it meanwhile."""
    told = None
    while True:
        run(opened.settings, opened.database, job_id, show)
        with opened.database.reading() as session:
            job = get_job(session, COMMAND_LINE, job_id)
        if job.state.over:
            return job
        if job.resting_until not in {None, told}:
            told = job.resting_until
            console.print(resting(job), highlight=False, soft_wrap=True)
        show(job.done, job.total)
        time.sleep(LOOK_EVERY)


def resting(job: JobView) -> str:
    """Say why a job rests and when it goes on, by this machine's clock."""
    again, today = job.resting_until.astimezone() if job.resting_until else None, utc_now().astimezone().date()
    at = "" if again is None else f"{again:%H:%M:%S}" if again.date() == today else f"{again:%Y-%m-%d %H:%M:%S}"
    return f"{(job.error or '').format(**job.error_values)} Goes on by itself at {at}. Stop with Ctrl+C."
