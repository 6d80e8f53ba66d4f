"""Use cases of commissions, for those who give them: give pages to an outside translator, see what is given, end it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action, Actor, Loan
from review_app.accounts.service import names_of, record
from review_app.commissions.bands import Band, Count, Counts, together
from review_app.commissions.tables import Commission, CommissionPage
from review_app.db import utc_now
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.service import paths_of
from review_app.sites.service import site_by_id


@dataclass(frozen=True, slots=True)
class CommissionView:
    """A commission as it is shown; ``counts`` by page id, ``None`` until they are counted."""

    id: int
    site_id: int
    site: str
    site_slug: str
    source_language: str
    language: str
    person_id: int
    person: str
    name: str
    due_on: date | None
    with_memory: bool
    closed: bool
    page_ids: tuple[int, ...]
    counts: Mapping[int, Counts] | None

    @property
    def loan(self) -> Loan:
        """What it lends to whoever has it, while it is open."""
        return Loan(self.site_id, self.language, frozenset(self.page_ids), self.with_memory)

    @property
    def total(self) -> Counts | None:
        """The counts of all its pages together."""
        return None if self.counts is None else together(self.counts.values())


def give_commission(
    session: Session,
    actor: Actor,
    site_id: int,
    *,
    person_id: int | None,
    language: str,
    name: str,
    page_ids: Collection[int],
    due_on: date | None = None,
    with_memory: bool = True,
) -> int:
    """Give pages in a language to an outside translator; returns the commission's id, to be counted by a job."""
    actor.require(Action.ADMINISTER, site_id)
    site, paths = site_by_id(session, site_id), dict(paths_of(session, site_id))
    if language not in site.languages:
        raise BadInput(N_("The site is not translated into {language}. Add the language first."), language=language)
    if person_id not in {one.person_id for one in who_may(session, Action.DO_JOB, site_id)}:
        raise BadInput(N_("Choose an outside translator. Invite one under People first."))
    if not page_ids or not set(page_ids) <= set(paths):
        raise BadInput(N_("Choose at least one page of the site."))
    if not name.strip():
        raise BadInput(N_("Write what the job is called."))
    row = Commission(
        site_id=site_id,
        language=language,
        person_id=person_id,
        name=name.strip(),
        due_on=due_on,
        with_memory=with_memory,
        given_by=actor.person_id,
    )
    session.add(row)
    session.flush()
    chosen = sorted(set(page_ids))
    session.add_all(CommissionPage(commission_id=row.id, page_id=page_id) for page_id in chosen)
    facts = {"name": row.name, "language": language, "person_id": person_id, "due_on": due_on and due_on.isoformat()}
    facts["memory"] = with_memory
    _tell(session, actor, row, "commission.give", {**facts, "pages": [paths[page] for page in chosen]})
    return row.id


def close_commission(session: Session, actor: Actor, site_id: int, commission_id: int) -> None:
    """End a commission: whoever had it sees its pages no more. Closing it twice changes nothing."""
    row = _of_site(session, actor, site_id, commission_id)
    if row.closed_at is None:
        row.closed_at = utc_now()
        _tell(session, actor, row, "commission.close", {"name": row.name})


def commissions_of(session: Session, actor: Actor, site_id: int) -> list[CommissionView]:
    """Return a site's commissions, those that are open first, the newest first."""
    actor.require(Action.ADMINISTER, site_id)
    rows = session.scalars(
        select(Commission)
        .where(Commission.site_id == site_id)
        .order_by(Commission.closed_at.is_not(None), Commission.id.desc())
    ).all()
    return views(session, rows)


def get_commission(session: Session, actor: Actor, site_id: int, commission_id: int) -> CommissionView:
    """Return a commission of a site; raises ``NotFound``."""
    return views(session, [_of_site(session, actor, site_id, commission_id)])[0]


def views(session: Session, rows: Collection[Commission]) -> list[CommissionView]:
    """Return commissions as they are shown."""
    names = names_of(session, {row.person_id for row in rows})
    pages: dict[int, list[int]] = {}
    links = select(CommissionPage.commission_id, CommissionPage.page_id).order_by(CommissionPage.page_id)
    for commission_id, page_id in session.execute(
        links.where(CommissionPage.commission_id.in_([row.id for row in rows]))
    ):
        pages.setdefault(commission_id, []).append(page_id)
    sites = {site_id: site_by_id(session, site_id) for site_id in {row.site_id for row in rows}}
    return [
        CommissionView(
            id=row.id,
            site_id=row.site_id,
            site=sites[row.site_id].name,
            site_slug=sites[row.site_id].slug,
            source_language=sites[row.site_id].source_language,
            language=row.language,
            person_id=row.person_id,
            person=names.get(row.person_id, ""),
            name=row.name,
            due_on=row.due_on,
            with_memory=row.with_memory,
            closed=row.closed_at is not None,
            page_ids=tuple(pages.get(row.id, ())),
            counts=None if row.counts is None else read_counts(row.counts),
        )
        for row in rows
    ]


def stored_counts(counts: Mapping[int, Counts]) -> dict[str, Any]:
    """Return counts as they are stored."""
    return {
        str(page): {str(band): [count.segments, count.words] for band, count in bands.items()}
        for page, bands in counts.items()
    }


def read_counts(stored: Mapping[str, Any]) -> dict[int, Counts]:
    """Return counts from how they are stored."""
    return {int(page): {band: Count(*bands.get(str(band), (0, 0))) for band in Band} for page, bands in stored.items()}


def _of_site(session: Session, actor: Actor, site_id: int, commission_id: int) -> Commission:
    actor.require(Action.ADMINISTER, site_id)
    row = session.get(Commission, commission_id)
    if row is None or row.site_id != site_id:
        raise NotFound(N_("There is no such job."))
    return row


def _tell(session: Session, actor: Actor, row: Commission, action: str, after: Mapping[str, Any]) -> None:
    record(session, actor, action, f"commission:{row.id}", site_id=row.site_id, after=after)
    session.flush()
