"""Tables of the timing stage."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, utc_now
from review_app.pages.tables import Page


class EditingTime(Base):
    """How many seconds a person was active on a page in a language on a day of the site; nothing of sentences or hours.

    ``noted_at``: when the last of them were added, which bounds the next.
    """

    __tablename__ = "editing_time"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id), primary_key=True, index=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    seconds: Mapped[int]
    noted_at: Mapped[datetime] = mapped_column(default=utc_now)
