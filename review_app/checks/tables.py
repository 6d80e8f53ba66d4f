"""Tables of the checks stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.checks.states import FlagOrigin, FlagState
from review_app.db import Base, Choice, utc_now
from review_app.translations.tables import Revision


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


class CheckRun(Base):
    """That a revision was checked by a rule set: what is missing here is what is left to check."""

    __tablename__ = "check_run"

    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), primary_key=True)
    signature: Mapped[str] = mapped_column(String(80))
