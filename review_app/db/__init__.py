"""The database: one declarative base, engines with the right transactions, and sessions for reading and writing."""

from review_app.db.among import among, among_given
from review_app.db.base import Base, Choice, UtcDateTime, utc_now
from review_app.db.clock import database_now
from review_app.db.database import IN_BINARY, POSTGRES, Database, Sessions
from review_app.db.failures import AWAY, CLASH, UNFIT, is_away, is_clash, is_unfit
from review_app.db.insisting import insist
from review_app.db.many import add_missing, added, clashing, missing_rows, put
from review_app.db.rows import batches, hold, only_row

__all__ = [
    "AWAY",
    "CLASH",
    "IN_BINARY",
    "POSTGRES",
    "UNFIT",
    "Base",
    "Choice",
    "Database",
    "Sessions",
    "UtcDateTime",
    "add_missing",
    "added",
    "among",
    "among_given",
    "batches",
    "clashing",
    "database_now",
    "hold",
    "insist",
    "is_away",
    "is_clash",
    "is_unfit",
    "missing_rows",
    "only_row",
    "put",
    "utc_now",
]
