"""Independent reference translations of a language: what there is, and taking more in."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput, NotFound
from review_app.exchange.references import read_references
from review_app.locale import N_
from review_app.scoring.references import Kept, keep_references, reference_files
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of

blueprint = Blueprint("references", __name__)


@blueprint.get("/sites/<site>/references/<language>")
def show(site: str, language: str) -> Response:
    """Show the files that references came from."""
    return _page(_found(site, language), language)


@blueprint.post("/sites/<site>/references/<language>")
def upload(site: str, language: str) -> Response:
    """Take a file's translations in."""
    found = _found(site, language)
    actor().require(Action.IMPORT, found.id)
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise BadInput(N_("No file was chosen. Choose a TMX, TSV, CSV or JSONL file."))
        name = file.filename.replace("\\", "/").rsplit("/", maxsplit=1)[-1][:200]
        pairs = read_references(name, file.read(), found.source_language, language)
        kept = keep_references(db(), actor(), found.id, language, pairs, name)
    except BadInput as error:
        work().roll_back()
        return _page(found, language, error=error)
    return _page(found, language, kept=kept)


def _page(site: SiteView, language: str, kept: Kept | None = None, error: BadInput | None = None) -> Response:
    page = render_template(
        "sites/references.html",
        site=site,
        language=language,
        asked_languages=sorted(site.languages),
        files=reference_files(db(), actor(), site.id, language),
        may_import=actor().may(Action.IMPORT, site.id),
        kept=kept,
        error=error.render(gettext) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _found(site: str, language: str) -> SiteView:
    found = open_site(site)
    if language not in found.languages:
        raise NotFound(N_("The site is not translated into this language."))
    return found
