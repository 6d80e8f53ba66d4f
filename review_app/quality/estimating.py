"""Assesses texts: runs the checks, draws the spot checks, and estimates the risk that a reviewer would change them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.checks.finding import Finding
from review_app.checks.guiding import guide_of
from review_app.checks.service import check_revisions, findings_of, flags_of, signature_without
from review_app.checks.switches import switched_off
from review_app.db import utc_now
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
from review_app.translations.origin import Origin
from review_app.translations.service import machine_translations
from review_app.translations.tables import MachineTranslation, Revision, Translation


@dataclass(frozen=True, slots=True)
class Judged:
    """A text as an engine gave it, or a person left it, with what the checks found in it."""

    segment_id: int
    source: str
    text: str
    draft_id: int | None
    findings: Sequence[Finding]
    from_memory: bool = False


def assess(session: Session, site: SiteView, revisions: Iterable[Revision], language: str) -> None:
    """Check texts that have not been checked, draw spot checks among new ones, and estimate what has no estimate yet.

    What is drawn is drawn before anybody can have seen its flags: once, when a text is checked for the first time.
    """
    revisions = list(revisions)
    off = switched_off(session, site.id)
    new = check_revisions(session, revisions, site.source_language, language, off, guide_of(session, site.id, language))
    _draw(session, site, new)
    _estimate(session, site, revisions, language)


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
    session.add_all(
        AuditDraw(revision_id=revision.id, share=settings.audit_share, seed=settings.seed, drawn_at=now)
        for revision in new
        if revision.origin is Origin.MACHINE and is_drawn(settings.seed, revision.id, settings.audit_share)
    )
    session.flush()


def _estimate(session: Session, site: SiteView, revisions: Sequence[Revision], language: str) -> None:
    model = active_model(session, site, language)
    if model is None:
        return
    ids = [revision.id for revision in revisions]
    known = {row.revision_id: row for row in session.scalars(select(Estimate).where(Estimate.revision_id.in_(ids)))}
    lacking = [r for r in revisions if r.id not in known or known[r.id].model != model.version]
    if not lacking:
        return
    for revision, (risk, reasons) in zip(lacking, _risks(session, site, language, lacking, model), strict=True):
        if revision.id in known:
            row = known[revision.id]
            row.model, row.risk, row.reasons = model.version, risk, reasons
        else:
            session.add(Estimate(revision_id=revision.id, model=model.version, risk=risk, reasons=reasons))
    session.flush()


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
    rows = session.execute(select(Translation.id, Translation.segment_id).where(Translation.id.in_(ids)))
    return dict(rows.all())


def _classes(session: Session, site_id: int, segment_ids: Iterable[int]) -> Mapping[int, str]:
    rules = rules_of(session, site_id)
    rows = session.execute(
        select(Segment.id, Page.path).join(Page, Segment.page_id == Page.id).where(Segment.id.in_(segment_ids))
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
