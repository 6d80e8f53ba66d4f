"""The log of changes: what the address asks for, and its rows as cells of a table."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import request
from flask_babel import get_timezone

from review_app.accounts.log import AuditFilter, AuditRow

COLUMNS = ("at", "who", "from", "action", "subject", "before", "after")


def asked_for() -> AuditFilter:
    """Return which changes the address asks for; days that are none are passed over."""
    until = _day("until")
    return AuditFilter(
        who=request.args.get("who", "")[:200],
        action=request.args.get("action", "")[:60],
        since=_midnight(_day("since")),
        until=_midnight(until + timedelta(days=1) if until else None),
    )


def asked_words() -> dict[str, Any]:
    """Return what the address asks for, to be asked again."""
    given = {name: request.args.get(name, "")[:200] for name in ("who", "action", "since", "until")}
    return {name: value for name, value in given.items() if value}


def cells(rows: Iterable[AuditRow]) -> Iterator[dict[str, object]]:
    """Yield rows as cells; times in UTC."""
    for row in rows:
        before, after = _json(row.before), _json(row.after)
        values = (row.at.isoformat(), row.actor, row.address, row.action, row.subject, before, after)
        yield dict(zip(COLUMNS, values, strict=True))


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if 1970 <= found.year <= 9000 else None


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=get_timezone() or UTC) if day else None
