"""How reviewing goes: what was read week by week, and how long pages wait for approval. Nothing is per person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import among, utc_now
from review_app.pages.tables import Page
from review_app.reports.readings import AnySelect, read_by_people
from review_app.reports.slices import Chosen
from review_app.reports.texts import between
from review_app.reports.trend import Step, start_of
from review_app.review.states import Verdict
from review_app.review.tables import Decision, Submission

WEEKS = 26
"""How many weeks it looks back, this one included, unless the filter names a first day."""

ANSWERS = ("decided", "returned", "waiting")
"""What became of a submission; the returned ones are among those decided."""


@dataclass(frozen=True, slots=True)
class Week:
    """What people did from a Monday on: sentences accepted, sentences corrected, words of their Swedish."""

    first: date
    accepted: int
    corrected: int
    words: int

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.first + timedelta(days=6)

    @property
    def sentences(self) -> int:
        """All that were read."""
        return self.accepted + self.corrected


@dataclass(frozen=True, slots=True)
class Submitted:
    """A page that was submitted, and its answer; ``answer`` is one of ``ANSWERS`` or "approved"."""

    submission_id: int
    page_id: int
    at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The weeks from the first to the last; submissions decided and returned, how long half of them waited at most.

    ``waiting`` are submissions that nobody has decided; ``since`` is the first day that was looked at.
    """

    weeks: tuple[Week, ...]
    decided: int
    returned: int
    waiting: int
    took: timedelta | None
    since: date


def reviewing(session: Session, chosen: Chosen) -> Reviewing:
    """Return how reviewing went in the last half year, or between the filter's days; what was taken in is left out."""
    since, until = first_day(chosen), chosen.filter.until or utc_now().date()
    found = submissions(session, chosen)
    took = [one.answered_at - one.at for one in found if one.answered_at is not None]
    read = read_by_people(chosen, since, until)
    return Reviewing(
        weeks=tuple(_weeks(session, read, start_of(until, Step.WEEK))),
        decided=len(took),
        returned=len(answered(found, "returned")),
        waiting=len(answered(found, "waiting")),
        took=_median(took),
        since=since,
    )


def first_day(chosen: Chosen) -> date:
    """Return the first day that the report is about: the filter's, else the Monday 26 weeks back with this week."""
    return chosen.filter.since or start_of(utc_now().date(), Step.WEEK) - timedelta(weeks=WEEKS - 1)


def submissions(session: Session, chosen: Chosen) -> list[Submitted]:
    """Return the submissions since the first day, the newest first; one that was approved in part was returned."""
    asked = chosen.filter
    found = (
        select(Submission.id, Submission.page_id, Submission.submitted_at, Decision.verdict, Decision.decided_at)
        .join(Page, Submission.page_id == Page.id)
        .outerjoin(Decision, Decision.submission_id == Submission.id)
        .where(Page.site_id == chosen.site.id, Submission.language == asked.language, ~Submission.imported)
        .where(*between(Submission.submitted_at, first_day(chosen), asked.until), Submission.part_of_id.is_(None))
        .order_by(Submission.id.desc())
    )
    if chosen.page_ids is not None:
        found = found.where(among(Page.id, chosen.page_ids))
    return [
        Submitted(id_, page_id, at, _answer(verdict), when)
        for id_, page_id, at, verdict, when in session.execute(found)
    ]


def answered(found: list[Submitted], answer: str | None) -> list[Submitted]:
    """Return the submissions with an answer (one of ``ANSWERS``), or all."""
    if answer == "decided":
        return [one for one in found if one.answered_at is not None]
    return [one for one in found if answer in {None, one.answer}]


def _answer(verdict: Verdict | None) -> str:
    if verdict is None:
        return "waiting"
    return "returned" if verdict is Verdict.RETURNED else "approved"


def _median(times: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


def _weeks(session: Session, read: AnySelect, last: date) -> list[Week]:
    found: dict[date, Week] = {}
    for at, accepted, source in session.execute(read):
        first = start_of(at.date(), Step.WEEK)
        week = found.get(first, Week(first, 0, 0, 0))
        found[first] = Week(
            first, week.accepted + accepted, week.corrected + (not accepted), week.words + len(source.split())
        )
    if not found:
        return []
    mondays = [min(found) + timedelta(weeks=number) for number in range((last - min(found)).days // 7 + 1)]
    return [found.get(monday, Week(monday, 0, 0, 0)) for monday in mondays]
