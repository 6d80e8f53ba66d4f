"""Drafts a page: what is known is not asked again, what is personal does not leave, an engine is sent the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import structlog
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import Sessions, batches, utc_now
from review_app.engines.contract import Context, Engine, Result, Terms
from review_app.errors import BadInput
from review_app.glossary.service import names_of, targets_of, terms_of
from review_app.locale import N_
from review_app.pages.service import PageView, get_page
from review_app.segments.service import Placed, placed_segments
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteView, site_by_id
from review_app.text.fixed import is_fixed
from review_app.text.personal import Masked, mask
from review_app.translations.budget import Budget, BudgetState, budget_of, cost, counted
from review_app.translations.bulk import Draft, append_drafts
from review_app.translations.memory import cached, remembered
from review_app.translations.origin import Origin
from review_app.translations.service import (
    EngineOutput,
    keep_outputs,
    lacking,
    may_draft,
    newest_revisions,
)
from review_app.translations.tables import MachineTranslation

_LOG = structlog.get_logger(__name__)

LEAST_BATCH = 10
"""Segments asked, and committed, at a time by engines that take one a request; others take what one request holds."""

MOST_BATCH = 100

Step = Callable[[int, int, Callable[[Session], object]], None]
"""Keeps what a step came to, and says in the same transaction how much is done with it, and of how much."""

PEOPLE_ONLY = N_("This page is translated by people only in this language. Write the translation.")
STAYS_IN_HOUSE = N_("The text of this page is never sent to an engine of others. Choose one that is your own.")
NOT_THAT_PAIR = N_("The engine {engine} does not translate from {source} to {target}. Choose another.")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each sentence that lacks a text will get one from.

    ``copied`` read the same in every language; ``remembered`` were written by people elsewhere on the site; ``cached``
    were answered by this engine before; ``asked`` are sent to it.
    """

    site: SiteView
    page: PageView
    language: str
    engine: str
    terms: Terms
    budget: Budget
    placed: tuple[Placed, ...]
    context: Context
    drafts: bool
    copied: tuple[Placed, ...] = ()
    remembered: tuple[tuple[Placed, str], ...] = ()
    cached: tuple[EngineOutput, ...] = ()
    asked: tuple[Placed, ...] = ()

    @property
    def missing(self) -> int:
        """How many sentences will get a text."""
        return len(self.copied) + len(self.remembered) + len(self.cached) + len(self.asked)

    @property
    def characters(self) -> int:
        """How many characters will be sent."""
        return sum(characters(self.terms, segment) for segment in self.asked)

    @property
    def cost(self) -> float | None:
        """What sending them costs, in the currency of the engine's terms; ``None`` when nobody knows."""
        return cost(self.terms, self.characters)

    @property
    def over_budget(self) -> bool:
        """Whether the budget does not reach for all of it."""
        return self.budget.left is not None and self.characters > self.budget.left


def plan(session: Session, actor: Actor, page_id: int, language: str, engine: Engine) -> Plan:
    """Return how a page would be drafted by an engine now; nothing is sent.

    Raises ``BadInput`` when this engine may not, or cannot, translate the page into the language.
    """
    page = get_page(session, page_id)
    actor.require(Action.TRANSLATE, page.site_id, language)
    site = site_by_id(session, page.site_id)
    if page.policy(site, language) is LanguagePolicy.HUMAN_ONLY:
        raise BadInput(PEOPLE_ONLY)
    if page.never_send and not engine.terms.local:
        raise BadInput(STAYS_IN_HOUSE)
    placed = placed_segments(session, [page.version_id])[page.version_id]
    terms = terms_of(session, site.id)
    drafts = engine.name == site.engine_for(language)
    start = Plan(
        site=site,
        page=page,
        language=language,
        engine=engine.name,
        terms=engine.terms,
        budget=budget_of(session, site, engine.name, utc_now()),
        placed=tuple(placed),
        context=Context(
            _masked(engine.terms, page.title).text,
            [_masked(engine.terms, segment.source).text for segment in placed],
            targets_of(terms, language),
        ),
        drafts=drafts,
    )
    missing = lacking(session, placed, language, None if engine.replays else engine.name)
    routed = _route(session, start, engine, missing, names_of(terms))
    if routed.asked and not engine.supports(site.source_language, language):
        raise BadInput(NOT_THAT_PAIR, engine=engine.name, source=site.source_language, target=language)
    return routed


