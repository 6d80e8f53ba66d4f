"""What a site has decided about marking: MQM's categories or not, and what errors cost."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.annotations.marks import Protocol
from review_app.annotations.tables import AnnotationSetting
from review_app.annotations.weights import PUBLISHED, Weights, checked, read_weights


@dataclass(frozen=True, slots=True)
class Settings:
    """By which rules the next rounds are marked, and the weights that reports use now."""

    protocol: Protocol = Protocol.ESA
    weights: Weights = PUBLISHED


def settings_of(session: Session, site_id: int) -> Settings:
    """Return what a site has decided, or what holds until it does."""
    row = session.get(AnnotationSetting, site_id)
    return Settings() if row is None else Settings(row.protocol, read_weights(row.weights))


def change_settings(session: Session, actor: Actor, site_id: int, wanted: Settings) -> None:
    """Change how a site's errors are marked and weighed; raises ``BadInput``."""
    actor.require(Action.ADMINISTER, site_id)
    before, weights = settings_of(session, site_id), checked(wanted.weights)
    if before == wanted:
        return
    row = session.get(AnnotationSetting, site_id)
    if row is None:
        row = AnnotationSetting(site_id=site_id)
        session.add(row)
    row.protocol, row.weights = wanted.protocol, weights.as_json()
    subject = f"site:{site_id}"
    record(session, actor, "annotation.settings", subject, site_id=site_id, before=_told(before), after=_told(wanted))
    session.flush()


def _told(settings: Settings) -> dict[str, Any]:
    return {"protocol": str(settings.protocol), **settings.weights.as_json()}
