"""How reviewing goes: what was read week by week, and how long pages wait for approval. Nothing is per person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from review_app.db import among, utc_now
from review_app.pages.tables import Page
from review_app.reports.trend import Step, start_of
from review_app.review.states import Verdict
from review_app.review.tables import Decision, Submission
from review_app.segments.tables import Segment
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision, Translation

WEEKS = 26
"""How far back it looks."""


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
class Reviewing:
    """The weeks from the first to this one; submissions decided and returned, how long half of them waited at most.

    ``waiting`` are submissions that nobody has decided.
    """

    weeks: tuple[Week, ...]
    decided: int
    returned: int
    waiting: int
    took: timedelta | None


def reviewing(session: Session, site_id: int, language: str, page_ids: Collection[int] | None) -> Reviewing:
    """Return how reviewing went in the last half year; what was taken in from elsewhere does not count."""
    this_week = start_of(utc_now().date(), Step.WEEK)
    since = utc_now() - timedelta(weeks=WEEKS)
    own = [Page.site_id == site_id, *([among(Page.id, page_ids)] if page_ids is not None else [])]
    decisions = session.execute(
        select(Submission.submitted_at, Decision.verdict, Decision.decided_at)
        .join(Page, Submission.page_id == Page.id)
        .outerjoin(Decision, Decision.submission_id == Submission.id)
        .where(*own, Submission.language == language, Submission.submitted_at >= since, ~Submission.imported)
        .where(Submission.part_of_id.is_(None))  # of what was approved in part, the rest was returned
    ).all()
    decided = [row for row in decisions if row.decided_at is not None]
    return Reviewing(
        weeks=tuple(_weeks(session, language, [*own, Revision.created_at >= since], this_week)),
        decided=len(decided),
        returned=sum(row.verdict is Verdict.RETURNED for row in decided),
        waiting=len(decisions) - len(decided),
        took=_median([row.decided_at - row.submitted_at for row in decided]),
    )


def _median(times: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


def _weeks(session: Session, language: str, conditions: list[ColumnElement[bool]], last: date) -> list[Week]:
    rows = session.execute(
        select(Revision.created_at, Revision.accepted, Revision.source)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(*conditions, Translation.language == language, Revision.origin == Origin.HUMAN)
    )
    found: dict[date, Week] = {}
    for at, accepted, source in rows:
        first = start_of(at.date(), Step.WEEK)
        week = found.get(first, Week(first, 0, 0, 0))
        found[first] = Week(
            first, week.accepted + accepted, week.corrected + (not accepted), week.words + len(source.split())
        )
    if not found:
        return []
    mondays = [min(found) + timedelta(weeks=number) for number in range((last - min(found)).days // 7 + 1)]
    return [found.get(monday, Week(monday, 0, 0, 0)) for monday in mondays]
