"""The programs of the town: a web server, and a worker that is quicker to notice that another has died."""

import sys
from datetime import timedelta

from gunicorn.app import wsgiapp

from review_app.cli.installation import open_installation
from review_app.cli.worker import work
from review_app.jobs import states


def serve(*options: str) -> None:
    """Serve the staff interface as ``gunicorn`` with these options does."""
    sys.argv = ["gunicorn", *options, "review_app.cli.wsgi:staff()"]
    wsgiapp.run()


def work_quickly(stale_after: float) -> None:
    """Work off jobs as ``review-app worker`` does, but with less patience.

    A worker that is silent for ``stale_after`` seconds is taken for dead, and what the database was away for is tried
    again after a quarter of that, not after half a minute.
    """
    states.FIRST_REST = timedelta(seconds=stale_after / 4)
    opened = open_installation()
    work(opened.settings, opened.database, states.Pace(timedelta(seconds=stale_after)))
