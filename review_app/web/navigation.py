"""The bar's links: which there are, for whom, and where this page stands among them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext
from werkzeug.routing import BuildError

from review_app.accounts.permissions import Action, Actor
from review_app.annotations.working import texts_left
from review_app.locale import N_
from review_app.review.decisions import waiting
from review_app.web.context import current_job, current_site, db, find_person


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the bar: shown to those who may do ``action`` at some site, when its route exists.

    ``passing``: only while something is there to count.
    """

    label: str
    endpoint: str
    action: Action
    prefixes: tuple[str, ...]
    counts: Callable[[Actor], int | None] | None = None
    passing: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the bar, ready to be shown; ``label`` is an English message id."""

    label: str
    address: str
    current: bool
    count: int | None


def _waiting(actor: Actor) -> int:
    return len(waiting(db(), actor))


def _to_mark(actor: Actor) -> int | None:
    return texts_left(db(), actor)


SITE_PAGES = (
    "sites.", "people.", "commissions.", "engines.", "wording.", "archive.", "checks.", "statement.", "open_data.",
)  # fmt: skip

PLACES = (
    Place(N_("Your jobs"), "outside.mine", Action.DO_JOB, ("outside.",)),
    Place(N_("Start"), "start.home", Action.READ, ("start.home",)),
    Place(
        N_("Pages"),
        "pages.matrix",
        Action.READ,
        ("pages.", "preview.", "jobs.", "review.bench", "queue.", "assignments."),
    ),
    Place(N_("To approve"), "start.approvals", Action.APPROVE, ("start.approvals", "review.desk"), _waiting),
    Place(N_("Mark errors"), "annotations.mine", Action.ANNOTATE, ("annotations.",), _to_mark, passing=True),
    Place(N_("Reports"), "reports.overview", Action.READ, ("reports.", "quality.", "references.", "rounds.")),
    Place(N_("Glossary"), "glossary.show", Action.CORRECT, ("glossary.", "recurring.", "memory.")),
    Place(N_("Site"), "sites.overview", Action.ADMINISTER, SITE_PAGES),
)
"""A prefix is the start of the endpoints that belong to the place."""


def navigation() -> list[NavItem]:
    """Return the bar's links for whoever is signed in."""
    person, site = find_person(), current_site()
    if person is None:
        return []
    items = []
    for place in PLACES:
        address = address_of(place.endpoint, site=site.slug if site else None)
        if address is None or not may_somewhere(person.actor, place.action):
            continue
        count = place.counts(person.actor) if place.counts else None
        if count is not None or not place.passing:
            items.append(NavItem(place.label, address, (request.endpoint or "").startswith(place.prefixes), count))
    return items


def may_somewhere(actor: Actor, action: Action) -> bool:
    """Say whether the actor may do this at any site."""
    return any(actor.may(action, site_id) for site_id in actor.site_ids)


def way_to_pages(site: str, name: str) -> list[tuple[str, str | None]]:
    """Return the steps that lead to a page of the bench, as words and addresses: the site's pages, or one's job."""
    job = current_job()
    if job is None:
        return [(name, address_of("pages.matrix", site=site))]
    return [(gettext("Your jobs"), url_for("outside.mine")), (job.name, url_for("outside.one", commission_id=job.id))]


def address_of(endpoint: str, **values: Any) -> str | None:
    """Return an address, or nothing when this installation has no such page."""
    if endpoint not in current_app.view_functions:
        return None
    rule = next(current_app.url_map.iter_rules(endpoint))
    known = {name: value for name, value in values.items() if name in rule.arguments or name != "site"}
    try:
        return url_for(endpoint, **known)
    except BuildError:
        return None
