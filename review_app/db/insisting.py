"""Writes that are repeated: what was paid for is not thrown away because the database was restarted."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from review_app.db.database import Sessions
from review_app.db.failures import is_away, is_clash

T = TypeVar("T")

PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each further try."""


def insist(sessions: Sessions, write: Callable[[Session], T]) -> T:
    """Write in one transaction, again when the database was away or another writer stored the same thing first.

    ``write`` must come to the same when it is repeated after it was stored: a connection can be lost in a commit.
    """
    for pause in PAUSES:
        try:
            with sessions.writing() as session:
                return write(session)
        except Exception as error:
            if not is_away(error) and not is_clash(error):
                raise
        time.sleep(pause)
    with sessions.writing() as session:
        return write(session)
