"""Tables of the checks stage."""

from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.checks.states import FlagOrigin, FlagState
from review_app.db import Base, Choice, utc_now
from review_app.sites.tables import Site
from review_app.translations.tables import Revision

Span: TypeAlias = tuple[int, int]


class Flag(Base):
    """A finding on one revision."""

    __tablename__ = "flag"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), index=True)
    origin: Mapped[FlagOrigin] = mapped_column(Choice(FlagOrigin), default=FlagOrigin.CHECK)
    name: Mapped[str] = mapped_column(String(60))
    severity: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(80))
    source_start: Mapped[int | None]
    source_end: Mapped[int | None]
    target_start: Mapped[int | None]
    target_end: Mapped[int | None]
    message_id: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    fix: Mapped[str | None]
    state: Mapped[FlagState] = mapped_column(Choice(FlagState), default=FlagState.OPEN)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    @property
    def source_span(self) -> Span | None:
        """Where in the source it stands, as half-open code-point offsets."""
        return span(self.source_start, self.source_end)

    @property
    def target_span(self) -> Span | None:
        """Where in the translation it stands, as half-open code-point offsets."""
        return span(self.target_start, self.target_end)


class CheckRun(Base):
    """That a revision was checked by a rule set: what is missing here is what is left to check."""

    __tablename__ = "check_run"

    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), primary_key=True)
    signature: Mapped[str] = mapped_column(String(80))


class CheckSwitch(Base):
    """That a site has switched a check off."""

    __tablename__ = "check_switch"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    check: Mapped[str] = mapped_column(String(60), primary_key=True)
    switched_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    switched_at: Mapped[datetime] = mapped_column(default=utc_now)


class SiteLexicon(Base):
    """A try to learn a lexicon for a site, with its figures; the newest that was ``kept`` is in use.

    ``model`` is as ``checks/lexical/model.py`` writes it, ``digest`` its SHA-256; the limits are shares, 0 to 1.
    """

    __tablename__ = "site_lexicon"
    __table_args__ = (UniqueConstraint("site_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    number: Mapped[int]
    kept: Mapped[bool]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    missing: Mapped[float]
    added: Mapped[float]
    digest: Mapped[str] = mapped_column(String(64))
    model: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


def span(start: int | None, end: int | None) -> Span | None:
    """Return where something stands, as half-open code-point offsets."""
    return None if start is None or end is None else (start, end)
