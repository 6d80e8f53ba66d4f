"""Which jobs there are, for those who may see them: what is under way first, then the newest."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.errors import NotFound
from review_app.jobs.service import NO_SITE, JobView, view_of
from review_app.jobs.states import JobState
from review_app.jobs.tables import Job
from review_app.locale import N_

FEWEST_SIGNS = 4
"""Signs of an id that a job can be named by, if no other id begins with them."""


def jobs_of(
    session: Session, actor: Actor, site_id: int | None, state: JobState | None = None, *, limit: int, offset: int = 0
) -> list[JobView]:
    """Return jobs of a site, or of all sites and of none: all for its administrators, for others those they asked for.

    Raises ``NotAllowed`` for strangers.
    """
    found = _seen_by(actor, site_id, state)
    order = found.order_by(Job.finished_at.is_not(None), Job.created_at.desc(), Job.id)
    return [view_of(job) for job in session.scalars(order.limit(limit).offset(offset))]


def jobs_count(session: Session, actor: Actor, site_id: int | None, state: JobState | None = None) -> int:
    """Return how many jobs ``jobs_of`` would return without a limit."""
    found = _seen_by(actor, site_id, state).with_only_columns(func.count())
    return session.scalar(found) or 0


def named_job(session: Session, actor: Actor, beginning: str) -> JobView:
    """Return the job whose id begins so; raises ``NotFound`` when there is none, or more than one, for this actor."""
    rows = select(Job).where(Job.id.startswith(beginning.lower(), autoescape=True)).limit(2)
    found = session.scalars(rows).all() if len(beginning) >= FEWEST_SIGNS else []
    if len(found) != 1 or not (found[0].site_id is None or actor.may(Action.READ, found[0].site_id)):
        raise NotFound(N_("There is no such job."))
    return view_of(found[0])


def _seen_by(actor: Actor, site_id: int | None, state: JobState | None) -> Select[Job]:
    found = select(Job)
    if site_id is None:
        actor.require(Action.ADMINISTER, NO_SITE)
    else:
        actor.require(Action.READ, site_id)
        found = found.where(Job.site_id == site_id)
        if not actor.may(Action.ADMINISTER, site_id):
            found = found.where(Job.person_id == actor.person_id)
    return found if state is None else found.where(Job.state == state)
