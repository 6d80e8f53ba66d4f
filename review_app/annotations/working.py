"""Use cases of annotators: the rounds they were given, one text after the other, and what they say of each.

They see a source, a machine's raw text and their own marks: no engine, no flag, no risk, no correction, and nobody
else's marks. A text's address is its place in their own order, which tells nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.annotations.marks import (
    BEST,
    CATEGORIES,
    OMISSION,
    SEVERITIES,
    WORST,
    Mark,
    Protocol,
    read_marks,
    with_words,
    without,
)
from review_app.annotations.sampling import shuffled
from review_app.annotations.tables import Annotation, AnnotationRound, AnnotationTask, AnnotationText
from review_app.annotations.words import Word, words_of
from review_app.checks.finding import Severity
from review_app.db import hold, utc_now
from review_app.errors import BadInput, Conflict, NotFound
from review_app.locale import N_
from review_app.sites.service import site_by_id
from review_app.translations.tables import MachineTranslation


@dataclass(frozen=True, slots=True)
class OwnRound:
    """An open round of one's own; ``states`` of its texts in one's own order: done, begun, or neither."""

    id: int
    task_id: int
    site_id: int
    site: str
    source_language: str
    language: str
    name: str
    protocol: Protocol
    states: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many texts are finished."""
        return self.states.count("done")

    def following(self, place: int = 0) -> int | None:
        """Return the next place (from 1) that is not done, from the top again at the end."""
        places = [*range(place, len(self.states)), *range(place)]
        return next((one + 1 for one in places if self.states[one] != "done"), None)


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text to mark, and what one has said of it so far; ``number`` counts the changes of its marks."""

    round: OwnRound
    place: int
    source: str
    text: str
    words: tuple[Word, ...]
    number: int
    marks: tuple[Mark, ...]
    score: int | None
    done: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What an annotator does with a text whose marks they saw at their change ``based_on``.

    ``words`` are marked with ``severity`` (and ``category``), by their places; ``remove`` is the place of a mark that
    goes. ``finish``: they are done with it.
    """

    based_on: int
    score: int | None
    words: Collection[int] = ()
    severity: Severity | None = None
    category: str | None = None
    remove: int | None = None
    finish: bool = False


def own_rounds(session: Session, actor: Actor) -> list[OwnRound]:
    """Return the open rounds that this person was given, the oldest first."""
    return [_own(session, row, task_id) for row, task_id in _open_tasks(session, actor)]


def texts_left(session: Session, actor: Actor) -> int | None:
    """Return how many texts this person has not finished in open rounds; ``None`` when they have no open round."""
    tasks = [(row.id, task_id) for row, task_id in _open_tasks(session, actor)]
    if not tasks:
        return None
    texts = select(func.count()).where(AnnotationText.round_id == AnnotationTask.round_id).scalar_subquery()
    done = select(func.count()).where(Annotation.task_id == AnnotationTask.id, Annotation.done).scalar_subquery()
    left = select(texts - done).where(AnnotationTask.id.in_([task_id for _, task_id in tasks]))
    return int(sum(session.scalars(left)))


def own_round(session: Session, actor: Actor, round_id: int) -> OwnRound:
    """Return one's own open round; raises ``NotFound`` for any other, as if it were not there."""
    for row, task_id in _open_tasks(session, actor, round_id):
        return _own(session, row, task_id)
    raise NotFound(N_("There is no such round, or it is closed."))


def own_text(session: Session, actor: Actor, round_id: int, place: int) -> OwnText:
    """Return a text of one's own open round by its place, from 1; raises ``NotFound``."""
    found = own_round(session, actor, round_id)
    text_id = _text_id(session, found, place)
    row = session.execute(
        select(AnnotationText.source, MachineTranslation.text, Annotation)
        .join(MachineTranslation, AnnotationText.machine_id == MachineTranslation.id)
        .outerjoin(Annotation, (Annotation.text_id == AnnotationText.id) & (Annotation.task_id == found.task_id))
        .where(AnnotationText.id == text_id)
    ).one()
    source, text, said = row
    return OwnText(
        round=found,
        place=place,
        source=source,
        text=text or "",
        words=words_of(text or ""),
        number=said.number if said else 0,
        marks=read_marks(said.marks) if said else (),
        score=said.score if said else None,
        done=bool(said and said.done),
    )


