"""The database: one declarative base, engines with the right transactions, and sessions for reading and writing."""

from review_app.db.among import among
from review_app.db.base import Base, Choice, UtcDateTime, utc_now
from review_app.db.database import Database
from review_app.db.rows import add_missing, batches, missing_rows, only_row

__all__ = [
    "Base",
    "Choice",
    "Database",
    "UtcDateTime",
    "add_missing",
    "among",
    "batches",
    "missing_rows",
    "only_row",
    "utc_now",
]
