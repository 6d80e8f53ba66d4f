"""The page of a site's words: what they are called in each language, and the names that stay as they are."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput
from review_app.exchange.terms import export_terms, import_terms
from review_app.glossary import service
from review_app.locale import N_
from review_app.web.context import actor, db, open_site, work
from review_app.web.htmx import go

blueprint = Blueprint("glossary", __name__)

PAGE = "/sites/<site>/glossary"


@blueprint.get(PAGE)
def show(site: str) -> Response:
    """List the words of a site; the address may propose one, which is stored only when the form is sent."""
    return _page(site, form=_form(request.args))


@blueprint.get(PAGE + "/<int:term_id>")
def edit(site: str, term_id: int) -> Response:
    """Show the list with one word in the form, to be changed."""
    term = service.get_term(db(), actor(), open_site(site), term_id)
    return _page(site, form=term, term_id=term_id)


@blueprint.post(PAGE)
def add(site: str) -> Response:
    """Say what a word is called."""
    return _set(site, None)


@blueprint.post(PAGE + "/<int:term_id>")
def change(site: str, term_id: int) -> Response:
    """Say something else of a word."""
    return _set(site, term_id)


@blueprint.post(PAGE + "/<int:term_id>/remove")
def remove(site: str, term_id: int) -> Response:
    """Take a word away."""
    service.remove_term(db(), actor(), open_site(site), term_id)
    return go(url_for("glossary.show", site=site))


@blueprint.post(PAGE + "/import")
def upload(site: str) -> Response:
    """Take the words of a file in: all of them, or none when one cannot be used."""
    found, file = open_site(site), request.files.get("file")
    try:
        if file is None or not file.filename:
            raise BadInput(N_("No file was chosen. Choose a CSV file."))
        name = file.filename.replace("\\", "/").rsplit("/", maxsplit=1)[-1][:200]
        import_terms(db(), actor(), found, name, file.read())
    except BadInput as error:
        work().roll_back()
        return _page(site, file_problem=error.render(gettext), status=422)
    return go(url_for("glossary.show", site=site, told="terms"))


@blueprint.get(PAGE + ".csv")
def export(site: str) -> Response:
    """Give the words as a file."""
    found = open_site(site)
    response = make_response(b"".join(export_terms(db(), actor(), found)))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="glossary-{found.slug}.csv"'
    return response


def _set(site: str, term_id: int | None) -> Response:
    form = _form(request.form)
    try:
        service.set_term(db(), actor(), open_site(site), **form, term_id=term_id)
    except BadInput as error:
        return _page(site, error.render(gettext), form, 422, term_id=term_id)
    return go(url_for("glossary.show", site=site))


def _form(values: Mapping[str, str]) -> dict[str, str]:
    return {name: values.get(name, "")[:1000] for name in service.COLUMNS}


def _page(
    site: str,
    problem: str | None = None,
    form: Mapping[str, str] | None = None,
    status: int = 200,
    **more: Any,
) -> Response:
    found = open_site(site)
    actor().require(Action.CORRECT, found.id)
    shown = {"term_id": None, "file_problem": None, **more}
    page = render_template(
        "sites/glossary.html",
        site=found,
        terms=service.terms_of(db(), found.id),
        parts=service.PARTS_OF_SPEECH,
        problem=problem,
        form=form or {},
        **shown,
    )
    return make_response(page, status)
