"""Use cases of outside translators: what they are given, and being lent its pages. They reach nothing else.

A commission lends its holder its pages in its one language, for one request: a service that asks for the site refuses
them, because the role allows nothing of its own.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.commissions.service import CommissionView, views
from review_app.commissions.tables import Commission
from review_app.errors import NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import pages_by_id
from review_app.review.heads import head_of
from review_app.review.views import PageHead
from review_app.review.work import load_work
from review_app.sites.service import site_by_id


def own_commissions(session: Session, actor: Actor) -> list[CommissionView]:
    """Return the open commissions of this person, what is due first before the rest."""
    _require_outside(actor)
    rows = session.scalars(
        select(Commission)
        .where(Commission.person_id == actor.person_id, Commission.closed_at.is_(None))
        .order_by(Commission.due_on.is_(None), Commission.due_on, Commission.id)
    ).all()
    return views(session, [row for row in rows if actor.may(Action.DO_JOB, row.site_id)])


def own_commission(session: Session, actor: Actor, commission_id: int) -> CommissionView:
    """Return one's own open commission; raises ``NotFound`` for any other, as if it were not there."""
    _require_outside(actor)
    row = session.get(Commission, commission_id)
    if (
        row is None
        or row.person_id != actor.person_id
        or row.closed_at is not None
        or not actor.may(Action.DO_JOB, row.site_id)
    ):
        raise NotFound(N_("There is no such job."))
    return views(session, [row])[0]


def own_heads(session: Session, commission: CommissionView) -> list[PageHead]:
    """Return how far the pages of a commission are, by path."""
    pages = pages_by_id(session, commission.page_ids)
    work = load_work(session, site_by_id(session, commission.site_id), pages, commission.language)
    return [head_of(work, page) for page in pages]


def lent(session: Session, actor: Actor, commission_id: int, page_id: int) -> tuple[CommissionView, Actor]:
    """Return one's own open commission with this page, and its holder with what it lends; raises ``NotFound``."""
    commission = own_commission(session, actor, commission_id)
    if page_id not in commission.page_ids:
        raise NotFound(N_("There is no such page."))
    return commission, replace(actor, loan=commission.loan)


def _require_outside(actor: Actor) -> None:
    if not any(actor.may(Action.DO_JOB, site_id) for site_id in actor.site_ids):
        raise NotAllowed(N_("This page is for outside translators."))
