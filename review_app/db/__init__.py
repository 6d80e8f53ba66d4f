"""The database: one declarative base, engines with the right transactions, and sessions for reading and writing."""

from review_app.db.among import among
from review_app.db.base import Base, Choice, UtcDateTime, utc_now
from review_app.db.database import Database, Sessions
from review_app.db.failures import AWAY, CLASH, is_away, is_clash
from review_app.db.insisting import insist
from review_app.db.rows import add_missing, batches, hold, missing_rows, only_row

__all__ = [
    "AWAY",
    "CLASH",
    "Base",
    "Choice",
    "Database",
    "Sessions",
    "UtcDateTime",
    "add_missing",
    "among",
    "batches",
    "hold",
    "insist",
    "is_away",
    "is_clash",
    "missing_rows",
    "only_row",
    "utc_now",
]
