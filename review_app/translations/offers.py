"""What each engine would do for some pages, before anything is sent: how much would go to it, and at what cost."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import utc_now
from review_app.engines.contract import Engine
from review_app.errors import BadInput, EngineFailed, ReviewAppError
from review_app.sites.service import SiteView
from review_app.translations.budget import Budget, budget_of, cost
from review_app.translations.planning import Plan, characters, plan


@dataclass(frozen=True, slots=True)
class Offer:
    """What an engine would do: how many sentences get a text, from where, and how many characters are sent.

    ``refusal`` says why it would do nothing at all; ``left_out`` is how many of the pages it may not translate,
    ``held`` how many sentences are kept from it.
    """

    engine: Engine
    budget: Budget
    refusal: ReviewAppError | None = None
    left_out: int = 0
    copied: int = 0
    remembered: int = 0
    cached: int = 0
    asked: int = 0
    characters: int = 0
    held: int = 0

    @property
    def missing(self) -> int:
        """How many sentences will get a text."""
        return self.copied + self.remembered + self.cached + self.asked

    @property
    def cost(self) -> float | None:
        """What that costs, in the currency of the engine's terms; ``None`` when nobody knows."""
        return cost(self.engine.terms, self.characters)

    @property
    def over_budget(self) -> bool:
        """Whether the month's budget does not reach for all of it."""
        return self.budget.left is not None and self.characters > self.budget.left


def offer(
    session: Session, actor: Actor, site: SiteView, page_ids: Collection[int], language: str, engine: Engine
) -> Offer:
    """Return what an engine would do for these pages of a site; nothing is sent."""
    budget = budget_of(session, site, engine.name, utc_now())
    missing = engine.usable()
    if missing is not None:
        return Offer(engine, budget, EngineFailed(missing))
    plans: list[Plan] = []
    refusal: ReviewAppError | None = None
    for page_id in page_ids:
        try:
            plans.append(plan(session, actor, page_id, language, engine))
        except (BadInput, EngineFailed) as refused:
            refusal = refused
    return _sum(engine, budget, plans, None if plans else refusal, left_out=len(page_ids) - len(plans))


def _sum(
    engine: Engine, budget: Budget, plans: Collection[Plan], refusal: ReviewAppError | None, *, left_out: int
) -> Offer:
    """Add up plans that are carried out one after the other: what one page has asked for, the next one has."""
    copied = remembered = cached = sent = 0
    asked: set[str] = set()
    for one in plans:
        new = {segment.source_hash: segment for segment in one.asked if segment.source_hash not in asked}
        asked |= set(new)
        copied, remembered = copied + len(one.copied), remembered + len(one.remembered)
        cached += len(one.cached) + len(one.asked) - len(new)
        sent += one.characters if len(new) == len(one.asked) else characters(engine, one, list(new.values()))
    held = sum(len(one.held) for one in plans)
    return Offer(engine, budget, refusal, left_out, copied, remembered, cached, len(asked), sent, held)
