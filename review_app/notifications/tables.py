"""Tables of the notifications stage."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.notifications.kinds import Way
from review_app.sites.tables import Site


class Mail(Base):
    """A message that waits to be sent; the row is gone when the mail server has it.

    Of a one-time link ``values`` hold the seed only; they are emptied when the message is given up. ``error``, an
    English template with ``error_values``, says why it was not sent yet, or, with ``failed_at``, why it never will be.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(35))
    letter: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    not_before: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    error_values: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    failed_at: Mapped[datetime | None]


class Noticed(Base):
    """That a person has read of an event, or was written to of it. Events themselves are not stored: the log has them.

    ``key`` names the event; a row that is older than any list is deleted.
    """

    __tablename__ = "noticed"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


class MailChoice(Base):
    """How a person wants to be told of a kind of event by e-mail."""

    __tablename__ = "mail_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    way: Mapped[Way] = mapped_column(Choice(Way))


class Digest(Base):
    """That a site's daily messages of a day were written."""

    __tablename__ = "digest"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
