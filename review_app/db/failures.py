"""What a failure of the database means: is it away for a moment, or did two writers meet?"""

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from review_app.locale import N_

AWAY = N_("The database did not answer; it may be restarting. Try again in a moment: nothing is stored twice.")
CLASH = N_("Somebody stored the same thing at the same moment. Reload the page to see it, then try again.")


def is_away(error: BaseException) -> bool:
    """Say whether the database could not be asked just now: restarted, unreachable, overloaded, locked for long."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, InterfaceError | OperationalError)


def is_clash(error: BaseException) -> bool:
    """Say whether another writer stored the same thing first; doing the work anew finds it there."""
    return isinstance(error, IntegrityError)
