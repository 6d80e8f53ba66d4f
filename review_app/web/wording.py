"""What readers of a language are told: the site's own words for it, and who has confirmed them."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput, NotFound
from review_app.locale import INTERFACE_LANGUAGES, N_, catalogue
from review_app.publishing.wording import READER, confirm, house_wording, messages, reword, wording
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.language import interface_language

blueprint = Blueprint("wording", __name__)


@blueprint.get("/sites/<site>/words/<language>")
def show(site: str, language: str) -> Response:
    """Show every text that readers of a language meet, each in a field."""
    return _page(_found(site, language), language)


@blueprint.post("/sites/<site>/words/<language>")
def change(site: str, language: str) -> Response:
    """Store the site's own words."""
    found = _found(site, language)
    typed = {message: request.form.get(f"text-{number}", "") for number, message in enumerate(messages())}
    try:
        reword(db(), actor(), found.id, language, typed)
    except BadInput as error:
        work().roll_back()
        return _page(found, language, error=error, typed=typed)
    return go(url_for("wording.show", site=site, language=language, told="saved"))


@blueprint.post("/sites/<site>/words/<language>/confirm")
def agree(site: str, language: str) -> Response:
    """Record that somebody who reads the language stands behind its words."""
    found = _found(site, language)
    confirm(db(), actor(), found.id, language)
    return go(url_for("wording.show", site=site, language=language, told="confirmed"))


def _found(site: str, language: str) -> SiteView:
    found = open_site(site)
    actor().require(Action.ADMINISTER, found.id)
    if language not in found.languages:
        raise NotFound(N_("The site is not translated into this language."))
    return found


def _page(
    site: SiteView, language: str, *, error: BadInput | None = None, typed: dict[str, str] | None = None
) -> Response:
    words, ours = wording(db(), site.id, language), house_wording(language)
    spoken = interface_language() if interface_language() in INTERFACE_LANGUAGES else "en"
    rows = [
        {
            "name": f"text-{number}",
            "meaning": catalogue(spoken, READER).gettext(message),
            "text": typed[message] if typed is not None else words.say(message),
            "own": message in words.own,
            "ours": ours.say(message),
        }
        for number, message in enumerate(messages())
    ]
    page = render_template(
        "sites/words.html",
        site=site,
        language=language,
        rows=rows,
        confirmed=words.confirmed,
        error=error.render(gettext) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)
