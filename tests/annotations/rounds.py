"""Rounds of the town's library for tests: opened by Carin, marked by whoever is given them."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.annotations.sampling import Outputs, Sampled
from review_app.annotations.service import Plan, open_round
from review_app.annotations.working import Change, OwnText, annotate, own_round, own_text
from review_app.checks.finding import Severity
from tests.builders import Town

SEED = 7


def opened(
    session: Session,
    town: Town,
    *annotators: Actor,
    sampled: Sampled = Sampled.RANDOM,
    outputs: Outputs = Outputs.DRAFTED,
    size: int = 100,
    language: str = "en",
) -> int:
    """Open a round with as many texts as there are."""
    plan = Plan(
        language=language,
        name=" Hösten ",
        size=size,
        annotators=[one.person_id or 0 for one in annotators],
        sampled=sampled,
        outputs=outputs,
        seed=SEED,
    )
    return open_round(session, town.carin, town.site_id, plan)


def texts(session: Session, actor: Actor, round_id: int) -> dict[str, OwnText]:
    """Return a person's texts of a round by their source, of one engine."""
    return {text.source: text for text in every_text(session, actor, round_id)}


def every_text(session: Session, actor: Actor, round_id: int) -> list[OwnText]:
    """Return a person's texts of a round in their own order."""
    count = len(own_round(session, actor, round_id).states)
    return [own_text(session, actor, round_id, place) for place in range(1, count + 1)]


def mark_all(
    session: Session, actor: Actor, round_id: int, wrong: Mapping[str, Severity] | None = None, score: int = 90
) -> None:
    """Finish every text of a round; the first two words of some are marked, by the source's beginning."""
    for text in every_text(session, actor, round_id):
        severity = next((value for begins, value in (wrong or {}).items() if text.source.startswith(begins)), None)
        change = Change(
            based_on=text.number,
            score=score if severity is None else 30,
            words=() if severity is None else (0, 1),
            severity=severity,
            category="accuracy/mistranslation",
            finish=True,
        )
        annotate(session, actor, round_id, text.place, change)
