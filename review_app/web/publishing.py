"""The public pages: what readers see, on an origin of its own, without cookies."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.jobs.service import add_job
from review_app.locale import N_
from review_app.publishing.content import split_after_heading
from review_app.publishing.public import notice_of, public_index, public_page, public_sites, shown_passages
from review_app.publishing.reader_reports import LONGEST_REPORT, report, reportable
from review_app.publishing.statements import find_statement
from review_app.publishing.wording import wording
from review_app.web.context import db, looking, send_after_commit
from review_app.web.language import speak
from review_app.web.security import allow_images_of
from review_app.web.static_files import STATIC_FILES
from review_app.web.throttle import count_asked, own_network, seconds_to_wait

public = Blueprint("publishing", __name__)

MOST_REPORTS = 10
"""Reports in a row from one network address before it has to wait."""

EMBED = STATIC_FILES / "embed.js"

EDITION_LENGTH = 16
"""Digits of an edition's hash in addresses: a report is on what its reader saw, whatever is public by then."""

CACHE_SECONDS = 60
"""How long a page that was pulled may still be shown by a cache on the way."""


@public.get("/")
def home() -> ResponseReturnValue:
    """Send the reader to the only site, or list the sites."""
    sites = public_sites(db())
    if len(sites) == 1:
        return redirect(url_for("publishing.index", site=sites[0].slug, language=sites[0].source_language), 302)
    speak("sv")
    return render_template("publishing/sites.html", sites=sites)


@public.get("/<site>/")
def site_home(site: str) -> ResponseReturnValue:
    """Send the reader to the site in a language they read, if it is published in one."""
    found, _, languages = public_index(db(), site, "")
    language = request.accept_languages.best_match(languages) or found.source_language
    response = redirect(url_for("publishing.index", site=site, language=language), 302)
    response.vary.add("Accept-Language")
    return response


@public.get("/<site>/<language>/")
def index(site: str, language: str) -> ResponseReturnValue:
    """List the pages that are public in a language."""
    found, listed, languages = public_index(db(), site, language)
    if language not in languages:
        raise NotFound(N_("This page is not published here."))
    g.site = found
    speak(language, wording(db(), found.id, language))
    return render_template(
        "publishing/index.html", site=found, language=language, listed=listed, languages=languages, path=None
    )


@public.get("/<site>/<language>/<path:path>")
def page(site: str, language: str, path: str) -> ResponseReturnValue:
    """Show a page in a language."""
    shown = public_page(db(), site, language, path)
    g.site = shown.site
    speak(language, shown.wording)
    allow_images_of(shown.site.base_url, shown.original_url)
    heading, content = split_after_heading(shown.html)
    response = make_response(
        render_template(
            "publishing/page.html",
            page=shown,
            site=shown.site,
            language=language,
            languages=shown.languages,
            path=path,
            notice=notice_of(shown),
            statement=shown.facts is not None and find_statement(db(), shown.site.id, language) is not None,
            heading=heading,
            content=content,
        )
    )
    return cacheable(response)


@public.get("/-/passages/<site>/<language>/<path:path>")
def passages(site: str, language: str, path: str) -> ResponseReturnValue:
    """Show a page passage by passage: beside the Swedish, how each came about, and where to say that it is wrong."""
    shown = public_page(db(), site, language, path)
    if shown.facts is None:
        return redirect(url_for("publishing.page", site=site, language=language, path=path), 302)
    g.site = shown.site
    speak(language, shown.wording)
    return cacheable(
        make_response(
            render_template(
                "publishing/passages.html",
                page=shown,
                site=shown.site,
                language=language,
                languages=shown.languages,
                path=path,
                passages=shown_passages(db(), shown),
            )
        )
    )


@public.get("/embed.js")
def embed() -> ResponseReturnValue:
    """Give the script that shows translations on the customer's own pages."""
    response = make_response(EMBED.read_bytes(), 200, {"Content-Type": "text/javascript; charset=utf-8"})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return cacheable(response)


@public.route("/-/report/<site>/<language>/<path:path>", methods=["GET", "POST"])
def tell(site: str, language: str, path: str) -> ResponseReturnValue:
    """Take a reader's words about a passage: no account, no cookie, no address kept.

    Pages are cached, so there is no token in the form; that it was sent from here is told by the browser.
    """
    with looking() as session:  # what is written begins once the report is counted
        shown = public_page(session, site, language, path)
    g.site = shown.site
    speak(language, shown.wording)
    error, sent = None, False
    edition = request.values.get("edition", "")[:64] or shown.content_hash[:EDITION_LENGTH]
    if request.method == "POST":
        _refuse_strangers()
        try:
            if not request.form.get("website"):  # people do not see this field; programs fill it in
                words = request.form.get("words", "")
                place = request.form.get("passage", "")[:20]
                taken = report(db(), site, language, path, place=place, words=words, edition=edition)
                if taken.new:
                    payload = {"flag_id": taken.flag_id, "language": taken.language, "path": path}
                    job = add_job(db(), COMMAND_LINE, "translate_report", taken.site_id, payload, needs=Action.CORRECT)
                    send_after_commit(job)
            sent = True
        except BadInput as refused:
            error = refused.render(shown.wording.say)
    page = render_template(
        "publishing/report.html",
        page=shown,
        site=shown.site,
        language=language,
        languages=shown.languages,
        path=path,
        passages=[] if sent else reportable(db(), site, language, path, edition),
        edition=edition,
        chosen=request.values.get("passage", ""),
        words=request.form.get("words", ""),
        longest=LONGEST_REPORT,
        error=error,
        sent=sent,
    )
    return make_response(page, 422 if error else 200, {"Cache-Control": "no-store"})


def _refuse_strangers() -> None:
    origin = request.headers.get("Origin", "")
    if urlsplit(origin).netloc != request.host:
        raise NotAllowed(N_("Open the page anew and send your report from there."))
    who = f"reports {own_network()}"
    if seconds_to_wait({who: MOST_REPORTS}):
        raise NotAllowed(N_("There were many reports from your network just now. Try again later."))
    count_asked(who)


def cacheable(response: Response) -> Response:
    """Let a public page be kept for a while, and be asked about by its tag."""
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.add_etag()  # of the whole page: a notice or a template may change where the content does not
    response.make_conditional(request)
    return response
