"""Use cases of rounds: open one with texts drawn by lot, give it to more people, close it, see how far it is."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.people import Colleague, who_may
from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of, record
from review_app.annotations.drawing import draw_texts
from review_app.annotations.marks import Protocol
from review_app.annotations.sampling import Outputs, Sampled
from review_app.annotations.settings import settings_of
from review_app.annotations.tables import Annotation, AnnotationRound, AnnotationTask, AnnotationText
from review_app.db import add_missing, hold, utc_now
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.quality.sampling import random_seed
from review_app.sites.service import site_by_id

MOST_TEXTS = 2_000
"""Sentences of one round; by hand that is about two weeks."""

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new round is to be; ``seed`` only where the draw is to be the same each time: a demonstration."""

    language: str
    name: str
    size: int
    annotators: Collection[int]
    sampled: Sampled = Sampled.AUDIT
    outputs: Outputs = Outputs.DRAFTED
    seed: int = field(default_factory=random_seed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts of a round somebody has finished."""

    person_id: int
    name: str
    done: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as those see it who opened it: no text, no mark, no score."""

    id: int
    language: str
    name: str
    protocol: Protocol
    sampled: Sampled
    outputs: Outputs
    seed: int
    opened_at: datetime
    closed: bool
    texts: int
    annotators: tuple[Progress, ...]


def open_round(session: Session, actor: Actor, site_id: int, plan: Plan) -> int:
    """Draw texts, give them to people to mark, and return the round's id; raises ``BadInput``."""
    actor.require(Action.ASSIGN, site_id, plan.language)
    site = site_by_id(session, site_id)
    if plan.language not in site.languages:
        raise BadInput(
            N_("The site is not translated into {language}. Add the language first."), language=plan.language
        )
    if not plan.name.strip():
        raise BadInput(N_("Write what the round is called."))
    if not 1 <= plan.size <= MOST_TEXTS:
        raise BadInput(N_("A round holds 1 to {most} sentences."), most=MOST_TEXTS)
    _require_annotators(session, site_id, plan.language, plan.annotators)
    rows = draw_texts(
        session,
        site_id,
        plan.language,
        sampled=plan.sampled,
        outputs=plan.outputs,
        size=plan.size,
        seed=plan.seed,
    )
    if not rows:
        raise BadInput(N_("There is no machine text left to draw. Earlier rounds hold what there is."))
    row = AnnotationRound(
        site_id=site_id,
        language=plan.language,
        name=plan.name.strip()[:LONGEST_NAME],
        protocol=settings_of(session, site_id).protocol,
        sampled=plan.sampled,
        outputs=plan.outputs,
        seed=plan.seed,
        opened_by=actor.person_id,
    )
    session.add(row)
    session.flush()
    add_missing(session, AnnotationText, [{**one, "round_id": row.id} for one in rows])
    _give(session, row.id, plan.annotators)
    told = {"name": row.name, "language": row.language, "texts": len(rows), "annotators": len(set(plan.annotators))}
    _tell(session, actor, row, "annotation.open", told)
    return row.id


def give_round(session: Session, actor: Actor, site_id: int, round_id: int, annotators: Collection[int]) -> None:
    """Let more people mark the texts of an open round; who has it already keeps it."""
    row = _of_site(session, actor, site_id, round_id)
    _require_open(row)
    _require_annotators(session, site_id, row.language, annotators)
    _give(session, row.id, annotators)
    _tell(session, actor, row, "annotation.give", {"name": row.name, "annotators": len(set(annotators))})


def close_round(session: Session, actor: Actor, site_id: int, round_id: int) -> None:
    """End a round: nobody marks any more, and reports count what is finished. Closing twice changes nothing."""
    hold(session, AnnotationRound.id, [round_id])
    row = _of_site(session, actor, site_id, round_id)
    if row.closed_at is None:
        row.closed_at = utc_now()
        _tell(session, actor, row, "annotation.close", {"name": row.name})


def rounds_of(session: Session, actor: Actor, site_id: int) -> list[RoundView]:
    """Return a site's rounds, those that are open first, the newest first."""
    actor.require(Action.ASSIGN, site_id)
    rows = session.scalars(
        select(AnnotationRound)
        .where(AnnotationRound.site_id == site_id)
        .order_by(AnnotationRound.closed_at.is_not(None), AnnotationRound.id.desc())
    ).all()
    ids = [row.id for row in rows]
    texts = dict(
        session.execute(
            select(AnnotationText.round_id, func.count())
            .where(AnnotationText.round_id.in_(ids))
            .group_by(AnnotationText.round_id)
        ).all()
    )
    progress = _progress(session, ids)
    return [_view(row, texts.get(row.id, 0), progress.get(row.id, ())) for row in rows]


def annotators_for(session: Session, site_id: int, language: str | None = None) -> list[Colleague]:
    """Return who may be asked to mark texts, by name."""
    return who_may(session, Action.ANNOTATE, site_id, language)


def _progress(session: Session, round_ids: Collection[int]) -> dict[int, tuple[Progress, ...]]:
    rows = session.execute(
        select(AnnotationTask.round_id, AnnotationTask.person_id, func.count(Annotation.id))
        .outerjoin(Annotation, (Annotation.task_id == AnnotationTask.id) & Annotation.done)
        .where(AnnotationTask.round_id.in_(round_ids))
        .group_by(AnnotationTask.round_id, AnnotationTask.person_id)
    ).all()
    names = names_of(session, {person for _, person, _ in rows})
    found: dict[int, list[Progress]] = {}
    for round_id, person_id, done in rows:
        found.setdefault(round_id, []).append(Progress(person_id, names.get(person_id, ""), done))
    return {round_id: tuple(sorted(those, key=lambda one: one.name)) for round_id, those in found.items()}


def _view(row: AnnotationRound, texts: int, annotators: tuple[Progress, ...]) -> RoundView:
    return RoundView(
        id=row.id,
        language=row.language,
        name=row.name,
        protocol=row.protocol,
        sampled=row.sampled,
        outputs=row.outputs,
        seed=row.seed,
        opened_at=row.opened_at,
        closed=row.closed_at is not None,
        texts=texts,
        annotators=annotators,
    )


def _of_site(session: Session, actor: Actor, site_id: int, round_id: int) -> AnnotationRound:
    actor.require(Action.ASSIGN, site_id)
    row = session.get(AnnotationRound, round_id, populate_existing=True)
    if row is None or row.site_id != site_id:
        raise NotFound(N_("There is no such round."))
    actor.require(Action.ASSIGN, site_id, row.language)
    return row


def _require_open(row: AnnotationRound) -> None:
    if row.closed_at is not None:
        raise BadInput(N_("The round is closed. Open a new one."))


def _require_annotators(session: Session, site_id: int, language: str, annotators: Collection[int]) -> None:
    able = {one.person_id for one in annotators_for(session, site_id, language)}
    if not annotators or not set(annotators) <= able:
        raise BadInput(N_("Choose at least one person whose role at this site is for the round's language."))


def _give(session: Session, round_id: int, annotators: Collection[int]) -> None:
    rows = [{"round_id": round_id, "person_id": person_id} for person_id in sorted(set(annotators))]
    add_missing(session, AnnotationTask, rows)


def _tell(session: Session, actor: Actor, row: AnnotationRound, action: str, after: dict[str, Any]) -> None:
    record(session, actor, action, f"annotation_round:{row.id}", site_id=row.site_id, after=after)
    session.flush()
