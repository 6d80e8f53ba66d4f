"""What a page lacks in a language, and where each sentence will get a text from; nothing is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.engines.contract import Context, Contextual, Engine, Terms, version_of, weight_of
from review_app.engines.protection import shield
from review_app.errors import BadInput
from review_app.glossary.service import names_of, targets_of, terms_of
from review_app.locale import N_
from review_app.pages.service import PageView, get_page
from review_app.segments.service import Placed, placed_segments
from review_app.segments.shared import standing_on
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import rule_for, rules_of
from review_app.sites.service import SiteView, site_by_id
from review_app.text.fixed import is_fixed
from review_app.text.personal import Masked, cannot_be_masked, mask
from review_app.translations.budget import Budget, budget_of, cost
from review_app.translations.memory import cached, follows, remembered
from review_app.translations.origin import Origin
from review_app.translations.service import EngineOutput, lacking, may_draft, newest_revisions
from review_app.translations.tables import MachineTranslation

PEOPLE_ONLY = N_("This page is translated by people only in this language. Write the translation.")
STAYS_IN_HOUSE = N_("The text of this page is never sent to an engine of others. Choose one that is your own.")
STANDS_IN_HOUSE = N_("It stands only on pages whose text is never sent to an engine of others.")
MAY_BE_PERSONAL = N_(
    "It may hold a person's address or number, divided by markup, and was sent to no engine of others."
)
NOT_THAT_PAIR = N_("The engine {engine} does not translate from {source} to {target}. Choose another.")


LEAST_BATCH = 10
"""Segments asked, and kept, at a time by engines of one's own, which lose nothing by being asked twice."""

MOST_BATCH = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each sentence that lacks a text will get one from.

    ``copied`` read the same in every language; ``remembered`` were written by people elsewhere on the site; ``cached``
    were answered by this engine before; ``asked`` are sent to it, in so many ``characters`` as its provider counts,
    if nothing has to be asked again. ``held`` are sent to nobody, and why; they get none.
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
    held: tuple[tuple[Placed, str], ...] = ()
    characters: int = 0

    @property
    def missing(self) -> int:
        """How many sentences will get a text."""
        return len(self.copied) + len(self.remembered) + len(self.cached) + len(self.asked)

    @property
    def cost(self) -> float | None:
        """What sending them costs, in the currency of the engine's terms; ``None`` when nobody knows."""
        return cost(self.terms, self.characters)

    @property
    def over_budget(self) -> bool:
        """Whether the budget does not reach for all of it."""
        return self.budget.left is not None and self.characters > self.budget.left


def plan(
    session: Session, actor: Actor, page_id: int, language: str, engine: Engine, since: datetime | None = None
) -> Plan:
    """Return how a page would be drafted by an engine now; nothing is sent.

    What the engine answered wrongly before ``since`` (none: before now) is asked again. Raises ``BadInput`` when this
    engine may not, or cannot, translate the page into the language.
    """
    page, site = open_page(session, actor, page_id, language, engine.terms)
    placed = placed_segments(session, [page.version_id])[page.version_id]
    terms = terms_of(session, site.id)
    drafts = engine.name == site.engine_for(language)
    held = {} if engine.terms.local else _held_back(session, page, placed)
    start = Plan(
        site=site,
        page=page,
        language=language,
        engine=engine.name,
        terms=engine.terms,
        budget=budget_of(session, site, engine.name, utc_now()),
        placed=tuple(placed),
        context=Context(
            masked(engine.terms, page.title).text,
            [masked(engine.terms, segment.source).text for segment in placed if segment.segment_id not in held],
            targets_of(terms, language),
        ),
        drafts=drafts,
    )
    missing = lacking(session, placed, language, None if engine.replays else engine.name, since or utc_now())
    routed = _route(session, start, engine, missing, names_of(terms), held)
    if routed.asked and not engine.supports(site.source_language, language):
        raise BadInput(NOT_THAT_PAIR, engine=engine.name, source=site.source_language, target=language)
    return replace(routed, characters=characters(engine, routed, routed.asked))


