"""The lines of a page in a language as SQL: of each own segment what counts, orders and narrows the list.

Every statement made of them takes ``version_id``, ``language`` and ``approval_id``, the newest approved submission.
They say of one segment what ``work.Work`` says of it: tests hold them against each other.
"""

from sqlalchemy import CTE, ColumnElement, and_, bindparam, case, exists, func, literal, null, or_, select
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


def _heads() -> CTE:
    """Return the newest text of each segment that has one."""
    newest = aliased(Revision)
    number = select(func.max(newest.number)).where(newest.translation_id == Translation.id).scalar_subquery()
    return (
        select(
            OWN.c.segment_id,
            Revision.id,
            func.coalesce(Revision.carried_from_id, Revision.id).label("approved_as"),
            Revision.created_at,
            _one(Revision.source == OWN.c.source).label("fresh"),
            _one(Revision.origin.in_(_READ)).label("by_person"),
            _one(is_hidden(Revision.id)).label("hidden"),
        )
        .select_from(OWN)
        .join(Translation, Translation.segment_id == OWN.c.segment_id)
        .join(Revision, and_(Revision.translation_id == Translation.id, Revision.number == number))
        .where(Translation.language == bindparam("language"))
        .cte("head")
    )


def _flags(head: CTE) -> CTE:
    """Return how many open flags of each severity a text has."""
    found = [func.sum(_one(Flag.severity == severity)).label(severity) for severity in SEVERITIES]
    return (
        select(Flag.revision_id, func.count().label("flags"), *found)
        .join(head, Flag.revision_id == head.c.id)
        .where(Flag.state == FlagState.OPEN, head.c.hidden == 0)
        .group_by(Flag.revision_id)
        .cte("flagged")
    )


def _approved() -> CTE:
    """Return what was approved last of each segment."""
    return (
        select(SubmissionItem.segment_id, func.coalesce(Revision.carried_from_id, Revision.id).label("approved_as"))
        .join(Revision, SubmissionItem.revision_id == Revision.id)
        .where(SubmissionItem.submission_id == bindparam("approval_id"))
        .cte("approved")
    )


def _is_commented() -> ColumnElement[bool]:
    wanted = or_(Comment.language == bindparam("language"), Comment.about == About.SOURCE)
    return exists().where(Comment.segment_id == OWN.c.segment_id, Comment.closed_at.is_(None), wanted)


def _lines(head: CTE) -> CTE:
    flags, approved = _flags(head), _approved()
    read = and_(head.c.fresh == 1, head.c.by_person == 1)
    words = func.length(OWN.c.source) - func.length(func.replace(OWN.c.source, " ", "")) + 1
    return (
        select(
            OWN.c.segment_id,
            OWN.c.key,
            OWN.c.number,
            OWN.c.source_hash,
            words.label("words"),
            _one(head.c.id.is_not(None)).label("translated"),
            func.coalesce(head.c.fresh, 0).label("fresh"),
            func.coalesce(head.c.by_person, 0).label("by_person"),
            _one(read).label("read"),
            func.coalesce(head.c.hidden, 0).label("spot"),
            head.c.approved_as,
            head.c.created_at,
            _one(and_(head.c.fresh == 1, head.c.approved_as == approved.c.approved_as)).label("approved"),
            _one(approved.c.approved_as.is_not(None)).label("was_approved"),
            _one(_is_commented()).label("commented"),
            func.coalesce(flags.c.flags, 0).label("flags"),
            *(func.coalesce(flags.c[severity], 0).label(severity) for severity in SEVERITIES),
            case((or_(read, head.c.hidden == 1), null()), else_=Estimate.risk).label("risk"),
        )
        .select_from(OWN)
        .outerjoin(head, head.c.segment_id == OWN.c.segment_id)
        .outerjoin(flags, flags.c.revision_id == head.c.id)
        .outerjoin(Estimate, Estimate.revision_id == head.c.id)
        .outerjoin(approved, approved.c.segment_id == OWN.c.segment_id)
        .cte("line")
    )


HEADS = _heads()
"""The newest text of each line that has one."""

LINES = _lines(HEADS)
"""One row a segment. Of a spot check that nobody has judged it knows neither flags nor risk."""

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
