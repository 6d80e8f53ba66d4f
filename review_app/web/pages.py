"""Pages of pages: the matrix of pages and languages, taking pages in, asking for a machine translation."""

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action
from review_app.engines import ENGINES
from review_app.errors import BadFile, BadInput, BadPage, NotFound, ReviewAppError
from review_app.jobs.service import ask_for
from review_app.locale import N_
from review_app.pages.addresses import read_url
from review_app.pages.service import get_page
from review_app.publishing.service import with_publications
from review_app.review.assigning import with_holders
from review_app.review.service import page_heads
from review_app.segments.service import Imported, import_page
from review_app.sites.policy import ContentClass
from review_app.sites.service import SiteView
from review_app.translations.sharing import share_parts
from review_app.web.context import actor, db, installation, open_site, send_after_commit, work
from review_app.web.errors import status_of
from review_app.web.htmx import fragment_or_page, go
from review_app.web.matrix import ORDERS, Search, rows

blueprint = Blueprint("pages", __name__)


@blueprint.get("/sites/<site>/pages")
def matrix(site: str) -> Response:
    """Show a site's pages in all its languages; a search that is typed comes back as the table alone."""
    found, me = open_site(site), actor()
    heads = with_holders(db(), found, with_publications(db(), page_heads(db(), me, found.id)))
    search = Search(
        text=request.args.get("q", "")[:200],
        state=request.args.get("state", ""),
        language=request.args.get("language", ""),
        flagged="flagged" in request.args,
        order=request.args.get("order", "path"),
        who=request.args.get("who", "")[:20],
        me=me.person_id,
    )
    languages = [tag for tag in found.languages if not search.language or tag == search.language]
    return fragment_or_page(
        "pages/_matrix.html",
        "pages/matrix.html",
        site=found,
        search=search,
        rows=rows(heads, search),
        languages=languages or list(found.languages),
        pages=len({head.page_id for head in heads}),
        orders=ORDERS,
        people=who_may(db(), Action.CORRECT, found.id),
        may_import=me.may(Action.IMPORT, found.id),
        may_translate=me.may(Action.TRANSLATE, found.id),
        may_administer=me.may(Action.ADMINISTER, found.id),
    )


@blueprint.get("/sites/<site>/import")
def take_in(site: str) -> Response:
    """Show the ways to take pages in."""
    found = open_site(site)
    actor().require(Action.IMPORT, found.id)
    return import_form(found)


@blueprint.post("/sites/<site>/import")
def upload(site: str) -> Response:
    """Take uploaded files in: all of them, or none when one cannot be used."""
    found, me = open_site(site), actor()
    me.require(Action.IMPORT, found.id)
    files = [file for file in request.files.getlist("files") if file.filename]
    try:
        if not files:
            raise BadInput(N_("No file was chosen. Choose one or more HTML files."))
        done = [_import_file(found, file, request.form.get("path", "") if len(files) == 1 else "") for file in files]
        share_parts(db(), me, found.id)
    except ReviewAppError as error:
        return _refused(found, error, "files")
    wanted = [tag for tag in request.form.getlist("translate") if tag in found.languages]
    jobs = [_ask_for_translation(found, page.page_id, tag) for page in done for tag in wanted]
    if len(jobs) == 1:
        return go(url_for("jobs.show", job_id=jobs[0]))
    changed = any(page.changed for page in done)
    return go(url_for("pages.matrix", site=found.slug, told="imported" if changed else "unchanged"))


@blueprint.post("/sites/<site>/import-address")
def fetch_address(site: str) -> Response:
    """Fetch a page of the web as a job; an address that may not be fetched is refused at once."""
    found, me = open_site(site), actor()
    me.require(Action.IMPORT, found.id)
    url = request.form.get("url", "").strip()[:2000]
    try:
        read_url(url, allowed_hosts=installation().settings.fetch_hosts)
    except ReviewAppError as error:
        return _refused(found, error, "url")
    job_id, new = ask_for(db(), me, "import_url", found.id, {"url": url}, needs=Action.IMPORT)
    if new:
        send_after_commit(job_id)
    return go(url_for("jobs.show", job_id=job_id))


@blueprint.post("/sites/<site>/pages/<int:page_id>/<language>/translate")
def translate(site: str, page_id: int, language: str) -> Response:
    """Have a page machine-translated, as a job."""
    found = open_site(site)
    if get_page(db(), page_id).site_id != found.id or language not in found.languages:
        raise NotFound(N_("There is no such page."))
    engine = request.form.get("engine", "")
    if engine and engine not in ENGINES:
        raise BadInput(N_("There is no engine called {engine}."), engine=engine[:40])
    return go(url_for("jobs.show", job_id=_ask_for_translation(found, page_id, language, engine)))


def _ask_for_translation(site: SiteView, page_id: int, language: str, engine: str = "") -> str:
    """Return the id of the job that translates the page: the one under way, or a new one."""
    other = None if engine == site.engine_for(language) else engine or None  # the site's own is no other job
    payload = {"page_id": page_id, "language": language, "engine": other}
    urgent = get_page(db(), page_id).content_class is ContentClass.CRISIS
    job_id, new = ask_for(db(), actor(), "translate_page", site.id, payload, needs=Action.TRANSLATE, urgent=urgent)
    if new:
        send_after_commit(job_id)
    return job_id


def _import_file(site: SiteView, file: FileStorage, path: str) -> Imported:
    name = (file.filename or "").replace("\\", "/").rsplit("/", maxsplit=1)[-1][:200]
    try:
        return import_page(
            db(),
            actor(),
            site.id,
            body=file.read(),
            path=path.strip() or name,
            origin=name,
            charset=file.mimetype_params.get("charset"),
        )
    except BadPage as error:
        raise BadFile(N_("{file}: {reason}"), file=name, reason=error.render(gettext)) from error


def _refused(site: SiteView, error: ReviewAppError, where: str) -> Response:
    """Show the form again with what was wrong; nothing of the request is kept."""
    work().roll_back()
    return import_form(site, {where: error.render(gettext)}, status_of(error))


def import_form(site: SiteView, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """Show the ways to take pages in, with what was typed and what was wrong with it."""
    me = actor()
    languages: Sequence[str] = list(site.languages) if me.may(Action.TRANSLATE, site.id) else []
    page = render_template(
        "pages/import.html",
        site=site,
        errors=errors or {},
        url=request.form.get("url", ""),
        path=request.form.get("path", ""),
        addresses=request.form.get("addresses", ""),
        languages=languages,
        megabytes=installation().settings.max_upload_mb,
    )
    return make_response(page, status)
