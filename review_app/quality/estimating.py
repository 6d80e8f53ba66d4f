"""Assesses texts: runs the checks, draws the spot checks, and estimates the risk that a reviewer would change them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from review_app.checks.finding import Finding
from review_app.checks.guiding import guide_for, guide_of
from review_app.checks.service import (
    findings_of,
    flags_of,
    keep_findings,
    look_again,
    look_at,
    signature_without,
    unchecked,
)
from review_app.checks.switches import switched_off
from review_app.checks.written import may_be_compared
from review_app.db import Sessions, add_missing, among, batches, utc_now
from review_app.pages.tables import Page
from review_app.quality.example import Example
from review_app.quality.features import matrix_of
from review_app.quality.model import RiskModel
from review_app.quality.models import active_model, active_version
from review_app.quality.sampling import is_drawn
from review_app.quality.service import settings_of
from review_app.quality.tables import Assessment, AuditDraw, Estimate
from review_app.segments.tables import Segment
from review_app.sites.sections import rule_for, rules_of
from review_app.sites.service import SiteView
from review_app.text.normalise import source_hash
from review_app.translations.memory import newest_of, newest_reading
from review_app.translations.origin import Origin
from review_app.translations.service import machine_translations, newest_revisions
from review_app.translations.tables import MachineTranslation, Revision, Translation

AT_ONCE = 50
"""Texts that are kept in one transaction: some milliseconds' work, as whoever saves meanwhile waits for it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A text as an engine gave it, or a person left it, with what the checks found in it."""

    segment_id: int
    source: str
    text: str
    draft_id: int | None
    findings: Sequence[Finding]
    from_memory: bool = False


def assess(
    session: Session, site: SiteView, revisions: Iterable[Revision], language: str, *, seen: bool = False
) -> None:
    """Check texts that have not been checked, draw spot checks among new ones, and estimate what has no estimate yet.

    What is drawn is drawn before anybody can have seen its flags: once, when a text is checked for the first time.
    Texts that were ``seen`` before, in an earlier revision, are not drawn.
    """
    revisions = list(revisions)
    off, guide = switched_off(session, site.id), guide_of(session, site.id, language)
    missing = unchecked(session, revisions, off, guide)
    guide = guide_for(session, guide, site.id, language, {(one.source, one.text) for one in missing})
    new = keep_findings(session, look_at(missing, site.source_language, language, off, guide), off, guide)
    if not seen:
        _draw(session, site, new)
    _keep_estimates(session, _estimates(session, site, revisions, language))


def assess_segments(database: Sessions, site: SiteView, segment_ids: Collection[int], language: str) -> None:
    """Assess the newest texts of segments, what takes time between transactions, so that nobody waits for it."""
    with database.reading() as session:
        revisions = list(newest_revisions(session, segment_ids, language).values())
        off, guide = switched_off(session, site.id), guide_of(session, site.id, language)
        missing = unchecked(session, revisions, off, guide)
    for batch in batches(missing, AT_ONCE):
        with database.reading() as session:
            guide = guide_for(session, guide, site.id, language, {(one.source, one.text) for one in batch})
        looked = look_at(batch, site.source_language, language, off, guide)
        with database.writing() as session:
            _draw(session, site, keep_findings(session, looked, off, guide))
    for batch in batches(revisions, AT_ONCE):
        with database.reading() as session:
            estimates = _estimates(session, site, batch, language)
        if estimates:
            with database.writing() as session:
                _keep_estimates(session, estimates)


def assess_alike(session: Session, site: SiteView, revision: Revision, language: str) -> None:
    """Check again the texts that stand beside one that somebody just wrote: some may be alike now, some no more.

    They are those of the same source, and those that read like the text, or like the one it replaced. Of more than can
    be done at once the rest is left to the worker.
    """
    alike = newest_of(session, site.id, language, source_hash(revision.source))
    hashes = _hashes(session, revision)
    alike += newest_reading(session, site.id, language, hashes) if hashes else []
    others = list({other.id: other for other in alike if other.id != revision.id}.values())
    if not others:
        return
    look_again(session, others)
    assess(session, site, others[:AT_ONCE], language)
    if len(others) > AT_ONCE:
        session.execute(delete(Assessment).where(Assessment.site_id == site.id, Assessment.language == language))


def _hashes(session: Session, revision: Revision) -> set[str]:
    """Return how a text and the one it replaced read, as far as others that read so are odd."""
    versions = select(Revision.text, Revision.read_hash).where(
        Revision.translation_id == revision.translation_id, Revision.number >= revision.number - 1
    )
    return {digest for text, digest in session.execute(versions) if digest and may_be_compared(text)}


def signature_of(session: Session, site: SiteView, language: str) -> str:
    """Return by which checks and which model the site's texts are assessed now."""
    version = active_version(session, site, language)
    checks = signature_without(switched_off(session, site.id), guide_of(session, site.id, language))
    return f"{checks}/{version or '-'}"


