"""Taking in many pages of a website, and looking at them again: forms, progress, stopping and going on."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.administration import renew_push_token
from review_app.accounts.permissions import Action
from review_app.errors import BadInput, ReviewAppError
from review_app.jobs.service import ask_for, unfinished_job
from review_app.locale import N_
from review_app.pages.crawls import DEEPEST, MOST_PAGES, Order, get_crawl, read_list, start_crawl, stop_crawl
from review_app.pages.states import CRAWL_STATE_NAMES, CrawlState
from review_app.sites.service import site_by_id
from review_app.web.context import actor, db, open_site, send_after_commit, work
from review_app.web.errors import status_of
from review_app.web.htmx import fragment_or_page, go
from review_app.web.pages import import_form

blueprint = Blueprint("crawls", __name__)


@blueprint.post("/sites/<site>/crawls")
def start(site: str) -> Response:
    """Take in a list of addresses, what sitemaps among them name, and what they link to, as deep as asked."""
    found, me = open_site(site), actor()
    addresses = read_list(request.form.get("addresses", "")[:1_000_000])
    try:
        order = Order(
            source=", ".join(addresses[:3]) + (" …" if len(addresses) > 3 else ""),
            addresses=addresses,
            depth=_number("depth", 0),
            most_pages=_number("most", MOST_PAGES),
        )
        crawl_id = start_crawl(db(), me, found.id, order)
    except ReviewAppError as error:
        work().roll_back()
        return import_form(found, {"addresses": error.render(gettext)}, status_of(error))
    _run(found.id, crawl_id)
    return go(url_for("crawls.show", crawl_id=crawl_id))


@blueprint.get("/crawls/<int:crawl_id>")
def show(crawl_id: int) -> Response:
    """Show how a crawl stands, and which addresses made trouble."""
    crawl = get_crawl(db(), actor(), crawl_id)
    site = open_site(site_by_id(db(), crawl.site_id).slug)
    return fragment_or_page(
        "pages/_crawl.html",
        "pages/crawl.html",
        200,
        crawl=crawl,
        site=site,
        running=unfinished_job(db(), "crawl", site.id, {"crawl_id": crawl_id}) is not None and not crawl.stopped,
        waiting=crawl.counts.get(CrawlState.WAITING, 0),
        counts=[
            (gettext(CRAWL_STATE_NAMES[state]), crawl.counts[state]) for state in CrawlState if crawl.counts.get(state)
        ],
        troubles=[(trouble.url, gettext(trouble.error).format(**trouble.values)) for trouble in crawl.troubles],
        may_stop=actor().may(Action.IMPORT, site.id),
    )


@blueprint.post("/crawls/<int:crawl_id>/<any(stop, resume):verb>")
def change(crawl_id: int, verb: str) -> Response:
    """Stop a crawl, or let it go on where it stopped."""
    stop_crawl(db(), actor(), crawl_id, stopped=verb == "stop")
    if verb == "resume":
        _run(get_crawl(db(), actor(), crawl_id).site_id, crawl_id)
    return go(url_for("crawls.show", crawl_id=crawl_id))


@blueprint.post("/sites/<site>/sync")
def sync(site: str) -> Response:
    """Look again at every page that came from the website."""
    found, me = open_site(site), actor()
    me.require(Action.IMPORT, found.id)
    job_id, new = ask_for(db(), me, "sync_site", found.id, {"site": site}, needs=Action.IMPORT)
    if new:
        send_after_commit(job_id)
    return go(url_for("jobs.show", job_id=job_id))


@blueprint.post("/sites/<site>/push-token")
def push_token(site: str) -> Response:
    """Make a new secret for pushing, and show it this once."""
    found = open_site(site)
    token = renew_push_token(db(), actor(), found.id)
    page = render_template(
        "sites/push.html", site=found, token=token, address=url_for("push.push", site=site, _external=True)
    )
    return make_response(page)


def _run(site_id: int, crawl_id: int) -> None:
    job_id, new = ask_for(db(), actor(), "crawl", site_id, {"crawl_id": crawl_id}, needs=Action.IMPORT)
    if new:
        send_after_commit(job_id)


def _number(name: str, most: int) -> int:
    typed = request.form.get(name, "").strip() or str(most)
    if not typed.isdecimal():
        raise BadInput(
            N_("Links are followed up to {deepest} deep, and up to {most} pages are taken in."),
            deepest=DEEPEST,
            most=MOST_PAGES,
        )
    return int(typed)
