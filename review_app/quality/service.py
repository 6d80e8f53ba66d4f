"""Use cases of risk at a site: its settings, what is hidden until judged, and the risk of its texts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import Flag
from review_app.db import add_missing, among_given
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.quality.sampling import Sample, random_seed
from review_app.quality.tables import AuditDraw, Estimate, Judgement, QualitySetting
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision

AUDIT_SHARE = 0.05
"""Share of machine texts that are a spot check, until a site says otherwise."""

RETRAIN_EVERY = 200
"""Judged segments after which a site's model is trained again, until it says otherwise."""

LEAST_RETRAIN, MOST_RETRAIN = 50, 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site has decided about spot checks and training; no seed before the first draw."""

    audit_share: float
    retrain_every: int
    seed: int | None


class Risk(NamedTuple):
    """The estimated probability, 0 to 1, that a reviewer would change a text, and why: message ids with values."""

    value: float
    reasons: tuple[tuple[str, Mapping[str, Any]], ...]


def settings_of(session: Session, site_id: int) -> Settings:
    """Return what a site has decided, or what holds until it does."""
    row = session.get(QualitySetting, site_id)
    if row is None:
        return Settings(AUDIT_SHARE, RETRAIN_EVERY, seed=None)
    return Settings(row.audit_share, row.retrain_every, row.seed)


def settings_to_draw(session: Session, site_id: int) -> tuple[float, int]:
    """Return the share of spot checks (0 to 1) and the seed of the draw, which is drawn itself when first needed.

    Nobody can tell it from the site, and so not what will be drawn.
    """
    if session.get(QualitySetting, site_id) is None:
        begin_drawing(session, site_id, random_seed())
    settings = session.get_one(QualitySetting, site_id)
    return settings.audit_share, settings.seed


def begin_drawing(session: Session, site_id: int, seed: int) -> None:
    """Set what a new site's spot checks are drawn with, where they are to be the same each time: a demonstration."""
    row = {"site_id": site_id, "audit_share": AUDIT_SHARE, "retrain_every": RETRAIN_EVERY, "seed": seed}
    add_missing(session, QualitySetting, [row])


def change_settings(session: Session, actor: Actor, site_id: int, *, audit_share: float, retrain_every: int) -> None:
    """Change the share of spot checks (0 to 1) and how often a model is trained; raises ``BadInput``."""
    actor.require(Action.ADMINISTER, site_id)
    if not 0 <= audit_share <= 1:
        raise BadInput(N_("The share of spot checks is a number from 0 to 100 per cent."))
    if not LEAST_RETRAIN <= retrain_every <= MOST_RETRAIN:
        raise BadInput(
            N_("Training takes place after every {least} to {most} judged sentences. Choose a number between."),
            least=LEAST_RETRAIN,
            most=MOST_RETRAIN,
        )
    before = settings_of(session, site_id)
    after = Settings(audit_share, retrain_every, before.seed)
    if before == after:
        return
    row = session.get(QualitySetting, site_id)
    if row is None:
        row = QualitySetting(site_id=site_id, seed=random_seed())
        session.add(row)
    row.audit_share, row.retrain_every = audit_share, retrain_every
    record(
        session, actor, "quality.settings", f"site:{site_id}", site_id=site_id, before=_told(before), after=_told(after)
    )
    session.flush()


def hidden_revisions(session: Session, revision_ids: Collection[int]) -> frozenset[int]:
    """Return those texts whose flags and risk nobody may see yet: spot checks that no person has judged.

    What a reader has reported is no spot check any more: their words must be seen.
    """
    return frozenset(session.scalars(_HIDDEN, {"revision_ids": list(revision_ids)}))


def is_hidden(revision_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a text is one whose flags and risk nobody may see yet."""
    return exists().where(AuditDraw.revision_id == revision_id, *_unjudged())


def _unjudged() -> tuple[ColumnElement[bool], ...]:
    reported = exists().where(
        Flag.revision_id == AuditDraw.revision_id, Flag.origin == FlagOrigin.READER, Flag.state == FlagState.OPEN
    )
    return ~reported, ~exists().where(Judgement.judged_id == AuditDraw.revision_id)


_HIDDEN = select(AuditDraw.revision_id).where(among_given(AuditDraw.revision_id, "revision_ids"), *_unjudged())
_BEFORE = (
    select(is_hidden(Revision.id), Estimate.risk, Estimate.model)
    .select_from(Revision)
    .outerjoin(Estimate, Estimate.revision_id == Revision.id)
    .where(Revision.id == bindparam("judged_id"))
)
_JUDGE = insert(Judgement)


def risk_values(session: Session, revision_ids: Collection[int]) -> dict[int, float]:
    """Return the risk of those texts that have an estimate, by revision id, without its reasons."""
    return dict(session.execute(_VALUES, {"revision_ids": list(revision_ids)}).all())


_VALUES = select(Estimate.revision_id, Estimate.risk).where(among_given(Estimate.revision_id, "revision_ids"))


def risks_of(session: Session, revision_ids: Collection[int]) -> dict[int, Risk]:
    """Return the risk of those texts that have an estimate, with its reasons, by revision id."""
    rows = session.execute(_RISKS, {"revision_ids": list(revision_ids)})
    return {row.revision_id: Risk(row.risk, tuple((name, values) for name, values in row.reasons)) for row in rows}


_RISKS = select(Estimate.revision_id, Estimate.risk, Estimate.reasons).where(
    among_given(Estimate.revision_id, "revision_ids")
)


def note_judgement(session: Session, site_id: int, language: str, judged: Revision | None, left: Revision) -> None:
    """Remember that a person judged a machine's text: why they saw it, and the risk it had.

    A draft of an older source is not judged: it is changed because the source was.
    """
    if judged is None or judged.origin is not Origin.MACHINE or judged.source != left.source or judged.draft_id is None:
        return
    is_audit, risk, model = session.execute(_BEFORE, {"judged_id": judged.id}).one()
    judgement = {
        "revision_id": left.id,
        "judged_id": judged.id,
        "site_id": site_id,
        "language": language,
        "sample": Sample.AUDIT if is_audit else Sample.TRIAGE,
        "risk": risk,
        "model": model,
    }
    session.execute(_JUDGE, judgement)


def _told(settings: Settings) -> dict[str, Any]:
    return {"audit_share": f"{settings.audit_share:.1%}", "retrain_every": settings.retrain_every}
