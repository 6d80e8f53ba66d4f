"""Use cases of outside translators: what they are given, and working on its pages. They reach nothing else.

A commission lends its holder a translator's rights in its one language, for one call about one of its pages: every
other service refuses them, because the role allows nothing of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor, Role
from review_app.commissions.service import CommissionView, views
from review_app.commissions.tables import Commission
from review_app.errors import NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import pages_by_id
from review_app.review import decisions, service
from review_app.review.heads import head_of
from review_app.review.helping import Help, help_with
from review_app.review.views import Bench, PageHead, SegmentRow
from review_app.review.work import load_work
from review_app.sites.service import site_by_id

Choose = Callable[[Sequence[SegmentRow]], str | None]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of one's own commission, ready to be worked on."""

    commission: CommissionView
    bench: Bench


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


def own_page(session: Session, actor: Actor, commission_id: int, page_id: int, opened: Choose) -> OwnPage:
    """Return a page of one's own commission with every segment."""
    commission, lent = _lent(session, actor, commission_id, page_id)
    return OwnPage(commission, service.bench(session, lent, page_id, commission.language, opened))


def own_help(session: Session, actor: Actor, commission_id: int, page_id: int, key: str) -> Help:
    """Return what the memory and the glossary have for a segment."""
    commission, lent = _lent(session, actor, commission_id, page_id)
    return help_with(session, lent, page_id, commission.language, key)


def save_own(
    session: Session, actor: Actor, commission_id: int, page_id: int, key: str, *, text: str, based_on: int
) -> None:
    """Store a text; raises ``Conflict`` when somebody saved since."""
    commission, lent = _lent(session, actor, commission_id, page_id)
    service.save(session, lent, page_id, commission.language, key, text=text, based_on=based_on)


def accept_own(session: Session, actor: Actor, commission_id: int, page_id: int, key: str, *, based_on: int) -> None:
    """Store the word that a text is right as it stands."""
    commission, lent = _lent(session, actor, commission_id, page_id)
    service.accept(session, lent, page_id, commission.language, key, based_on=based_on)


def submit_own(session: Session, actor: Actor, commission_id: int, page_id: int) -> None:
    """Offer a page for approval."""
    commission, lent = _lent(session, actor, commission_id, page_id)
    decisions.submit(session, lent, page_id, commission.language)


def _lent(session: Session, actor: Actor, commission_id: int, page_id: int) -> tuple[CommissionView, Actor]:
    commission = own_commission(session, actor, commission_id)
    if page_id not in commission.page_ids:
        raise NotFound(N_("There is no such page."))
    site, only = commission.site_id, frozenset({commission.language})
    return commission, replace(
        actor, roles=((site, frozenset({Role.TRANSLATOR})),), limits=((site, Role.TRANSLATOR, only),)
    )


def _require_outside(actor: Actor) -> None:
    if not any(actor.may(Action.DO_JOB, site_id) for site_id in actor.site_ids):
        raise NotAllowed(N_("This page is for outside translators."))
