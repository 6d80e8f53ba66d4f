"""Rows that come into being when they are first needed."""

from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review_app.db.base import Base

Row = TypeVar("Row", bound=Base)


def only_row(session: Session, table: type[Row], **key: Any) -> Row:
    """Return the row with this primary key, locked until the transaction ends; it is added if there is none."""
    row = session.get(table, key, with_for_update=True, populate_existing=True)
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(table(**key))
    except IntegrityError:  # another process added it between our look and this
        pass
    return session.get_one(table, key, with_for_update=True, populate_existing=True)
