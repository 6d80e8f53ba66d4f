"""How many characters a month a site may send to an engine, how many it has sent, and what that comes to."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Action, Actor
from review_app.accounts.service import is_recorded, record
from review_app.db import Sessions, insist, is_away, only_row, utc_now
from review_app.engines.contract import Engine, Metered, Terms
from review_app.engines.metering import Meter
from review_app.errors import BadInput, BudgetUsedUp
from review_app.locale import N_
from review_app.sites.service import SiteView
from review_app.translations.tables import EngineBudget, EngineUsage

_LOG = structlog.get_logger(__name__)

BUDGET_NEAR = "engine.budget_near"
"""How the log calls that a month's budget is nearly used up."""

WARN_AT = 0.8
"""Share of the budget from which on people are told."""

USED_UP = N_(
    "This month's budget for the engine {engine} is used up: {used} of {budget} characters are sent, and {wanted} more "
    "are wanted. An administrator can raise it on the page of the engines."
)


class BudgetState(StrEnum):
    """How near a budget is to its end."""

    FINE = "fine"
    WARNED = "warned"
    USED_UP = "used up"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a site has sent to an engine this month, of how many characters; ``None`` when there is no limit."""

    used: int
    characters: int | None

    @property
    def left(self) -> int | None:
        """Return how many characters may still be sent; ``None`` for any number."""
        return None if self.characters is None else max(0, self.characters - self.used)

    @property
    def state(self) -> BudgetState:
        """Say whether people should be told."""
        if self.characters is None or self.used < WARN_AT * self.characters:
            return BudgetState.FINE
        return BudgetState.WARNED if self.used < self.characters else BudgetState.USED_UP


def cost(terms: Terms, characters: int) -> float | None:
    """Return what sending so many characters costs, in the currency of the terms; ``None`` when nobody knows."""
    return None if terms.price is None else terms.price * characters / 1_000_000


def budgets_of(session: Session, site: SiteView, now: datetime) -> dict[str, Budget]:
    """Return what a site has sent this month and may send, by engine; engines with neither are left out."""
    limits = dict(
        session.execute(
            select(EngineBudget.engine, EngineBudget.characters).where(EngineBudget.site_id == site.id)
        ).all()
    )
    used = dict(
        session.execute(
            select(EngineUsage.engine, EngineUsage.characters).where(
                EngineUsage.site_id == site.id, EngineUsage.month == month_of(site, now)
            )
        ).all()
    )
    return {name: Budget(used.get(name, 0), limits.get(name)) for name in sorted({*limits, *used})}


def budget_of(session: Session, site: SiteView, engine: str, now: datetime) -> Budget:
    """Return what a site has sent to an engine this month, and may send."""
    return budgets_of(session, site, now).get(engine, Budget(0, None))


def set_budget(session: Session, actor: Actor, site: SiteView, engine: str, characters: int | None) -> None:
    """Limit the characters a month that go to an engine; ``None`` takes the limit away. Raises ``BadInput``."""
    actor.require(Action.ADMINISTER, site.id)
    if characters is not None and not 0 <= characters <= 10**9:
        raise BadInput(N_("A budget is a number of characters from 0 to 1,000,000,000."))
    row = session.get(EngineBudget, (site.id, engine))
    before = {"engine": engine, "characters": row.characters if row else None}
    if characters is None and row is not None:
        session.delete(row)
    elif characters is not None:
        session.merge(EngineBudget(site_id=site.id, engine=engine, characters=characters))
    after = {"engine": engine, "characters": characters}
    if before != after:
        record(session, actor, "engine.budget", f"site:{site.id}", site_id=site.id, before=before, after=after)
    session.flush()


def spend(session: Session, site: SiteView, engine: str, characters: int, now: datetime) -> BudgetState:
    """Count characters that are about to be sent, and return how near the budget is to its end.

    Counted before they are sent, so that no crash and no second worker can overdraw. Raises ``BudgetUsedUp`` when the
    budget does not reach; nothing is counted then. The first time in a month that it comes near its end is noted.
    """
    spent = _spend(session, site, engine, characters, now)
    if spent is None:
        only_row(session, EngineUsage, site_id=site.id, engine=engine, month=month_of(site, now))
        spent = _spend(session, site, engine, characters, now)
    if spent is None:
        before = budget_of(session, site, engine, now)
        raise BudgetUsedUp(USED_UP, engine=engine, used=before.used, budget=before.characters, wanted=characters)
    if spent.state is not BudgetState.FINE:
        _note_near(session, site, engine, spent, month_of(site, now))
    return spent.state


def _note_near(session: Session, site: SiteView, engine: str, spent: Budget, month: str) -> None:
    """Note, once a month, that a budget is nearly used up: administrators are told of what is noted.

    Whoever counts holds the row of what is sent, so that no two see at once that it was not noted.
    """
    subject = f"budget:{engine}:{month}"
    if not is_recorded(session, BUDGET_NEAR, site.id, subject):
        after = {"engine": engine, "used": spent.used, "characters": spent.characters}
        record(session, COMMAND_LINE, BUDGET_NEAR, subject, site_id=site.id, after=after)


def _spend(session: Session, site: SiteView, engine: str, characters: int, now: datetime) -> Budget | None:
    """Count characters in one statement; ``None`` when the budget does not reach, or nothing was counted before."""
    limit = (
        select(EngineBudget.characters)
        .where(EngineBudget.site_id == site.id, EngineBudget.engine == engine)
        .scalar_subquery()
    )
    used = EngineUsage.characters + characters
    counted = (
        update(EngineUsage)
        .where(
            EngineUsage.site_id == site.id,
            EngineUsage.engine == engine,
            EngineUsage.month == month_of(site, now),
            used <= func.coalesce(limit, used),
        )
        .values(characters=used)
        .returning(EngineUsage.characters, limit)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(counted).one_or_none()
    return None if row is None else Budget(*row)


def settle(session: Session, site: SiteView, engine: str, difference: int, now: datetime) -> None:
    """Add to what was counted, or take from it, whatever the budget says: providers bill what they have answered."""
    usage = only_row(session, EngineUsage, site_id=site.id, engine=engine, month=month_of(site, now))
    usage.characters = max(0, usage.characters + difference)


@contextmanager
def counted(database: Sessions, site: SiteView, engine: Engine, characters: int) -> Iterator[BudgetState]:
    """Count characters before they are sent, as ``spend`` does; afterwards, what the engine has answered counts.

    What a ``Metered`` engine has to ask again is counted before that, too, and not asked where the budget does not
    reach for it. An engine that fails has answered nothing, unless it is metered and says otherwise.
    """
    now = utc_now()
    with database.writing() as session:
        state = spend(session, site, engine.name, characters, now)
    meter = Meter(characters, partial(_spend_more, database, site, engine.name, now))
    try:
        if isinstance(engine, Metered):
            engine.meter = meter
        with nullcontext() if isinstance(engine, Metered) else meter.request(characters):
            yield state
    finally:
        if isinstance(engine, Metered):
            engine.meter = Meter()
        if meter.answered != meter.set_aside:
            _settle_in_the_end(database, site, engine.name, meter.answered - meter.set_aside, now)


def _settle_in_the_end(database: Sessions, site: SiteView, engine: str, difference: int, now: datetime) -> None:
    """Settle though the database be restarted; should it stay away, too much stays counted, and the answer is kept."""
    settled = False

    def write(session: Session) -> None:
        nonlocal settled
        if settled:
            return  # the connection was lost in the commit: twice would be worse than perhaps not at all
        settle(session, site, engine, difference, now)
        session.flush()
        settled = True

    try:
        insist(database, write)
    except Exception as error:
        if not is_away(error):
            raise
        _LOG.warning("engine's budget not settled", engine=engine, site=site.slug, error=type(error).__name__)


def _spend_more(database: Sessions, site: SiteView, engine: str, now: datetime, characters: int) -> None:
    """Count what is about to be sent again; raises ``BudgetUsedUp``."""
    with database.writing() as session:
        spend(session, site, engine, characters, now)


def month_of(site: SiteView, now: datetime) -> str:
    """Return the month by the site's calendar, ``2026-11``."""
    return now.astimezone(ZoneInfo(site.timezone)).strftime("%Y-%m")
