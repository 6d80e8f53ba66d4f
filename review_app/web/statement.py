"""The statement of accuracy: how good the machine was measured to be, told in public by an administrator's word."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, url_for

from review_app.accounts.permissions import Action
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.publishing.accuracy import TITLE, Measured, measured_from, statement
from review_app.publishing.public import public_index
from review_app.publishing.statements import find_statement, public_statements, publish_statement, withdraw_statement
from review_app.publishing.wording import wording
from review_app.reports.statement import measure
from review_app.sites.service import SiteView, get_site
from review_app.web.context import actor, db, installation, open_site
from review_app.web.htmx import go
from review_app.web.language import speak
from review_app.web.publishing import cacheable

blueprint = Blueprint("statement", __name__)
public = Blueprint("accuracy", __name__)

ALSO = ("sv", "en")
"""Languages that a statement is given in, beside the reader's."""


@dataclass(frozen=True, slots=True)
class Told:
    """The statement in one language; ``confirmed`` when a native reader stands behind its words."""

    language: str
    title: str
    paragraphs: list[str]
    confirmed: bool


@public.get("/-/accuracy/<site>/<language>")
def show(site: str, language: str) -> Response:
    """Show the statement of a language: in that language, then in Swedish and English."""
    found = get_site(db(), site)
    live = find_statement(db(), found.id, language)
    if live is None:
        raise NotFound(N_("This page is not published here."))
    g.site = found
    _, _, languages = public_index(db(), site, language)
    page = {
        "site": found,
        "language": language,
        "languages": languages,
        "told": told(found, language, measured_from(live.facts)),
        "statements": public_statements(db(), found.id),
    }
    speak(language, wording(db(), found.id, language))
    return cacheable(make_response(render_template("publishing/accuracy.html", **page, path=None)))


@blueprint.get("/sites/<site>/statement/<language>")
def preview(site: str, language: str) -> Response:
    """Show what is public, and what a statement would say now."""
    found = _found(site, language)
    live, now = find_statement(db(), found.id, language), measure(db(), found, language)
    page: dict[str, Any] = {
        "site": found,
        "language": language,
        "asked_languages": sorted(found.languages),
        "live": live,
        "now": told(found, language, now),
        "same": live is not None and _figures(measured_from(live.facts)) == _figures(now),
        "enough": now.unchanged is not None,
        "public_address": f"{installation().settings.public_url.rstrip('/')}/-/accuracy/{site}/{language}",
    }
    return make_response(render_template("sites/statement.html", **page))


@blueprint.post("/sites/<site>/statement/<language>/publish")
def publish(site: str, language: str) -> Response:
    """Make a statement public, with what is measured now."""
    found = _found(site, language)
    publish_statement(db(), actor(), found.id, language, measure(db(), found, language))
    return go(url_for("statement.preview", site=site, language=language, told="statement-published"))


@blueprint.post("/sites/<site>/statement/<language>/withdraw")
def withdraw(site: str, language: str) -> Response:
    """Take the statement off the public pages."""
    found = _found(site, language)
    withdraw_statement(db(), actor(), found.id, language)
    return go(url_for("statement.preview", site=site, language=language, told="statement-withdrawn"))


def told(site: SiteView, language: str, facts: Measured) -> list[Told]:
    """Return the statement in its readers' language, then in the others it is given in."""
    found = []
    for tag in dict.fromkeys((language, *ALSO)):
        words = wording(db(), site.id, tag)
        found.append(Told(tag, words.say(TITLE), statement(facts, tag, words.say), words.confirmed))
    return found


def _figures(facts: Measured) -> tuple[object, ...]:
    return facts.n, facts.read, facts.total, facts.unchanged, facts.low, facts.high


def _found(site: str, language: str) -> SiteView:
    found = open_site(site)
    actor().require(Action.ADMINISTER, found.id)
    if language not in found.languages:
        raise NotFound(N_("The site is not translated into this language."))
    return found
