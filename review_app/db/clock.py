"""The clock that all machines share: the database's. Their own may differ by minutes, or by hours."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.db.base import utc_now


def database_now(session: Session) -> datetime:
    """Return the present moment by the database's clock, in UTC; SQLite's is that of this machine.

    It is the moment of asking, not that of the transaction's beginning: whoever waits for a row asks once it has it.
    """
    if session.get_bind().dialect.name == "sqlite":
        return utc_now()
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    return now
