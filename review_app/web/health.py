"""For whoever watches the machines: is this process alive, and can it do its work?"""

from flask import Blueprint, Response, make_response

from review_app.migrations.service import Readiness, readiness
from review_app.web.context import installation

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the process answers; nothing else is looked at."""
    return _told("ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether the database answers and has the newest schema; status 503 and the reason when not."""
    found = readiness(installation().database)
    return _told(found, 200 if found is Readiness.READY else 503)


def _told(text: str, status: int = 200) -> Response:
    return make_response(
        text + "\n", status, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    )
