"""The lines of a page in a language as SQL: of each own segment what counts, orders and narrows the list.

Every statement made of them takes ``version_id``, ``language`` and ``approval_id``, the newest approved submission.
They say of one segment what ``work.Work`` says of it: tests hold them against each other.
"""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, bindparam, case, exists, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from review_app.checks.states import FlagState
from review_app.checks.tables import Flag
from review_app.quality.service import is_hidden
from review_app.quality.tables import Estimate
from review_app.quality.triage import PRESUMED, PRESUMED_WITHOUT_FLAG
from review_app.review.states import About
from review_app.review.tables import Comment, SubmissionItem
from review_app.segments.numbered import OWN
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision, Translation

SEVERITIES = ("critical", "major", "minor")
"""The gravest first."""

_READ = [origin for origin in Origin if origin.read_by_person]


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return 1 where a condition holds and 0 where it does not, or nothing is known."""
    return case((condition, literal(1, literal_execute=True)), else_=literal(0, literal_execute=True))


_NEWEST = aliased(Revision)
_LAST = select(func.max(_NEWEST.number)).where(_NEWEST.translation_id == Translation.id).scalar_subquery()
_APPROVED = aliased(Revision)


def _with_texts(*columns: Any) -> Select[Any]:
    """Return own segments with their newest texts: joined by keys throughout, else SQLite compares each with each."""
    return (
        select(*columns)
        .select_from(OWN)
        .outerjoin(
            Translation,
            and_(Translation.segment_id == OWN.c.segment_id, Translation.language == bindparam("language")),
        )
        .outerjoin(Revision, and_(Revision.translation_id == Translation.id, Revision.number == _LAST))
    )


def _open_flags(severity: str) -> ColumnElement[int]:
    """Return how many open flags of a severity the newest text has."""
    found = select(func.count()).where(Flag.revision_id == Revision.id, Flag.state == FlagState.OPEN)
    return found.where(Flag.severity == severity).scalar_subquery()


def _is_commented() -> ColumnElement[bool]:
    wanted = or_(Comment.language == bindparam("language"), Comment.about == About.SOURCE)
    return exists().where(Comment.segment_id == OWN.c.segment_id, Comment.closed_at.is_(None), wanted)


def _known() -> CTE:
    """Return what is stored of each segment."""
    item = and_(SubmissionItem.submission_id == bindparam("approval_id"), SubmissionItem.segment_id == OWN.c.segment_id)
    return (
        _with_texts(
            OWN,
            Revision.id.label("revision_id"),
            func.coalesce(Revision.carried_from_id, Revision.id).label("approved_as"),
            Revision.created_at,
            _one(Revision.source == OWN.c.source).label("fresh"),
            _one(Revision.origin.in_(_READ)).label("by_person"),
            _one(is_hidden(Revision.id)).label("spot"),
            *(_open_flags(severity).label(severity) for severity in SEVERITIES),
            Estimate.risk,
            func.coalesce(_APPROVED.carried_from_id, _APPROVED.id).label("last_approved"),
            _one(_is_commented()).label("commented"),
        )
        .outerjoin(Estimate, Estimate.revision_id == Revision.id)
        .outerjoin(SubmissionItem, item)
        .outerjoin(_APPROVED, _APPROVED.id == SubmissionItem.revision_id)
        .cte("known")
        .prefix_with("MATERIALIZED")
    )


def _lines(known: CTE) -> CTE:
    words = func.length(known.c.source) - func.length(func.replace(known.c.source, " ", "")) + 1
    read = and_(known.c.fresh == 1, known.c.by_person == 1)
    seen = [case((known.c.spot == 1, 0), else_=known.c[severity]).label(severity) for severity in SEVERITIES]
    return (
        select(
            *(known.c[name] for name in ("segment_id", "key", "number", "source_hash", "fresh", "by_person", "spot")),
            *(known.c[name] for name in ("approved_as", "created_at", "commented")),
            words.label("words"),
            _one(known.c.revision_id.is_not(None)).label("translated"),
            _one(read).label("read"),
            _one(and_(known.c.fresh == 1, known.c.approved_as == known.c.last_approved)).label("approved"),
            _one(known.c.last_approved.is_not(None)).label("was_approved"),
            *seen,
            case((known.c.spot == 1, 0), else_=known.c.critical + known.c.major + known.c.minor).label("flags"),
            case((or_(read, known.c.spot == 1), null()), else_=known.c.risk).label("risk"),
        )
        .cte("line")
        .prefix_with("MATERIALIZED")
    )


LINES = _lines(_known())
"""One row a segment. Of a spot check that nobody has judged it knows neither flags nor risk."""

TEXTS = _with_texts(OWN.c.segment_id, OWN.c.source, Revision.text)
"""Of each segment its source and its newest text, if it has one."""

STALE = and_(LINES.c.translated == 1, LINES.c.fresh == 0)
WAITS = or_(LINES.c.read == 0, LINES.c.flags > 0)

SHOWS: dict[str, ColumnElement[bool]] = {
    "all": LINES.c.number > 0,
    "risk": WAITS,
    "flagged": LINES.c.flags > 0,
    "unread": LINES.c.read == 0,
    "stale": STALE,
    "commented": LINES.c.commented == 1,
}
"""What the list can be narrowed to."""

PRESUMED_RISK = case(
    *((LINES.c[severity] > 0, PRESUMED[severity]) for severity in SEVERITIES), else_=PRESUMED_WITHOUT_FLAG
)
WORTH = func.coalesce(LINES.c.risk, PRESUMED_RISK)
"""By what the riskiest come first: the risk, or what stands in for it."""
