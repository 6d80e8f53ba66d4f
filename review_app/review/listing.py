"""Which lines of a page are listed, in which order, and which comes next: asked of the database, however long the page.

A list is the numbers of its segments in their order. It is kept by whoever looks at it, so that nothing is left out or
comes twice when texts are changed between two looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, bindparam, case, cast, func, or_, select, true
from sqlalchemy.orm import Session

from review_app.db import among_given
from review_app.review.lines import LINES, SHOWS, TEXTS, WAITS, WORTH
from review_app.review.states import About
from review_app.review.tables import Comment
from review_app.segments.numbered import OWN

SHOWN = tuple(SHOWS)
"""What a list can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list is narrowed to: a kind of lines, of ``lines.SHOWS``, and a word in their texts or comments."""

    show: str = "all"
    search: str = ""


class Found(NamedTuple):
    """A line, by its segment's key, and its number in the page."""

    key: str
    number: int


def numbers_of(session: Session, given: Mapping[str, Any], listed: Listed, also: str | None = None) -> list[int]:
    """Return the numbers of the listed lines, and that of the segment with the key ``also``, in their order."""
    asked = _ordered(listed.show, bool(listed.search))
    found = session.scalar(asked, {**given, **_searched(session, given, listed), "also": also or ""})
    return [int(number) for number in found.split(",")] if found else []


def is_listed(session: Session, given: Mapping[str, Any], listed: Listed, key: str) -> bool:
    """Whether the segment with this key is among the lines that are listed."""
    asked = _ordered(listed.show, bool(listed.search), one=True)
    return session.scalar(asked, {**given, **_searched(session, given, listed), "also": key}) is not None


def next_flagged(
    session: Session, given: Mapping[str, Any], listed: Listed, after: str | None, *, back: bool = False
) -> Found | None:
    """Return the next line with an open flag, or the one before; begins again at the other end."""
    asked = stepping(listed.show, bool(listed.search), "flagged", back)
    row = session.execute(asked, given_to_step(session, given, listed, after)).first()
    return Found(*row) if row else None


def given_to_step(session: Session, given: Mapping[str, Any], listed: Listed, after: str | None) -> dict[str, Any]:
    """Return what the statements of ``stepping`` ask for."""
    return {**given, **_searched(session, given, listed), "after": after or ""}


def _ranked(show: str) -> Select[Any]:
    """Return every line with its place in the order: that of the page, or the riskiest first.

    Spot checks come before all others then, so that their place tells nothing of their risk.
    """
    order = (LINES.c.spot.desc(), WORTH.desc(), LINES.c.number) if show == "risk" else (LINES.c.number,)
    place = func.row_number().over(order_by=order)
    columns = (LINES.c.segment_id, LINES.c.key, LINES.c.number)
    listed = case((SHOWS[show], 1), else_=0)
    return select(
        *columns,
        place.label("place"),
        listed.label("listed"),
        case((WAITS, 1), else_=0).label("waits"),
        case((SHOWS["flagged"], 1), else_=0).label("flagged"),
    )


@lru_cache(maxsize=64)
def _ordered(show: str, searches: bool, *, one: bool = False) -> Select[Any]:
    ranked = _ranked(show).subquery()
    named = ranked.c.key == bindparam("also")
    listed = and_(ranked.c.listed == 1, _is_found(ranked, searches))
    wanted = and_(listed, named) if one else or_(listed, named)
    numbers = select(ranked.c.number).where(wanted).order_by(ranked.c.place).subquery()
    return select(func.aggregate_strings(cast(numbers.c.number, String), ","))


@lru_cache(maxsize=64)
def stepping(show: str, searches: bool, wanted: str, back: bool) -> Select[Any]:
    """Select the next line, a ``Found``, of those that are ``wanted`` in a list: they are ``waits`` or ``flagged``."""
    ranked = _ranked(show).cte("ranked")
    here = func.coalesce(select(ranked.c.place).where(ranked.c.key == bindparam("after")).scalar_subquery(), 0)
    ahead = ranked.c.place < here if back else ranked.c.place > here
    return (
        select(ranked.c.key, ranked.c.number)
        .where(ranked.c[wanted] == 1, ranked.c.listed == 1, ranked.c.key != bindparam("after"))
        .where(_is_found(ranked, searches))
        .order_by(case((ahead, 0), else_=1), ranked.c.place.desc() if back else ranked.c.place)
        .limit(1)
    )


def _is_found(ranked: Any, searches: bool) -> Any:
    return among_given(ranked.c.segment_id, "found") if searches else true()


_SAID = (
    select(Comment.segment_id, Comment.text)
    .join(OWN, Comment.segment_id == OWN.c.segment_id)
    .where(or_(Comment.language == bindparam("language"), Comment.about == About.SOURCE))
)


def _searched(session: Session, given: Mapping[str, Any], listed: Listed) -> dict[str, list[int]]:
    """Return the segments that have the word in whatever case, where one is looked for.

    Python looks: of letters outside ASCII SQLite knows no case, and PostgreSQL only as its database was made.
    """
    word = listed.search.casefold()
    if not word:
        return {}
    found = {row[0] for row in session.execute(_SAID, given) if word in row[1].casefold()}
    for segment_id, source, text in session.execute(TEXTS, given):
        if word in source.casefold() or (text and word in text.casefold()):
            found.add(segment_id)
    return {"found": sorted(found)}
