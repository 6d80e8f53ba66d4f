"""The command that serves an installation: staff interface, public pages, and the jobs between them."""

from collections.abc import Callable
from functools import partial

import click

from review_app.app import create_app, create_public_app
from review_app.cli.installation import open_installation
from review_app.cli.listener import Listener
from review_app.cli.stopping import stop_signal
from review_app.db import Database
from review_app.jobs.queue import JobQueue
from review_app.notifications.smtp import mail_server
from review_app.quality.ready import make_ready
from review_app.settings import Settings, signing_key
from review_app.sweeping import sweep
from review_app.web.context import Installation
from review_app.worker import run


@click.command()
def serve() -> None:
    """Serve the staff interface and the public pages, and work off jobs, unless others do. Stop with Ctrl+C."""
    settings = open_installation().settings
    mail_server(settings)
    serve_settings(settings, lambda: click.echo(f"Staff: {settings.base_url}\nPublic: {settings.public_url}"))


def serve_settings(settings: Settings, announce: Callable[[], None]) -> None:
    """Serve until the process is told to end; ``announce`` is called once both ports answer."""
    queue = JobQueue(settings.job_queue_url, signing_key(settings))
    shared = Installation(settings, Database(settings.sqlalchemy_url), queue)
    listeners = [
        Listener(create_app(settings, shared), settings.host, settings.port, settings.threads),
        Listener(create_public_app(settings, shared), settings.host, settings.public_port, settings.threads),
    ]
    make_ready()
    if settings.workers:
        do = partial(run, settings, shared.database, stopping=queue.is_stopping)
        queue.start(do, partial(sweep, settings, shared.database), settings.workers)
    stop = stop_signal()
    for listener in listeners:
        listener.start()
    announce()
    stop.wait()
    for listener in listeners:
        listener.stop()
    queue.stop()
    shared.database.dispose()
