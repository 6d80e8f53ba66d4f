"""The start page: what this person should do next, what waits for their word, what came back; one click into each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import ngettext

from review_app.accounts.permissions import Action, Actor
from review_app.locale import N_
from review_app.pages.changes import changes_since
from review_app.reports.lately import lately
from review_app.review.assigning import due_state, is_with_another, with_holders
from review_app.review.decisions import returned, waiting
from review_app.review.service import today
from review_app.review.views import PageHead
from review_app.sites.policy import ContentClass
from review_app.web.context import actor, current_site, db, my_sites, open_site
from review_app.web.htmx import go
from review_app.web.language import local_today, time_zone
from review_app.web.navigation import may_somewhere
from review_app.web.queue import default_language

blueprint = Blueprint("start", __name__)

MOST_ROWS = 12
"""Rows of a table of work: the most urgent; the rest is in the matrix."""

MOST_CHANGES = 5
"""Changes of the website that are named."""

CHANGE_NAMES = {"new": N_("new"), "changed": N_("changed"), "gone": N_("gone from the website")}


@dataclass(frozen=True, slots=True)
class Plan:
    """A person's work in one sentence: flagged and risky passages, spot checks, minutes, on how many pages.

    ``near`` are those passages that are in the site and the language of the ``first`` page: a queue has them in a row.
    """

    passages: int
    spot_checks: int
    minutes: int
    pages: int
    first: PageHead | None
    near: int


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a page on its website."""

    site: str
    page_id: int
    title: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened on the websites since yesterday: in sentences, and the last of it page by page."""

    told: tuple[str, ...]
    first: tuple[Change, ...]
    more: int


def plan(heads: Sequence[PageHead]) -> Plan:
    """Sum up what is left; the first page is the most urgent one that has a text to correct."""
    first = next((head for head in heads if head.has_work), None)
    place = (first.site_slug, first.language) if first else None
    return Plan(
        passages=sum(head.risky for head in heads),
        spot_checks=sum(head.spot_checks for head in heads),
        minutes=sum(head.minutes_left for head in heads),
        pages=len({(head.page_id, head.language) for head in heads}),
        first=first,
        near=sum(head.risky for head in heads if (head.site_slug, head.language) == place),
    )


@blueprint.get("/")
def home() -> Response:
    """Show what to do next."""
    me, site = actor(), current_site()
    if site is None and may_somewhere(me, Action.DO_JOB):
        return go(url_for("outside.mine"))
    heads = [
        head for head in _held(today(db(), me)) if head.segments and not is_with_another(head.assigned, me.person_id)
    ]
    work = sorted((head for head in heads if head.has_work), key=_urgency)
    given, free = ([head for head in work if (head.assigned is not None) is mine] for mine in (True, False))
    made = plan(work)
    language = default_language(site.languages) if site and site.languages else None
    return make_response(
        render_template(
            "start/home.html",
            plan=made,
            given=given[: MOST_ROWS * 2],
            heads=free[:MOST_ROWS],
            more=len(free) - MOST_ROWS,
            untranslated=len(heads) - len(work),
            waiting=waiting(db(), me),
            returned=_returned_to(me),
            site=site,
            language=made.first.language if made.first and site and made.first.site_slug == site.slug else language,
            lately=None,
            changes=_changes(me, heads),
            change_names=CHANGE_NAMES,
            corrects=may_somewhere(me, Action.CORRECT),
            approves=may_somewhere(me, Action.APPROVE),
            imports=may_somewhere(me, Action.IMPORT),
        )
    )


@blueprint.get("/sites/<site>/lately")
def quality(site: str) -> Response:
    """Show in a line how good the machine's texts were lately: the start page asks for it when it is there."""
    found = open_site(site)
    language = request.args.get("language", "")[:35] or default_language(found.languages)
    line = lately(db(), actor(), site, language, local_today())
    return make_response(render_template("start/_quality.html", site=found, language=language, lately=line))


@blueprint.get("/approvals")
def approvals() -> Response:
    """Show every submission this person may decide on."""
    return make_response(render_template("start/approvals.html", waiting=waiting(db(), actor())))


def _held(heads: Sequence[PageHead]) -> list[PageHead]:
    """Return pages, in their order, with who has them."""
    known = {}
    for site in my_sites():
        for head in with_holders(db(), site, [head for head in heads if head.site_slug == site.slug]):
            known[head.page_id, head.language] = head.assigned
    return [replace(head, assigned=known.get((head.page_id, head.language))) for head in heads]


def _urgency(head: PageHead) -> tuple[bool, bool, bool]:
    """Crises first, then what one has to do by a day that is near, then one's own; else the order stays."""
    own = head.assigned
    near = own is not None and due_state(own.due_on, local_today()) != ""
    return head.content_class is not ContentClass.CRISIS, not near, own is None


def _returned_to(me: Actor) -> list[tuple[PageHead, object]]:
    found = returned(db(), me)
    held = _held([head for head, _ in found])
    answers = zip(held, (decision for _, decision in found), strict=True)
    return [(head, decision) for head, decision in answers if not is_with_another(head.assigned, me.person_id)]


def _changes(me: Actor, heads: Iterable[PageHead]) -> Changes | None:
    """Return what happened on the websites since yesterday began."""
    since = datetime.combine(local_today() - timedelta(days=1), time(), time_zone())
    found = [
        Change(site.slug, change.page_id, change.title, change.kind, change.at)
        for site in my_sites()
        if me.may(Action.CORRECT, site.id) or me.may(Action.IMPORT, site.id)
        for change in changes_since(db(), site.id, since)
    ]
    if not found:
        return None
    counts = {kind: sum(change.kind == kind for change in found) for kind in CHANGE_NAMES}
    ids = {change.page_id for change in found}
    stale = sum(head.stale for head in heads if head.page_id in ids)
    told = [
        ngettext("%(num)d page changed.", "%(num)d pages changed.", counts["changed"]) if counts["changed"] else "",
        ngettext("%(num)d page is new.", "%(num)d pages are new.", counts["new"]) if counts["new"] else "",
        ngettext("%(num)d page is gone.", "%(num)d pages are gone.", counts["gone"]) if counts["gone"] else "",
        ngettext("%(num)d translation needs another look.", "%(num)d translations need another look.", stale)
        if stale
        else "",
    ]
    return Changes(tuple(filter(None, told)), tuple(found[:MOST_CHANGES]), len(found) - MOST_CHANGES)
