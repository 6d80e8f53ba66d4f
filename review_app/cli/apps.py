"""The web applications for commands that write what they would show: nothing is served, no job is run."""

from review_app.cli.installation import Opened
from review_app.jobs.queue import InlineJobs
from review_app.web.context import Installation


def quiet_installation(opened: Opened) -> Installation:
    """Return an installation for an app that a command asks itself; it does not log every answer."""
    settings = opened.settings.model_copy(update={"log_level": "ERROR"})
    return Installation(settings, opened.database, InlineJobs(lambda _job_id: None))
