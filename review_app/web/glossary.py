"""The page of a site's words: what they are called in each language, and the names that stay as they are."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput
from review_app.glossary import service
from review_app.web.context import actor, db, open_site
from review_app.web.htmx import go

blueprint = Blueprint("glossary", __name__)


@blueprint.get("/sites/<site>/glossary")
def show(site: str) -> Response:
    """List the words of a site; the address may propose one, which is stored only when the form is sent."""
    return _page(site, form=_form(request.args))


@blueprint.post("/sites/<site>/glossary")
def add(site: str) -> Response:
    """Say what a word is called."""
    form = _form(request.form)
    try:
        service.set_term(db(), actor(), open_site(site), **form)
    except BadInput as error:
        return _page(site, error.render(gettext), form, 422)
    return go(url_for("glossary.show", site=site))


@blueprint.post("/sites/<site>/glossary/<int:term_id>/remove")
def remove(site: str, term_id: int) -> Response:
    """Take a word away."""
    service.remove_term(db(), actor(), open_site(site), term_id)
    return go(url_for("glossary.show", site=site))


def _form(values: Mapping[str, str]) -> dict[str, str]:
    return {name: values.get(name, "")[:1000] for name in ("source", "language", "target", "forbidden")}


def _page(site: str, problem: str | None = None, form: dict[str, str] | None = None, status: int = 200) -> Response:
    found = open_site(site)
    actor().require(Action.CORRECT, found.id)
    terms = service.terms_of(db(), found.id)
    page = render_template("sites/glossary.html", site=found, terms=terms, problem=problem, form=form or {})
    return make_response(page, status)
