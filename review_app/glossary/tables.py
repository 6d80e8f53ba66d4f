"""Tables of the glossary stage."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base
from review_app.sites.tables import Site


class Term(Base):
    """A word of the site's and what it is called in a language; a name (no language, no target) stays as it is.

    Several words it may be called, or may not (``forbidden``), are parted by semicolons.
    """

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("site_id", "language", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    source: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(35), default="")
    target: Mapped[str] = mapped_column(String(200), default="")
    forbidden: Mapped[str] = mapped_column(String(200), default="")
    part_of_speech: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