def annotate(session: Session, actor: Actor, round_id: int, place: int, change: Change) -> None:
    """Store what an annotator does with a text.

    Raises ``BadInput`` for what cannot be said, ``Conflict`` when it was changed in another window meanwhile.
    """
    hold(session, AnnotationRound.id, [round_id])
    found = own_text(session, actor, round_id, place)
    marking = change.severity is not None or change.remove is not None
    if change.based_on != found.number and (marking or change.finish):
        raise Conflict(N_("You have changed this sentence in another window. Here is what is stored now."))
    marks, score = _changed(found, change), _score(change)
    if change.finish and score is None:
        raise BadInput(N_("Say how good the sentence is, from 0 to 100, before you go on."))
    row = _row(session, found)
    row.number, row.marks, row.score = found.number + marking, [mark.as_json() for mark in marks], score
    row.done, row.changed_at = score is not None and (change.finish or found.done), utc_now()
    if change.finish:
        subject = f"annotation_round:{round_id}"
        record(session, actor, "annotation.finish", subject, site_id=found.round.site_id, after={"number": place})
    session.flush()


def _open_tasks(session: Session, actor: Actor, round_id: int | None = None) -> list[tuple[AnnotationRound, int]]:
    if actor.person_id is None:
        return []
    found = (
        select(AnnotationRound, AnnotationTask.id)
        .join(AnnotationTask, AnnotationTask.round_id == AnnotationRound.id)
        .where(AnnotationTask.person_id == actor.person_id, AnnotationRound.closed_at.is_(None))
        .order_by(AnnotationRound.id)
    )
    if round_id is not None:
        found = found.where(AnnotationRound.id == round_id)
    rows = session.execute(found.execution_options(populate_existing=True))
    return [(row, task_id) for row, task_id in rows if actor.may(Action.ANNOTATE, row.site_id, row.language)]


def _own(session: Session, row: AnnotationRound, task_id: int) -> OwnRound:
    site = site_by_id(session, row.site_id)
    said = dict(session.execute(select(Annotation.text_id, Annotation.done).where(Annotation.task_id == task_id)).all())
    names = {None: "", False: "begun", True: "done"}
    return OwnRound(
        id=row.id,
        task_id=task_id,
        site_id=site.id,
        site=site.name,
        source_language=site.source_language,
        language=row.language,
        name=row.name,
        protocol=row.protocol,
        states=tuple(names[said.get(text_id)] for text_id in _order(session, row.id, row.seed, task_id)),
    )


def _order(session: Session, round_id: int, seed: int, task_id: int) -> list[int]:
    ids = session.scalars(select(AnnotationText.id).where(AnnotationText.round_id == round_id))
    return shuffled(seed, task_id, ids)


def _text_id(session: Session, found: OwnRound, place: int) -> int:
    if not 1 <= place <= len(found.states):
        raise NotFound(N_("There is no such sentence in this round."))
    seed = session.get_one(AnnotationRound, found.id).seed
    return _order(session, found.id, seed, found.task_id)[place - 1]


def _row(session: Session, found: OwnText) -> Annotation:
    text_id = _text_id(session, found.round, found.place)
    here = (Annotation.task_id == found.round.task_id, Annotation.text_id == text_id)
    row = session.scalar(select(Annotation).where(*here))
    if row is None:
        row = Annotation(task_id=found.round.task_id, text_id=text_id)
        session.add(row)
    return row


def _changed(found: OwnText, change: Change) -> tuple[Mark, ...]:
    marks = found.marks if change.remove is None else without(found.marks, change.remove)
    if change.severity is None:
        return marks
    if not change.words:
        raise BadInput(N_("Choose the words that are wrong first."))
    if change.severity not in SEVERITIES[found.round.protocol]:
        raise BadInput(N_("“{text}” is not one of {choices}."), text=change.severity, choices=_choices(found))
    return with_words(marks, found.words, change.words, change.severity, _category(found, change))


def _category(found: OwnText, change: Change) -> str | None:
    if found.round.protocol is Protocol.ESA:
        return None
    if set(change.words) == {len(found.words)}:
        return OMISSION
    if change.category not in CATEGORIES:
        raise BadInput(N_("Choose what kind of error it is."))
    return change.category


def _choices(found: OwnText) -> str:
    return ", ".join(SEVERITIES[found.round.protocol])


def _score(change: Change) -> int | None:
    if change.score is not None and not WORST <= change.score <= BEST:
        raise BadInput(N_("A score is a whole number from 0 to 100."))
    return change.score