def is_assessed(session: Session, site: SiteView, language: str) -> bool:
    """Say whether all texts of a language were assessed by the checks and the model in use."""
    row = session.get(Assessment, (site.id, language))
    return row is not None and row.signature == signature_of(session, site, language)


def note_assessed(session: Session, site_id: int, language: str, signature: str) -> None:
    """Remember that all texts of a language have been assessed."""
    row = session.get(Assessment, (site_id, language))
    if row is None:
        session.add(Assessment(site_id=site_id, language=language, signature=signature))
    else:
        row.signature = signature
    session.flush()


def examples_of(session: Session, site: SiteView, language: str, judged: Sequence[Judged]) -> list[Example]:
    """Return texts as the risk sees them, with other engines' answers and what is at stake on their page."""
    segment_ids = {text.segment_id for text in judged}
    outputs = machine_translations(session, segment_ids, language)
    classes = _classes(session, site.id, segment_ids)
    return [
        Example(
            source=text.source,
            target=text.text,
            source_language=site.source_language,
            target_language=language,
            findings=text.findings,
            others=_others(outputs.get(text.segment_id, []), text),
            memory=1.0 if text.from_memory else None,
            content_class=classes[text.segment_id],
        )
        for text in judged
    ]


def _draw(session: Session, site: SiteView, new: Iterable[Revision]) -> None:
    settings, now = settings_of(session, site.id), utc_now()
    draws = [
        {"revision_id": revision.id, "share": settings.audit_share, "seed": settings.seed, "drawn_at": now}
        for revision in new
        if revision.origin is Origin.MACHINE and is_drawn(settings.seed, revision.id, settings.audit_share)
    ]
    add_missing(session, AuditDraw, draws)


def _estimates(session: Session, site: SiteView, revisions: Sequence[Revision], language: str) -> list[dict[str, Any]]:
    """Return the estimates that texts lack by the model in use."""
    model = active_model(session, site, language)
    if model is None:
        return []
    known = select(Estimate.revision_id).where(
        among(Estimate.revision_id, [revision.id for revision in revisions]), Estimate.model == model.version
    )
    done = set(session.scalars(known))
    lacking = [revision for revision in revisions if revision.id not in done]
    if not lacking:
        return []
    return [
        {"revision_id": revision.id, "model": model.version, "risk": risk, "reasons": reasons}
        for revision, (risk, reasons) in zip(lacking, _risks(session, site, language, lacking, model), strict=True)
    ]


def _keep_estimates(session: Session, estimates: Sequence[Mapping[str, Any]]) -> None:
    """Keep estimates instead of an older model's."""
    session.flush()
    session.execute(delete(Estimate).where(among(Estimate.revision_id, [one["revision_id"] for one in estimates])))
    add_missing(session, Estimate, estimates)


Reasons = list[tuple[str, dict[str, Any]]]


def _risks(
    session: Session, site: SiteView, language: str, revisions: Sequence[Revision], model: RiskModel
) -> list[tuple[float, Reasons]]:
    segments = _segments(session, revisions)
    flags = flags_of(session, [revision.id for revision in revisions])
    judged = [
        Judged(
            segments[revision.translation_id],
            revision.source,
            revision.text,
            revision.draft_id,
            findings_of(flags.get(revision.id, [])),
            from_memory=revision.origin is Origin.MEMORY,
        )
        for revision in revisions
    ]
    matrix = matrix_of(examples_of(session, site, language, judged))
    return [
        (float(risk), [(reason.message_id, dict(reason.values)) for reason in model.reasons(row)])
        for risk, row in zip(model.predict(matrix), matrix, strict=True)
    ]


def _segments(session: Session, revisions: Sequence[Revision]) -> dict[int, int]:
    ids = {revision.translation_id for revision in revisions}
    rows = session.execute(select(Translation.id, Translation.segment_id).where(among(Translation.id, ids)))
    return dict(rows.all())


def _classes(session: Session, site_id: int, segment_ids: Collection[int]) -> Mapping[int, str]:
    rules = rules_of(session, site_id)
    rows = session.execute(
        select(Segment.id, Page.path).join(Page, Segment.page_id == Page.id).where(among(Segment.id, segment_ids))
    ).all()
    by_path = {path: str(rule_for(rules, path).content_class or "normal") for path in {path for _, path in rows}}
    return {segment_id: by_path[path] for segment_id, path in rows}


def _others(outputs: Sequence[MachineTranslation], text: Judged) -> tuple[str, ...]:
    """Return what other engines made of the same source: one text each, the newest; no word-for-word gloss."""
    own = next((output.engine for output in outputs if output.id == text.draft_id), None)
    digest = source_hash(text.source)
    found = {
        output.engine: output.text
        for output in outputs
        if output.text is not None and output.publishable and output.source_hash == digest and output.engine != own
    }
    return tuple(found[engine] for engine in sorted(found))
