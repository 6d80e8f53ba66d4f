"""Runs a job here and now, for commands: with a progress bar, and raising what stopped it."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.cli.installation import Opened
from review_app.errors import ReviewAppError
from review_app.jobs.service import add_job, get_job
from review_app.jobs.states import JobState
from review_app.locale import N_
from review_app.worker import run


def run_here(opened: Opened, site_id: int, name: str, payload: Mapping[str, Any], label: str) -> None:
    """Run a job of a site; raises what stopped it."""
    with opened.database.writing() as session:
        job_id = add_job(session, COMMAND_LINE, name, site_id, payload, needs=Action.READ)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=max(total, 1))

        run(opened.settings, opened.database, job_id, show)
    with opened.database.reading() as session:
        job = get_job(session, COMMAND_LINE, job_id)
    if job.state is JobState.CANCELLED:
        raise ReviewAppError(N_("Somebody cancelled it. Run the command again to go on."))
    if job.state is JobState.FAILED:
        raise ReviewAppError(job.error or "", **job.error_values)
