"""Pages of a site's administrators: its facts, languages and policies, and the log of changes."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.administration import (
    change_editing_time,
    change_facts,
    change_language,
    change_rule,
)
from review_app.accounts.log import audit_choices, audit_count, audit_rows
from review_app.accounts.permissions import Action
from review_app.engines import ENGINES
from review_app.errors import BadInput, ReviewAppError
from review_app.exchange.table import write_table
from review_app.exchange.visits import paths_of, read_visits
from review_app.languages import get_language
from review_app.locale import N_
from review_app.pages.service import normalise_path, pages_of
from review_app.pages.service import set_visits as store_visits
from review_app.publishing.pulling import pull_language
from review_app.publishing.service import live_publications
from review_app.sites.policy import CONTENT_CLASS_NAMES, POLICY_NAMES, LanguagePolicy
from review_app.sites.sections import EVERYTHING, Rule, rules_of
from review_app.sites.service import SiteFacts, SiteView, default_policy
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.log import COLUMNS, Subject, asked_for, asked_words, cells, in_words, plain, subjects_of, titles_of
from review_app.web.rules import read_rule

blueprint = Blueprint("sites", __name__)

ROWS_PER_PAGE = 100
MOST_HOURS = 8_760

C = TypeVar("C")


@blueprint.get("/sites/<site>")
def overview(site: str) -> Response:
    """Show a site's settings, each with the form that changes it."""
    return _settings(_administered(site))


@blueprint.post("/sites/<site>")
def change(site: str) -> Response:
    """Change a site's facts."""
    found = _administered(site)
    form = request.form
    facts = SiteFacts(
        name=form.get("name", "")[:200],
        base_url=form.get("base_url", "").strip()[:500],
        responsible=form.get("responsible", "")[:200],
        contact=form.get("contact", "")[:320],
        one_person_mode=found.one_person_mode,
        sync_hours=found.sync_hours,
        least_read=found.least_read,
    )
    return _do(found, "facts", lambda: change_facts(db(), actor(), found.id, facts))


@blueprint.post("/sites/<site>/languages")
def set_language(site: str) -> Response:
    """Add a language, or change its policy and engine."""
    found = _administered(site)

    def store() -> None:
        tag = get_language(request.form.get("language", "").strip()[:35]).tag
        policy = _choice(LanguagePolicy, request.form.get("policy") or str(default_policy(tag)))
        engine = request.form.get("engine") or None
        if engine is not None and engine not in ENGINES:
            raise BadInput(N_("There is no engine called {engine}."), engine=engine[:40])
        change_language(db(), actor(), found.id, tag, policy, engine)

    return _do(found, "languages", store)


@blueprint.post("/sites/<site>/languages/<language>/withdraw")
def take_language_off(site: str, language: str) -> Response:
    """Take every page off the public side in one language."""
    found = _administered(site)
    pull_language(db(), actor(), found.id, language)
    return go(url_for("sites.overview", site=site, told="language_withdrawn", _anchor="languages"))


@blueprint.post("/sites/<site>/sections")
def set_section(site: str) -> Response:
    """Say what holds for a section or a page."""
    found = _administered(site)

    def store() -> None:
        typed = request.form.get("path", "").strip().strip("*")
        path = EVERYTHING if typed == EVERYTHING else normalise_path(typed) + ("/" if typed.endswith("/") else "")
        change_rule(db(), actor(), found.id, read_rule(path, found))

    return _do(found, "sections", store)


@blueprint.post("/sites/<site>/following")
def follow(site: str) -> Response:
    """Say how often the website is looked at again."""
    found = _administered(site)

    def store() -> None:
        typed = request.form.get("hours", "").strip()
        if typed and not (typed.isdecimal() and 1 <= int(typed) <= MOST_HOURS):
            raise BadInput(N_("Write a whole number of hours, from 1 to {most}, or nothing."), most=MOST_HOURS)
        facts = SiteFacts(
            name=found.name,
            base_url=found.base_url,
            responsible=found.responsible,
            contact=found.contact,
            one_person_mode=found.one_person_mode,
            sync_hours=int(typed) if typed else None,
            least_read=found.least_read,
        )
        change_facts(db(), actor(), found.id, facts)

    return _do(found, "following", store)


