"""The page of a site's translation memory: what is in it, what is like a text, files in and out, who may read it."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput, NotFound
from review_app.exchange.memory import FORMATS, add_file, export_pairs, files_of
from review_app.jobs.service import add_job
from review_app.locale import N_
from review_app.memory.service import size
from review_app.memory.sharing import readers_of, set_readers
from review_app.review.remembering import matches, phrases
from review_app.sites.service import SiteView, all_sites
from review_app.text.normalise import normalise
from review_app.web.context import actor, db, open_site, send_after_commit, work
from review_app.web.helping import MatchLine, match_lines, phrase_asked, phrase_lines
from review_app.web.htmx import go
from review_app.web.queue import default_language

blueprint = Blueprint("memory", __name__)

PAGE = "/sites/<site>/memory"
LONGEST_TEXT = 2_000
MIMETYPES = {"tmx": "application/x-tmx+xml", "csv": "text/csv; charset=utf-8"}


@blueprint.get(PAGE)
def show(site: str) -> Response:
    """Show the memory, and what in it is like a text or has some words."""
    return _page(site)


@blueprint.post(PAGE + "/import")
def upload(site: str) -> Response:
    """Take a file's pairs in, as a job; one that cannot be read is refused at once."""
    found = open_site(site)
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise BadInput(N_("No file was chosen. Choose a TMX or CSV file."))
        name = file.filename.replace("\\", "/").rsplit("/", maxsplit=1)[-1][:200]
        file_id = add_file(db(), actor(), found, name, file.read())
        job_id = add_job(db(), actor(), "import_memory", found.id, {"file_id": file_id}, needs=Action.IMPORT)
    except BadInput as error:
        work().roll_back()
        return _page(site, error.render(gettext), 422)
    send_after_commit(job_id)
    return go(url_for("jobs.show", job_id=job_id))


@blueprint.get(PAGE + "/<language>.<any(tmx, csv):kind>")
def export(site: str, language: str, kind: str) -> Response:
    """Give the pairs of a language as a file."""
    found = open_site(site)
    _require_language(found, language)
    response = make_response(b"".join(export_pairs(db(), actor(), found, language, kind)))
    response.headers["Content-Type"] = MIMETYPES[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="memory-{found.slug}-{language}.{kind}"'
    return response


@blueprint.post(PAGE + "/sharing")
def share(site: str) -> Response:
    """Say which other sites may read the memory."""
    found = open_site(site)
    try:
        chosen = [int(value) for value in request.form.getlist("reader")]
    except ValueError:
        raise BadInput(N_("The form is incomplete. Reload the page and try again.")) from None
    try:
        set_readers(db(), actor(), found.id, chosen)
    except BadInput as error:
        work().roll_back()
        return _page(site, error.render(gettext), 422)
    return go(url_for("memory.show", site=site, told="saved"))


def _page(site: str, problem: str | None = None, status: int = 200) -> Response:
    found, me = open_site(site), actor()
    me.require(Action.READ, found.id)
    if not found.languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    language = request.args.get("language") or default_language(found.languages)
    _require_language(found, language)
    text, by_words = normalise(request.args.get("q", ""))[:LONGEST_TEXT], phrase_asked()
    page = render_template(
        "memory/memory.html",
        site=found,
        language=language,
        text=text,
        phrase=by_words,
        lines=_lines(found, language, text, by_words),
        sizes=size(db(), found.id),
        formats=FORMATS,
        files=files_of(db(), found.id),
        others=[site for site in all_sites(db()) if site.id != found.id],
        readers=readers_of(db(), found.id),
        may_import=me.may(Action.IMPORT, found.id),
        may_share=me.may(Action.ADMINISTER, found.id),
        problem=problem,
    )
    return make_response(page, status)


def _lines(site: SiteView, language: str, text: str, by_words: str) -> list[MatchLine]:
    if by_words:
        return phrase_lines(phrases(db(), actor(), site, language, by_words), by_words)
    return match_lines(text, matches(db(), actor(), site, language, text)) if text else []


def _require_language(site: SiteView, language: str) -> None:
    if language not in site.languages:
        raise NotFound(N_("The site is not translated into {language}. Add the language first."), language=language)
