"""Makes examples of texts: with what the checks found, what other engines said, and what is at stake on their page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from review_app.checks.finding import Finding
from review_app.db import among, among_given
from review_app.memory.service import has_any, similar
from review_app.memory.sharing import scope_of
from review_app.pages.tables import Page
from review_app.quality.example import Example
from review_app.segments.tables import Segment
from review_app.sites.sections import Rule, rule_for, rules_of
from review_app.sites.service import SiteView
from review_app.text.normalise import source_hash
from review_app.translations.memory import holding
from review_app.translations.tables import MachineTranslation


@dataclass(frozen=True, slots=True)
class Judged:
    """A text as an engine gave it, or a person left it, with what the checks found in it."""

    segment_id: int
    source: str
    text: str
    draft_id: int | None
    findings: Sequence[Finding]
    from_memory: bool = False


class Output(NamedTuple):
    """What an engine made of a segment."""

    segment_id: int
    id: int
    engine: str
    source_hash: str
    text: str | None
    publishable: bool


class Around(NamedTuple):
    """What stands around segments, by segment id: what engines made of them, and what is at stake on their pages.

    ``nearest`` is how alike (0 to 1) the nearest source is that people have translated, where it was looked up.
    """

    outputs: Mapping[int, Sequence[Output]]
    classes: Mapping[int, str]
    nearest: Mapping[int, float] = MappingProxyType({})


NOTHING = Around({}, {})

_NEAREST = 5
"""Matches among which the nearest that counts is looked for."""


def around(session: Session, rules: Sequence[Rule], segment_ids: Collection[int], language: str) -> Around:
    """Return what stands around segments; ``rules`` are the site's, of its sections."""
    return Around(outputs_of(session, segment_ids, language), _classes(session, rules, segment_ids))


def outputs_of(session: Session, segment_ids: Collection[int], language: str) -> dict[int, list[Output]]:
    """Return what engines made of segments, by segment id, the oldest first."""
    outputs: dict[int, list[Output]] = {}
    for row in session.execute(_OUTPUTS, {"segment_ids": list(segment_ids), "language": language}):
        outputs.setdefault(row.segment_id, []).append(Output(*row))
    return outputs


def newest_output(outputs: Sequence[Output]) -> int:
    """Return the id of the newest of these that a text may be compared with; 0 for none."""
    return max((output.id for output in outputs if output.text is not None and output.publishable), default=0)


def newest_outputs(session: Session, segment_ids: Collection[int], language: str) -> dict[int, int]:
    """Return the same by segment id, of all that have any."""
    rows = session.execute(
        select(MachineTranslation.segment_id, func.max(MachineTranslation.id))
        .where(among(MachineTranslation.segment_id, segment_ids), MachineTranslation.language == language)
        .where(MachineTranslation.text.is_not(None), MachineTranslation.publishable)
        .group_by(MachineTranslation.segment_id)
    )
    return dict(rows.all())


_OUTPUTS = (
    select(
        MachineTranslation.segment_id,
        MachineTranslation.id,
        MachineTranslation.engine,
        MachineTranslation.source_hash,
        MachineTranslation.text,
        MachineTranslation.publishable,
    )
    .where(among_given(MachineTranslation.segment_id, "segment_ids"))
    .where(MachineTranslation.language == bindparam("language"))
    .order_by(MachineTranslation.id)
)


def nearest_sources(session: Session, site_id: int, language: str, sources: Mapping[int, str]) -> dict[int, float]:
    """Return how alike (0 to 1) each segment's source is to the nearest in the memory that is not its own.

    Counted are pairs that people stand behind and that still hold; below half it is 0. Empty without a memory: it takes
    some 5 ms a source with one.
    """
    scope = scope_of(session, site_id, language)
    if not has_any(session, scope):
        return {}
    nearest = {}
    for segment_id, source in sources.items():
        pairs = holding(session, similar(session, scope, source, most=_NEAREST))
        shares = [pair.percent / 100 for pair in pairs if pair.read and pair.segment_id != segment_id]
        nearest[segment_id] = max(shares, default=0.0)
    return nearest


def examples_of(session: Session, site: SiteView, language: str, judged: Sequence[Judged]) -> list[Example]:
    """Return texts as the risk sees them, with all that can be looked up."""
    found = around(session, rules_of(session, site.id), {text.segment_id for text in judged}, language)
    sources = {text.segment_id: text.source for text in judged}
    found = found._replace(nearest=nearest_sources(session, site.id, language, sources))
    return [example_of(site, language, text, found) for text in judged]


def example_of(site: SiteView, language: str, text: Judged, found: Around) -> Example:
    """Return a text as the risk sees it, given what stands around it."""
    return Example(
        source=text.source,
        target=text.text,
        source_language=site.source_language,
        target_language=language,
        findings=text.findings,
        others=_others(found.outputs.get(text.segment_id, ()), text),
        memory=1.0 if text.from_memory else found.nearest.get(text.segment_id),
        content_class=found.classes[text.segment_id],
    )


def _classes(session: Session, rules: Sequence[Rule], segment_ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(Segment.id, Page.path).join(Page, Segment.page_id == Page.id).where(among(Segment.id, segment_ids))
    ).all()
    by_path = {path: str(rule_for(rules, path).content_class or "normal") for path in {path for _, path in rows}}
    return {segment_id: by_path[path] for segment_id, path in rows}


def _others(outputs: Sequence[Output], text: Judged) -> tuple[str, ...]:
    """Return what other engines made of the same source: one text each, the newest; no word-for-word gloss."""
    if len(outputs) < 2 and all(output.id == text.draft_id for output in outputs):
        return ()  # as nearly always
    own = next((output.engine for output in outputs if output.id == text.draft_id), None)
    digest = source_hash(text.source)
    found = {
        output.engine: output.text
        for output in outputs
        if output.text is not None and output.publishable and output.source_hash == digest and output.engine != own
    }
    return tuple(found[engine] for engine in sorted(found))
