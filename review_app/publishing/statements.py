"""The public statements of accuracy: what was told from when until when, by whose word."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import hold, utc_now
from review_app.publishing.accuracy import Measured
from review_app.publishing.tables import AccuracyStatement
from review_app.sites.tables import Site


def find_statement(session: Session, site_id: int, language: str) -> AccuracyStatement | None:
    """Return the statement that is public of a site's language, if one is."""
    return session.scalars(
        select(AccuracyStatement).where(
            AccuracyStatement.site_id == site_id,
            AccuracyStatement.language == language,
            AccuracyStatement.ended_at.is_(None),
        )
    ).first()


def public_statements(session: Session, site_id: int) -> tuple[str, ...]:
    """Return the languages of which a statement is public."""
    return tuple(
        session.scalars(
            select(AccuracyStatement.language)
            .where(AccuracyStatement.site_id == site_id, AccuracyStatement.ended_at.is_(None))
            .order_by(AccuracyStatement.language)
        )
    )


def publish_statement(session: Session, actor: Actor, site_id: int, language: str, facts: Measured) -> None:
    """Make a statement public in place of the one before, which is kept."""
    actor.require(Action.ADMINISTER, site_id)
    hold(session, Site.id, [site_id])
    _end(session, actor, site_id, language)
    session.add(
        AccuracyStatement(site_id=site_id, language=language, facts=facts.as_json(), published_by=actor.person_id)
    )
    told = {"language": language, "segments": facts.n}
    record(session, actor, "statement.publish", f"site:{site_id}", site_id=site_id, after=told)
    session.flush()


def withdraw_statement(session: Session, actor: Actor, site_id: int, language: str) -> None:
    """Take the statement of a language off the public pages; without one nothing changes."""
    actor.require(Action.ADMINISTER, site_id)
    hold(session, Site.id, [site_id])
    if _end(session, actor, site_id, language):
        record(session, actor, "statement.withdraw", f"site:{site_id}", site_id=site_id, before={"language": language})
    session.flush()


def _end(session: Session, actor: Actor, site_id: int, language: str) -> bool:
    before = find_statement(session, site_id, language)
    if before is not None:
        before.ended_at, before.ended_by = utc_now(), actor.person_id
        session.flush()
    return before is not None
