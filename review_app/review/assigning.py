"""Who is to correct which page in which language, and by when.

An assignment is of one page, or of everything of a site in a language; the page's own goes first. It is a word among
colleagues: whoever may correct a page may correct it, whoever has it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of, record
from review_app.accounts.tables import Person
from review_app.db import hold, utc_now
from review_app.errors import BadInput, Conflict, NotFound
from review_app.locale import N_
from review_app.pages.service import paths_of
from review_app.review.tables import Assignment
from review_app.review.views import Assigned, PageHead
from review_app.sites.service import SiteView, site_by_id
from review_app.sites.tables import Site

SOON = timedelta(days=3)
"""Work that is due within these days is due soon."""

Place = int | None
"""A page's id, or ``None`` for everything of the site that nobody has by itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """One assignment, as the list of them shows it; without a page it is of the whole site."""

    page_id: int | None
    path: str
    language: str
    holder: Assigned
    by: str


def due_state(due_on: date | None, today: date) -> str:
    """Return ``late``, ``soon`` or nothing; ``today`` is the site's."""
    if due_on is None or due_on > today + SOON:
        return ""
    return "late" if due_on < today else "soon"


def give(
    session: Session,
    actor: Actor,
    site_id: int,
    language: str,
    *,
    person_id: int | None,
    due_on: date | None = None,
    page_ids: Collection[int] | None = None,
) -> int:
    """Give pages in a language to a person, or to nobody; returns how many changed hands or days.

    Without pages it is everything of the site that nobody has by itself. Raises ``BadInput`` for a person who may not
    correct there, ``NotAllowed`` for whoever may not give work to others.
    """
    site = _opened(session, actor, Action.ASSIGN, site_id, language)
    translators = {one.person_id for one in who_may(session, Action.CORRECT, site_id, language)}
    if person_id is not None and person_id not in translators:
        raise BadInput(N_("Choose a person who translates for the site."))
    places: Sequence[Place] = [None] if page_ids is None else sorted(set(page_ids))
    return _set(session, actor, site, language, places, _Word(person_id, due_on if person_id else None))


def take(session: Session, actor: Actor, page_id: int, site_id: int, language: str) -> None:
    """Take a page that nobody has."""
    site = _opened(session, actor, Action.CORRECT, site_id, language)
    hold(session, Site.id, [site_id])
    if holder_of(holders(session, site, language), page_id) is not None:
        raise Conflict(N_("Somebody has this page already. Ask an administrator or an approver of the site."))
    _set(session, actor, site, language, [page_id], _Word(actor.person_id))


def give_back(session: Session, actor: Actor, page_id: int, site_id: int, language: str) -> None:
    """Give a page back that is one's own by itself."""
    site = _opened(session, actor, Action.CORRECT, site_id, language)
    hold(session, Site.id, [site_id])
    held = holders(session, site, language).get(page_id)
    if held is None or held.person_id != actor.person_id:
        raise Conflict(N_("This page is not yours to give back."))
    _set(session, actor, site, language, [page_id], _Word())


def holders(session: Session, site: SiteView, language: str) -> dict[Place, Assigned]:
    """Return who has what of a site in a language; ``None`` stands for the rest of the site."""
    rows = session.execute(_HOLDERS, {"site_id": site.id, "language": language})
    return {page: Assigned(person, name, due_on, whole_site=page is None) for page, person, name, due_on in rows}


_HOLDERS = (
    select(Assignment.page_id, Assignment.person_id, Person.name, Assignment.due_on)
    .join(Person, Person.id == Assignment.person_id)
    .where(Assignment.site_id == bindparam("site_id"), Assignment.language == bindparam("language"))
)


def with_holders(session: Session, site: SiteView, heads: Sequence[PageHead]) -> list[PageHead]:
    """Return pages of a site with who is to correct them."""
    held = {language: holders(session, site, language) for language in {head.language for head in heads}}
    return [replace(head, assigned=holder_of(held[head.language], head.page_id)) for head in heads]


def all_given(session: Session, actor: Actor, site_id: int) -> list[Given]:
    """Return a site's assignments: what is due first comes first, and whole languages at the end."""
    actor.require(Action.READ, site_id)
    site, paths = site_by_id(session, site_id), dict(paths_of(session, site_id))
    rows = session.execute(
        select(Assignment.page_id, Assignment.language, Assignment.assigned_by).where(Assignment.site_id == site_id)
    ).all()
    names = names_of(session, {row.assigned_by for row in rows if row.assigned_by})
    held = {language: holders(session, site, language) for language in {row.language for row in rows}}
    found = [
        Given(
            row.page_id,
            paths.get(row.page_id or 0, ""),
            row.language,
            held[row.language][row.page_id],
            names.get(row.assigned_by or 0, ""),
        )
        for row in rows
    ]
    return sorted(found, key=_order)


def _order(given: Given) -> tuple[bool, date, str, str]:
    return given.page_id is None, given.holder.due_on or date.max, given.path, given.language


def holder_of(held: Mapping[Place, Assigned], page_id: int) -> Assigned | None:
    """Return who has a page: by itself, or with the rest of the site."""
    return held.get(page_id) or held.get(None)


def is_with_another(holder: Assigned | None, person_id: int | None) -> bool:
    """Say whether somebody else has a page."""
    return holder is not None and holder.person_id != person_id


def _opened(session: Session, actor: Actor, action: Action, site_id: int, language: str) -> SiteView:
    site = site_by_id(session, site_id)
    if not actor.may(Action.READ, site_id):
        raise NotFound(N_("There is no such page."))
    actor.require(action, site_id, language)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return site


class _Word(NamedTuple):
    """Who has something, and by when."""

    person_id: int | None = None
    due_on: date | None = None

    def as_json(self, where: Mapping[str, str]) -> dict[str, Any] | None:
        if self.person_id is None:
            return None
        return {**where, "person_id": self.person_id, "due_on": self.due_on and self.due_on.isoformat()}


def _set(session: Session, actor: Actor, site: SiteView, language: str, places: Sequence[Place], wanted: _Word) -> int:
    hold(session, Site.id, [site.id])  # of two who give the same page, the second finds what the first did
    paths = dict(paths_of(session, site.id))
    if any(place is not None and place not in paths for place in places):
        raise NotFound(N_("There is no such page."))
    rows = session.scalars(select(Assignment).where(Assignment.site_id == site.id, Assignment.language == language))
    held = {row.page_id: row for row in rows}
    changed = 0
    for place in places:
        row = held.get(place)
        before = _Word(row.person_id, row.due_on) if row else _Word()
        if before == wanted:
            continue
        changed += 1
        _store(session, actor, row or Assignment(site_id=site.id, page_id=place, language=language), wanted)
        where = {"language": language} | ({} if place is None else {"page": paths[place]})
        subject = f"site:{site.id}:{language}" if place is None else f"page:{place}:{language}"
        said = {"before": before.as_json(where), "after": wanted.as_json(where)}
        record(session, actor, "page.assign", subject, site_id=site.id, **said)
    session.flush()
    return changed


def _store(session: Session, actor: Actor, row: Assignment, wanted: _Word) -> None:
    if wanted.person_id is None:
        session.delete(row)
        return
    row.person_id, row.due_on = wanted.person_id, wanted.due_on
    row.assigned_by, row.assigned_at = actor.person_id, utc_now()
    session.add(row)
