"""The two applications for a WSGI server of one's own: ``gunicorn "review_app.cli.wsgi:staff()"``."""

from wsgiref.types import WSGIApplication

from review_app.app import create_app, create_public_app
from review_app.cli.installation import open_installation
from review_app.quality.ready import make_ready


def staff() -> WSGIApplication:
    """Return the staff interface of this installation; jobs are for ``review-app worker``."""
    app = create_app(open_installation().settings)
    make_ready()  # before a server that loads the application first forks: then its processes share it
    return app


def public() -> WSGIApplication:
    """Return the public pages of this installation."""
    return create_public_app(open_installation().settings)
