"""Tables of the review stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.pages.tables import Page, PageVersion
from review_app.review.states import Basis, Verdict
from review_app.segments.tables import Segment
from review_app.translations.tables import Revision


class Submission(Base):
    """A page version in one language, offered for approval: the exact revisions, with a hash of them."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id), index=True)
    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id))
    language: Mapped[str] = mapped_column(String(35))
    content_hash: Mapped[str] = mapped_column(String(64))
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    submitted_at: Mapped[datetime] = mapped_column(default=utc_now)
    imported: Mapped[bool] = mapped_column(default=False)


class SubmissionItem(Base):
    """One segment and the revision of it that is offered."""

    __tablename__ = "submission_item"

    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id), primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id))


class Decision(Base):
    """An approver's yes or no to one submission; there is only one."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id))
    verdict: Mapped[Verdict] = mapped_column(Choice(Verdict))
    basis: Mapped[Basis | None] = mapped_column(Choice(Basis))
    comment: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime] = mapped_column(default=utc_now)
    one_person: Mapped[bool] = mapped_column(default=False)