def open_page(session: Session, actor: Actor, page_id: int, language: str, terms: Terms) -> tuple[PageView, SiteView]:
    """Return a page and its site; raises what forbids the actor, or an engine on these terms, to translate it."""
    page = get_page(session, page_id)
    actor.require(Action.TRANSLATE, page.site_id, language)
    site = site_by_id(session, page.site_id)
    if page.policy(site, language) is LanguagePolicy.HUMAN_ONLY:
        raise BadInput(PEOPLE_ONLY)
    if page.never_send and not terms.local:
        raise BadInput(STAYS_IN_HOUSE)
    return page, site


def _held_back(session: Session, page: PageView, placed: Sequence[Placed]) -> dict[int, str]:
    """Return the segments that go to no engine of others, and why, by segment id."""
    held = {one.segment_id: MAY_BE_PERSONAL for one in placed if cannot_be_masked(one.source)}
    if page.shared:
        rules = rules_of(session, page.site_id)
        for segment_id, paths in standing_on(session, page.id).items():
            if all(rule_for(rules, path).never_send for path in paths):
                held[segment_id] = STANDS_IN_HOUSE
    return held


def answered_of(
    session: Session, plan: Plan, engine: Engine, segments: Sequence[Placed]
) -> dict[str, MachineTranslation]:
    """Return what the engine has answered of these sources, by their hashes; one that replays others has no answers.

    Of one whose answers hang on what else it is shown, those at this site that have the terms of now.
    """
    if engine.replays:
        return {}
    hashes = [segment.source_hash for segment in segments]
    languages = plan.site.source_language, plan.language
    version = engine.name, version_of(engine, *languages)
    if not isinstance(engine, Contextual):
        return cached(session, version, languages, hashes)
    sources = {segment.source_hash: segment.source for segment in segments}
    found = cached(session, version, languages, hashes, plan.site.id)
    terms = plan.context.terms
    return {digest: row for digest, row in found.items() if follows(terms, sources[digest], row.text or "")}


def _route(
    session: Session,
    start: Plan,
    engine: Engine,
    missing: Sequence[Placed],
    names: frozenset[str],
    held: Mapping[int, str],
) -> Plan:
    heads = newest_revisions(session, [segment.segment_id for segment in missing], start.language)
    hashes = [segment.source_hash for segment in missing]
    known = remembered(session, start.site.id, start.language, hashes) if start.drafts else {}
    answered = answered_of(session, start, engine, missing)
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
            found.cached.append(again(answered[segment.source_hash], segment))
        elif segment.segment_id in held:
            found.held.append((segment, held[segment.segment_id]))
        else:
            found.asked.append(segment)
    return replace(
        start,
        copied=tuple(found.copied),
        remembered=tuple(found.remembered),
        cached=tuple(found.cached),
        asked=tuple(found.asked),
        held=tuple(found.held),
    )


@dataclass(slots=True)
class _Routes:
    copied: list[Placed] = field(default_factory=list)
    remembered: list[tuple[Placed, str]] = field(default_factory=list)
    cached: list[EngineOutput] = field(default_factory=list)
    asked: list[Placed] = field(default_factory=list)
    held: list[tuple[Placed, str]] = field(default_factory=list)


def kept_together(terms: Terms, segments: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield segments as they are asked for, and kept, at a time.

    Those that one request to an engine of others holds: what was answered, and billed, is kept before more is sent.
    """
    most = min(max(terms.most_texts, LEAST_BATCH if terms.local else 1), MOST_BATCH)
    batch: list[Placed] = []
    size = 0
    for segment in segments:
        length = len(shield(masked(terms, segment.source).text))
        if batch and (len(batch) == most or (terms.most_characters and size + length > terms.most_characters)):
            yield batch
            batch, size = [], 0
        batch.append(segment)
        size += length
    if batch:
        yield batch


def characters(engine: Engine, plan: Plan, segments: Sequence[Placed]) -> int:
    """Return how many characters an engine is sent for segments of a plan, if nothing has to be asked again."""
    languages = plan.site.source_language, plan.language
    return sum(
        weight_of(engine, [masked(engine.terms, one.source).text for one in batch], *languages, plan.context)
        for batch in kept_together(engine.terms, segments)
    )


def masked(terms: Terms, source: str) -> Masked:
    """Return a source as an engine on these terms may see it."""
    return Masked(source, {}) if terms.local else mask(source)


def again(row: MachineTranslation, segment: Placed) -> EngineOutput:
    """Return what an engine answered before, for another segment of the same text."""
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