@blueprint.post("/sites/<site>/approval")
def set_gate(site: str) -> Response:
    """Say what an approval asks for: how much is to be read, and by how many people."""
    found = _administered(site)

    def store() -> None:
        typed = request.form.get("least_read", "").strip()
        facts = SiteFacts(
            name=found.name,
            base_url=found.base_url,
            responsible=found.responsible,
            contact=found.contact,
            one_person_mode="one_person_mode" in request.form,
            sync_hours=found.sync_hours,
            least_read=int(typed) if typed.isdecimal() and len(typed) < 4 else -1,
        )
        change_facts(db(), actor(), found.id, facts)

    return _do(found, "approval", store)


@blueprint.post("/sites/<site>/editing-time")
def set_editing_time(site: str) -> Response:
    """Say whether people's editing time is measured, and for how many days it is kept."""
    found = _administered(site)

    def store() -> None:
        typed = request.form.get("days", "").strip()
        days = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
        change_editing_time(db(), actor(), found.id, days if "measure" in request.form else None)

    return _do(found, "editing-time", store)


@blueprint.post("/sites/<site>/visits")
def set_visits(site: str) -> Response:
    """Take in how often the pages are visited."""
    found = _administered(site)

    def store() -> None:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise BadInput(N_("No file was chosen. Choose a CSV file with the pages and their visits."))
        counted = read_visits(file.filename[:200], file.read())
        store_visits(db(), actor(), found.id, paths_of(counted, found.base_url))

    return _do(found, "visits", store)


@blueprint.get("/sites/<site>/log")
def log(site: str) -> Response:
    """Show who changed what, newest first."""
    found, chosen, asked = _administered(site), asked_for(), asked_words()
    number = min(max(1, request.args.get("page", 1, int)), 1_000_000)  # no database counts to any number
    total = audit_count(db(), actor(), found.id, chosen)
    rows = audit_rows(db(), actor(), found.id, chosen, limit=ROWS_PER_PAGE, offset=(number - 1) * ROWS_PER_PAGE)
    people, kinds = audit_choices(db(), actor(), found.id)
    named = subjects_of(found, {row.subject for row in rows})
    page = render_template(
        "sites/log.html",
        site=found,
        rows=[(row, named.get(row.subject) or Subject(plain(row.subject))) for row in rows],
        in_words=partial(in_words, titles=titles_of(found, rows)),
        total=total,
        asked=asked,
        people=people,
        kinds=kinds,
        newer=url_for("sites.log", site=site, page=number - 1, **asked) if number > 1 else None,
        older=url_for("sites.log", site=site, page=number + 1, **asked) if number * ROWS_PER_PAGE < total else None,
    )
    return make_response(page)


@blueprint.get("/sites/<site>/log.csv")
def log_table(site: str) -> Response:
    """Give the changes that are asked for as CSV."""
    found = _administered(site)
    rows = audit_rows(db(), actor(), found.id, asked_for(), limit=None)
    body = b"".join(write_table(COLUMNS, cells(rows)))
    return Response(
        body, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename=log-{found.slug}.csv"}
    )


def _administered(slug: str) -> SiteView:
    site = open_site(slug)
    actor().require(Action.ADMINISTER, site.id)
    return site


def _choice(kind: Callable[[str], C], value: str) -> C:
    try:
        return kind(value)
    except ValueError as error:
        raise BadInput(N_("“{value}” is none of the choices. Choose one from the list."), value=value[:40]) from error


def _do(site: SiteView, part: str, store: Callable[[], None]) -> Response:
    """Change something and come back to it, or say beside it why not."""
    try:
        store()
    except ReviewAppError as error:
        work().roll_back()
        return _settings(site, {part: error.render(gettext)}, status_of(error))
    return go(url_for("sites.overview", site=site.slug, told="saved", _anchor=part))


def _settings(site: SiteView, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    pages = pages_of(db(), site.id)
    page = render_template(
        "sites/overview.html",
        site=site,
        rules=rules_of(db(), site.id),
        visited=sum(page.visits > 0 for page in pages),
        rule=Rule(""),
        around=Rule(""),
        classes=[(str(name), gettext(word)) for name, word in CONTENT_CLASS_NAMES.items()],
        class_names=CONTENT_CLASS_NAMES,
        policy_names=POLICY_NAMES,
        public={tag: len(live_publications(db(), [page.id for page in pages], tag)) for tag in site.languages},
        errors=errors or {},
        form=request.form,
        policies=[(str(policy), gettext(name)) for policy, name in POLICY_NAMES.items()],
        engines=sorted(ENGINES),
    )
    return make_response(page, status)
