"""Tables of the notifications stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, utc_now


class Mail(Base):
    """A message that waits to be sent; the row is gone when the mail server has it.

    ``values`` may hold a one-time link, so they are emptied when the message is given up. ``error``, an English
    template with ``error_values``, says why it was not sent yet, or, with ``failed_at``, why it never will be.
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
