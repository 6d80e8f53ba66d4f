"""The demonstration's round of marking: what two people said of the texts of two engines on one of its pages."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.annotations.marks import Protocol
from review_app.annotations.sampling import Outputs, Sampled
from review_app.annotations.service import MOST_TEXTS, Plan, close_round, open_round
from review_app.annotations.settings import Settings, change_settings
from review_app.annotations.taking_in import Quoted, SaidElsewhere, take_in
from review_app.checks.finding import Severity

NAME = "Hösten 2026"
SEED = 1  # the same order in every demonstration
RIGHT: Mapping[str, Any] = {"score": 100, "marks": []}
"""What is said of a text that the file does not name."""


def mark(
    session: Session, administrator: Actor, site_id: int, people: Mapping[str, int], page: Path, marks: Path
) -> None:
    """Open a round of all machine texts, take in what people said of those of one page, and close it.

    ``page`` is the corpus' file of the page, ``marks`` what each person (by address) said of texts that are not right.
    """
    said = {(row["who"], row["source"], row["engine"]): row for row in _rows(marks)}
    texts = dict.fromkeys((row["source"], machine["engine"]) for row in _rows(page) for machine in row["machine"])
    change_settings(session, administrator, site_id, Settings(Protocol.MQM))
    plan = Plan("en", NAME, MOST_TEXTS, people.values(), Sampled.RANDOM, Outputs.ALL, SEED)
    round_id = open_round(session, administrator, site_id, plan)
    taken = [
        _said(person_id, source, engine, said.get((address, source, engine), RIGHT))
        for address, person_id in people.items()
        for source, engine in texts
    ]
    take_in(session, administrator, site_id, round_id, taken)
    close_round(session, administrator, site_id, round_id)


def _said(person_id: int, source: str, engine: str, row: Mapping[str, Any]) -> SaidElsewhere:
    errors = [Quoted(Severity(severity), category, words) for severity, category, words in row["marks"]]
    return SaidElsewhere(person_id, source, engine, row["score"], errors)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
