"""Checks that a site has switched off because they are wrong too often there."""

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks import CHECKS
from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import CheckSwitch, Flag
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.tables import Page
from review_app.segments.tables import Segment
from review_app.translations.tables import Revision, Translation


def switched_off(session: Session, site_id: int) -> frozenset[str]:
    """Return the names of the checks that a site has switched off."""
    return frozenset(session.scalars(_SWITCHED, {"site_id": site_id}))


_SWITCHED = select(CheckSwitch.check).where(CheckSwitch.site_id == bindparam("site_id"))


def switch_off(session: Session, actor: Actor, site_id: int, check: str) -> None:
    """Switch a check off at a site; its open flags on present texts go, those of past texts stay as evidence."""
    _require(actor, site_id, check)
    if check in switched_off(session, site_id):
        return
    session.add(CheckSwitch(site_id=site_id, check=check, switched_by=actor.person_id))
    gone = _forget_flags(session, site_id, check)
    after = {"check": check, "flags": gone}
    record(session, actor, "check.switch_off", f"site:{site_id}", site_id=site_id, after=after)
    session.flush()


def switch_on(session: Session, actor: Actor, site_id: int, check: str) -> None:
    """Switch a check on again; what it says of present texts is found when they are checked anew."""
    _require(actor, site_id, check)
    if check not in switched_off(session, site_id):
        return
    session.execute(delete(CheckSwitch).where(CheckSwitch.site_id == site_id, CheckSwitch.check == check))
    record(session, actor, "check.switch_on", f"site:{site_id}", site_id=site_id, after={"check": check})
    session.flush()


def _require(actor: Actor, site_id: int, check: str) -> None:
    actor.require(Action.ADMINISTER, site_id)
    if check not in CHECKS:
        raise NotFound(N_("There is no check called “{check}”."), check=check)


def _forget_flags(session: Session, site_id: int, check: str) -> int:
    newest = (
        select(func.max(Revision.id))
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == site_id)
        .group_by(Revision.translation_id)
    )
    gone = session.scalars(
        delete(Flag)
        .where(
            Flag.revision_id.in_(newest),
            Flag.name == check,
            Flag.origin == FlagOrigin.CHECK,
            Flag.state == FlagState.OPEN,
        )
        .returning(Flag.id)
    )
    return len(gone.all())
