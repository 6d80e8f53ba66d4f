"""What a failure of the database means: is it away for a moment, or did two writers meet?"""

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

from review_app.locale import N_

_MET = frozenset({"40001", "40P01", "23505", "23503"})
"""Codes of PostgreSQL for writers that waited for each other, or could not both be first (its manual, appendix A): also
for a key that is there already, and a row that points to one which is gone. Other rules of a table are broken by a
fault of the program, and no second try mends that."""

_MET_ON_SQLITE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY"})

AWAY = N_("The database did not answer; it may be restarting. Try again in a moment: nothing is stored twice.")
CLASH = N_("Somebody stored the same thing at the same moment. Reload the page to see it, then try again.")

UNFIT = N_("What you typed has a character that cannot be stored, or is too long. Type it again instead of pasting it.")


def is_unfit(error: BaseException) -> bool:
    """Say whether the database cannot store a value, as PostgreSQL no NUL and no text longer than its column."""
    return isinstance(error, DataError)


def is_away(error: BaseException) -> bool:
    """Say whether the database could not be asked just now: restarted, unreachable, overloaded, locked for long."""
    if is_clash(error):
        return False
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, InterfaceError | OperationalError)


def is_clash(error: BaseException) -> bool:
    """Say whether another writer was first; doing the work anew finds there what it stored."""
    if not isinstance(error, DBAPIError):
        return False
    return (
        getattr(error.orig, "sqlstate", None) in _MET or getattr(error.orig, "sqlite_errorname", None) in _MET_ON_SQLITE
    )
