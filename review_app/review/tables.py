"""Tables of the review stage."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.pages.tables import Page, PageVersion
from review_app.review.states import About, Act, Basis, Verdict
from review_app.segments.tables import Segment
from review_app.sites.tables import Site
from review_app.translations.tables import Revision


class Submission(Base):
    """A page version in one language, offered for approval: the exact revisions, with a hash of them.

    What was approved of one that was approved in part is a submission of its own that names it (``part_of_id``).
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id), index=True)
    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id))
    language: Mapped[str] = mapped_column(String(35))
    content_hash: Mapped[str] = mapped_column(String(64))
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    submitted_at: Mapped[datetime] = mapped_column(default=utc_now)
    imported: Mapped[bool] = mapped_column(default=False)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)


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


class DecisionComment(Base):
    """What an approver said of one passage when a page, or the rest of it, went back to the translators."""

    __tablename__ = "decision_comment"

    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Waiver(Base):
    """An administrator's reason why a submission may be approved in spite of what blocks it.

    ``segments`` lists, by obstacle, the ids of the segments that were known to be in the way then: what comes later
    is not allowed.
    """

    __tablename__ = "waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id), index=True)
    reason: Mapped[str] = mapped_column(Text)
    segments: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    allowed_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    allowed_at: Mapped[datetime] = mapped_column(default=utc_now)


class Comment(Base):
    """What a person said of a segment in a language; ``source`` is the source text that they saw.

    One about the source is for the web editor, whatever language it came from. It stays open until ``closed_at``.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), index=True)
    language: Mapped[str] = mapped_column(String(35))
    about: Mapped[About] = mapped_column(Choice(About))
    source: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    closed_at: Mapped[datetime | None]


class Batch(Base):
    """A replacement that a person put into many texts at once; undone together if ``undone_at`` says so."""

    __tablename__ = "replacement_batch"
    __table_args__ = (Index(None, "site_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None]


class BatchItem(Base):
    """One text of a batch: the revision before, the one that was made, and the one that took it back."""

    __tablename__ = "replacement_item"

    batch_id: Mapped[int] = mapped_column(ForeignKey(Batch.id), primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), primary_key=True)
    before_id: Mapped[int] = mapped_column(ForeignKey(Revision.id))
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), index=True)
    restored_id: Mapped[int | None] = mapped_column(ForeignKey(Revision.id), index=True)


OF_THE_SITE = text("page_id IS NULL")


class Assignment(Base):
    """Who is to correct a page in a language, and by when; without a page, all that nobody has by itself."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("page_id", "language"),
        Index(None, "site_id", "language", unique=True, sqlite_where=OF_THE_SITE, postgresql_where=OF_THE_SITE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    page_id: Mapped[int | None] = mapped_column(ForeignKey(Page.id))
    language: Mapped[str] = mapped_column(String(35))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    due_on: Mapped[date | None]
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    assigned_at: Mapped[datetime] = mapped_column(default=utc_now)


class BulkAction(Base):
    """What a person did to many passages of the queue at once: dismissed a kind of flag, or put certain fixes in."""

    __tablename__ = "bulk_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), index=True)
    language: Mapped[str] = mapped_column(String(35))
    act: Mapped[Act] = mapped_column(Choice(Act))
    kind: Mapped[str] = mapped_column(String(60))
    made_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None]


class BulkItem(Base):
    """One passage of it: the text before and after, the same where only flags were dismissed, and which these were."""

    __tablename__ = "bulk_item"

    bulk_id: Mapped[int] = mapped_column(ForeignKey(BulkAction.id), primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), primary_key=True)
    before_id: Mapped[int] = mapped_column(ForeignKey(Revision.id))
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), index=True)
    flag_ids: Mapped[list[int]] = mapped_column(JSON)
    restored: Mapped[bool] = mapped_column(default=False)


class NotRecurring(Base):
    """A person's word that a replacement is no rule; ``old`` and ``new`` are its words without case."""

    __tablename__ = "replacement_dismissal"
    __table_args__ = (UniqueConstraint("site_id", "language", "old", "new"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    old: Mapped[str] = mapped_column(String(500))
    new: Mapped[str] = mapped_column(String(500))
    dismissed_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    dismissed_at: Mapped[datetime] = mapped_column(default=utc_now)
