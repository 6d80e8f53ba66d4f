"""Takes in what people said of texts elsewhere: all of a round at once, as whoever said it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.annotations.marks import BEST, WORST, Mark, with_words
from review_app.annotations.tables import Annotation, AnnotationRound, AnnotationTask, AnnotationText
from review_app.annotations.words import words_of
from review_app.checks.finding import Severity
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.translations.tables import MachineTranslation


@dataclass(frozen=True, slots=True)
class Quoted:
    """An error, by the words of the text that are wrong."""

    severity: Severity
    category: str | None
    words: str


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """What a person said of an engine's text of a sentence: the errors, and a score from 0 to 100."""

    person_id: int
    source: str
    engine: str
    score: int
    errors: Sequence[Quoted] = ()


def take_in(session: Session, actor: Actor, site_id: int, round_id: int, said: Collection[SaidElsewhere]) -> int:
    """Store what people said of a round's texts, each as finished, and return how many texts that were.

    A sentence that stands more than once is said of each time. Of texts that the round does not hold nothing is stored.
    Raises ``BadInput`` when words are quoted that do not stand in the text, or somebody was not given the round.
    """
    actor.require(Action.ADMINISTER, site_id)
    row = session.get(AnnotationRound, round_id)
    if row is None or row.site_id != site_id or row.closed_at is not None:
        raise NotFound(N_("There is no such round, or it is closed."))
    given = select(AnnotationTask.person_id, AnnotationTask.id).where(AnnotationTask.round_id == round_id)
    tasks = dict(session.execute(given).all())
    texts: dict[tuple[str, str], list[tuple[int, str]]] = {}
    held = (
        select(AnnotationText.source, MachineTranslation.engine, AnnotationText.id, MachineTranslation.text)
        .join(MachineTranslation, AnnotationText.machine_id == MachineTranslation.id)
        .where(AnnotationText.round_id == round_id)
    )
    for source, engine, text_id, text in session.execute(held):
        texts.setdefault((source, engine), []).append((text_id, text or ""))
    found = [
        Annotation(
            task_id=_task(tasks, one),
            text_id=text_id,
            number=len(one.errors),
            marks=[mark.as_json() for mark in _marks(text, one.errors)],
            score=_score(one),
            done=True,
        )
        for one in said
        for text_id, text in texts.get((one.source, one.engine), [])
    ]
    session.add_all(found)
    record(
        session, actor, "annotation.import", f"annotation_round:{round_id}", site_id=site_id, after={"n": len(found)}
    )
    session.flush()
    return len(found)


def _task(tasks: dict[int, int], one: SaidElsewhere) -> int:
    if one.person_id not in tasks:
        raise BadInput(N_("Choose at least one person whose role at this site is for the round's language."))
    return tasks[one.person_id]


def _score(one: SaidElsewhere) -> int:
    if not WORST <= one.score <= BEST:
        raise BadInput(N_("A score is a whole number from 0 to 100."))
    return one.score


def _marks(text: str, errors: Sequence[Quoted]) -> tuple[Mark, ...]:
    words, marks = words_of(text), tuple[Mark, ...]()
    for one in errors:
        start = text.find(one.words)
        if not one.words or start < 0:
            raise BadInput(N_("“{words}” does not stand in “{text}”."), words=one.words, text=text)
        end = start + len(one.words)
        chosen = [place for place, word in enumerate(words) if word.start < end and word.end > start]
        marks = with_words(marks, words, chosen, one.severity, one.category)
    return marks
