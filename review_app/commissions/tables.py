"""Tables of the commissions stage."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, utc_now
from review_app.pages.tables import Page
from review_app.sites.tables import Site


class Commission(Base):
    """Pages in one language that an outside translator is given; once it is closed they see them no more.

    ``with_memory``: what the site has translated elsewhere comes with it.
    ``counts``: the words by match band as they were when it was given, page by page; none until they are counted.
    """

    __tablename__ = "commission"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), index=True)
    language: Mapped[str] = mapped_column(String(35))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    name: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    with_memory: Mapped[bool] = mapped_column(default=True)
    given_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    given_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CommissionPage(Base):
    """A page of a commission."""

    __tablename__ = "commission_page"

    commission_id: Mapped[int] = mapped_column(ForeignKey(Commission.id), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id), primary_key=True, index=True)
