"""The page of notices: what happened that concerns one, what is unread, and how one wants to be told by e-mail."""

from itertools import groupby

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from review_app.notifications.kinds import KIND_NAMES, WAY_NAMES, Kind, Way, sentence
from review_app.notifications.mail import can_send
from review_app.notifications.notices import (
    Notice,
    choose_mail,
    mail_choices,
    notices,
)
from review_app.notifications.notices import (
    mark as store_mark,
)
from review_app.web.context import actor, current_person, db, find_person, installation
from review_app.web.htmx import go
from review_app.web.language import interface_language, time_zone

blueprint = Blueprint("notices", __name__)


@blueprint.get("/notices")
def show() -> Response:
    """Show what happened, the newest first, and the choices."""
    return make_response(
        render_template(
            "notices/show.html",
            days=[(day, list(found)) for day, found in groupby(_mine(), _day)],
            unread=unread(),
            said=lambda notice: sentence(notice.event, interface_language()),
            choices=mail_choices(db(), actor().person_id or 0),
            kinds=KIND_NAMES,
            ways=WAY_NAMES,
            mail=can_send(installation().settings),
            email=current_person().email,
            several=len({notice.site_slug for notice in _mine()}) > 1,
        )
    )


@blueprint.post("/notices/<any(read, unread):verb>")
def mark(verb: str) -> Response:
    """Note that one has read of an event, or of all."""
    key = request.form.get("key", "")[:60]
    store_mark(db(), actor(), [key] if key else None, read=verb == "read")
    return go(url_for("notices.show"))


@blueprint.post("/notices/mail")
def choose() -> Response:
    """Choose how one is told; what is not chosen stays as it was."""
    ways = set(Way)
    chosen = {kind: Way(way) for kind in Kind if (way := request.form.get(kind, "")) in ways}
    choose_mail(db(), actor(), chosen)
    return go(url_for("notices.show", told="saved"))


def unread() -> int:
    """Return how many notices the person of this request has not read."""
    return sum(not notice.read for notice in _mine()) if find_person() else 0


def _mine() -> list[Notice]:
    if "notices" not in g:
        g.notices = notices(db(), actor())
    found: list[Notice] = g.notices
    return found


def _day(notice: Notice) -> object:
    return notice.event.at.astimezone(time_zone()).date()