def draft(database: Sessions, plan: Plan, engine: Engine, step: Step) -> None:
    """Carry out a plan, batch by batch: each is kept before the next is sent, so that it can end and be taken up again.

    Raises ``EngineFailed`` when the engine or the budget gives out; what is kept by then stays.
    """
    done = 0
    step(done, plan.missing, _nothing)  # says how much there is to do
    for known in batches(_known(plan), MOST_BATCH):
        done += len(known)
        step(done, plan.missing, partial(_keep_known, plan=plan, known=known))
    for batch in batches(plan.asked, min(max(engine.terms.most_texts, LEAST_BATCH), MOST_BATCH)):
        outputs = _ask(database, plan, engine, batch)
        done += len(batch)
        keep = partial(keep_outputs, language=plan.language, outputs=outputs, drafts=plan.drafts)
        step(done, plan.missing, keep)


def _nothing(_session: Session) -> None:
    """Keep nothing."""


def characters(terms: Terms, segment: Placed) -> int:
    """Return how many characters of a segment are sent."""
    return len(_masked(terms, segment.source).text)


def _route(session: Session, start: Plan, engine: Engine, missing: Sequence[Placed], names: frozenset[str]) -> Plan:
    heads = newest_revisions(session, [segment.segment_id for segment in missing], start.language)
    hashes = [segment.source_hash for segment in missing]
    source_language = start.site.source_language
    known = remembered(session, start.site.id, start.language, hashes) if start.drafts else {}
    version = (engine.name, engine.version)
    answered = {} if engine.replays else cached(session, version, source_language, start.language, hashes)
    found = _Routes()
    for segment in missing:
        head = heads.get(segment.segment_id)
        open_to_drafts = may_draft(head, segment.source)
        if is_fixed(segment.source, names):
            found.copied += [segment] if start.drafts and open_to_drafts else []
        elif head is not None and head.origin is Origin.MEMORY and head.source == segment.source:
            continue
        elif segment.source_hash in known and open_to_drafts:
            found.remembered.append((segment, known[segment.source_hash]))
        elif segment.source_hash in answered:
            found.cached.append(_again(answered[segment.source_hash], segment))
        else:
            found.asked.append(segment)
    return replace(
        start,
        copied=tuple(found.copied),
        remembered=tuple(found.remembered),
        cached=tuple(found.cached),
        asked=tuple(found.asked),
    )


@dataclass(slots=True)
class _Routes:
    copied: list[Placed] = field(default_factory=list)
    remembered: list[tuple[Placed, str]] = field(default_factory=list)
    cached: list[EngineOutput] = field(default_factory=list)
    asked: list[Placed] = field(default_factory=list)


def _known(plan: Plan) -> list[Draft | EngineOutput]:
    """Return what needs no engine."""
    copies = [Draft(one.segment_id, one.source, one.source, Origin.COPY) for one in plan.copied]
    memory = [Draft(one.segment_id, text, one.source, Origin.MEMORY) for one, text in plan.remembered]
    return [*copies, *memory, *plan.cached]


def _keep_known(session: Session, plan: Plan, known: Sequence[Draft | EngineOutput]) -> None:
    """Keep what needs no engine; what somebody wrote since the plan was made stays theirs."""
    append_drafts(session, plan.language, [one for one in known if isinstance(one, Draft)])
    outputs = [one for one in known if isinstance(one, EngineOutput)]
    keep_outputs(session, plan.language, outputs, drafts=plan.drafts)


def _ask(database: Sessions, plan: Plan, engine: Engine, batch: Sequence[Placed]) -> list[EngineOutput]:
    """Ask the engine for a batch, its characters counted first; what may be personal stays behind."""
    sources = [_masked(plan.terms, segment.source) for segment in batch]
    with counted(database, plan.site, engine, sum(len(source.text) for source in sources)) as state:
        if state is BudgetState.WARNED:
            _LOG.warning("engine budget nearly used up", engine=plan.engine, site=plan.site.slug)
        results = engine.translate(
            [source.text for source in sources], plan.site.source_language, plan.language, plan.context
        )
    return [
        _output(engine, segment, result, result.text if result.text is None else source.unmask(result.text))
        for segment, source, result in zip(batch, sources, results, strict=True)
    ]


def _masked(terms: Terms, source: str) -> Masked:
    return Masked(source, {}) if terms.local else mask(source)


def _output(engine: Engine, segment: Placed, result: Result, text: str | None) -> EngineOutput:
    return EngineOutput(
        segment_id=segment.segment_id,
        source=segment.source,
        engine=result.engine or engine.name,
        version=result.version or engine.version,
        made_on=result.made_on or utc_now().date(),
        text=text,
        rejection=result.reason,
        publishable=engine.publishable,
    )


def _again(row: MachineTranslation, segment: Placed) -> EngineOutput:
    return EngineOutput(
        segment_id=segment.segment_id,
        source=segment.source,
        engine=row.engine,
        version=row.version,
        made_on=row.made_on,
        text=row.text,
        rejection=None,
        publishable=row.publishable,
    )
