"""Pages of assignments: who corrects what and by when; giving work, taking it and giving it back."""

from datetime import date

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action
from review_app.errors import BadInput, NotFound, ReviewAppError
from review_app.locale import N_
from review_app.pages.service import get_page, paths_of
from review_app.review import assigning
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.security import own_path

blueprint = Blueprint("assignments", __name__)

PAGE = "/sites/<site>/pages/<int:page_id>/<language>"


@blueprint.get("/sites/<site>/assignments")
def show(site: str) -> Response:
    """Show who has what, and the form that gives pages away."""
    return _shown(open_site(site))


@blueprint.post("/sites/<site>/assignments")
def give(site: str) -> Response:
    """Give everything of a site in a language, or the pages whose address begins so, to a person or to nobody."""
    found, beginning = open_site(site), request.form.get("path", "").strip().lstrip("/")[:500]
    try:
        pages = [page for page, path in paths_of(db(), found.id) if path.startswith(beginning)] if beginning else None
        if pages == []:
            raise BadInput(N_("No page has an address that begins with {path}."), path=beginning)
        _give(found, request.form.get("language", ""), pages)
    except BadInput as error:
        work().roll_back()
        return _shown(found, error)
    return go(url_for("assignments.show", site=site, told="saved"))


@blueprint.post(PAGE + "/assign")
def give_page(site: str, page_id: int, language: str) -> Response:
    """Give one page in a language to a person, or to nobody."""
    _give(_page_of(site, page_id), language, [page_id])
    return _back(site, page_id)


@blueprint.post(PAGE + "/take")
def take(site: str, page_id: int, language: str) -> Response:
    """Take a page that nobody has."""
    assigning.take(db(), actor(), page_id, _page_of(site, page_id).id, language)
    return _back(site, page_id)


@blueprint.post(PAGE + "/give-back")
def give_back(site: str, page_id: int, language: str) -> Response:
    """Give a page back."""
    assigning.give_back(db(), actor(), page_id, _page_of(site, page_id).id, language)
    return _back(site, page_id)


def _page_of(slug: str, page_id: int) -> SiteView:
    site = open_site(slug)
    if get_page(db(), page_id).site_id != site.id:
        raise NotFound(N_("There is no such page."))
    return site


def _give(site: SiteView, language: str, pages: list[int] | None) -> None:
    due_on = _day(request.form.get("due", "").strip())
    person_id = _person(request.form.get("person", ""))
    assigning.give(db(), actor(), site.id, language, person_id=person_id, due_on=due_on, page_ids=pages)


def _back(site: str, page_id: int) -> Response:
    target = own_path(request.form.get("next"))
    return go(target or url_for("page.about", site=site, page_id=page_id, told="saved", _anchor="work"))


def _person(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadInput(N_("Choose a person who translates for the site."))
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput(N_("“{text}” is no day. Write it like 2026-12-24."), text=text[:40]) from None
    if not 2000 <= day.year <= 2999:
        raise BadInput(N_("“{text}” is no day. Write it like 2026-12-24."), text=text[:40])
    return day


def _shown(site: SiteView, problem: ReviewAppError | None = None) -> Response:
    me = actor()
    page = render_template(
        "pages/assignments.html",
        site=site,
        given=assigning.all_given(db(), me, site.id),
        people=who_may(db(), Action.CORRECT, site.id),
        form=request.form,
        problem=problem.render(gettext) if problem else None,
        may_assign=me.may(Action.ASSIGN, site.id),
    )
    return make_response(page, status_of(problem) if problem else 200)
