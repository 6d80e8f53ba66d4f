"""Drafts a page: what is known is not asked again, what is personal does not leave, an engine is sent the rest."""

from collections.abc import Callable, Sequence
from functools import partial

import structlog
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import Sessions, batches, utc_now
from review_app.engines.contract import Engine, Result
from review_app.engines.isolating import TOO_DEAR
from review_app.errors import BudgetUsedUp
from review_app.locale import N_
from review_app.segments.service import Placed
from review_app.translations.budget import BudgetState, counted
from review_app.translations.bulk import Draft, append_drafts
from review_app.translations.origin import Origin
from review_app.translations.planning import (
    MOST_BATCH,
    Plan,
    again,
    answered_of,
    characters,
    kept_together,
    masked,
    open_page,
)
from review_app.translations.service import EngineOutput, keep_outputs

_LOG = structlog.get_logger(__name__)

LEFT_OUT = N_(
    "The month's budget for the engine {engine} does not reach to ask again for {count} of the sentences; they are "
    "left without a text. An administrator can raise it on the page of the engines."
)

Step = Callable[[int, int, Callable[[Session], object]], None]
"""Keeps what a step came to, and says in the same transaction how much is done with it, and of how much."""


def draft(database: Sessions, plan: Plan, engine: Engine, step: Step, actor: Callable[[], Actor]) -> None:
    """Carry out a plan, batch by batch: each is kept before the next is sent, so that it can end and be taken up again.

    Before each is sent it is looked whether it still may be, by ``actor`` as they are then, and whether the engine has
    answered some of it meanwhile, for another page. Raises ``EngineFailed`` when the engine or the budget gives out,
    and what ``plan`` raises; what is kept by then stays.
    """
    done = too_dear = 0
    say_held = partial(_keep_held, plan=plan, engine=engine)
    step(done, plan.missing, say_held if plan.held else _nothing)  # says how much there is to do
    for known in batches(_known(plan), MOST_BATCH):
        done += len(known)
        step(done, plan.missing, partial(_keep_known, plan=plan, known=known))
    for batch in kept_together(engine.terms, plan.asked):
        outputs = _still_known(database, plan, engine, batch, actor())
        known_by_now = {output.segment_id for output in outputs}
        to_ask = [segment for segment in batch if segment.segment_id not in known_by_now]
        outputs += _ask(database, plan, engine, to_ask) if to_ask else []
        done += len(batch)
        keep = partial(keep_outputs, language=plan.language, outputs=outputs, drafts=plan.drafts)
        step(done, plan.missing, keep)
        too_dear += sum(output.rejection == TOO_DEAR for output in outputs)
    if too_dear:
        raise BudgetUsedUp(LEFT_OUT, engine=plan.engine, count=too_dear)


def _still_known(
    database: Sessions, plan: Plan, engine: Engine, batch: Sequence[Placed], actor: Actor
) -> list[EngineOutput]:
    """Return what the engine has answered of a batch by now; raises ``BadInput`` where it may no longer be asked."""
    with database.reading() as session:
        open_page(session, actor, plan.page.id, plan.language, plan.terms)
        answered = answered_of(session, plan, engine, batch)
        return [again(answered[one.source_hash], one) for one in batch if one.source_hash in answered]


def _nothing(_session: Session) -> None:
    """Keep nothing."""


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


def _keep_held(session: Session, plan: Plan, engine: Engine) -> None:
    """Keep why these have no text."""
    outputs = [_output(engine, segment, Result(None, reason), None) for segment, reason in plan.held]
    keep_outputs(session, plan.language, outputs, drafts=False)


def _ask(database: Sessions, plan: Plan, engine: Engine, batch: Sequence[Placed]) -> list[EngineOutput]:
    """Ask the engine for a batch, its characters counted first; what may be personal stays behind."""
    sources = [masked(plan.terms, segment.source) for segment in batch]
    with counted(database, plan.site, engine, characters(engine, plan, batch)) as state:
        if state is BudgetState.WARNED:
            _LOG.warning("engine budget nearly used up", engine=plan.engine, site=plan.site.slug)
        results = engine.translate(
            [source.text for source in sources], plan.site.source_language, plan.language, plan.context
        )
    return [
        _output(engine, segment, result, result.text if result.text is None else source.unmask(result.text))
        for segment, source, result in zip(batch, sources, results, strict=True)
    ]


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
