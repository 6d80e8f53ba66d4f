"""Assesses texts: runs the checks, draws the spot checks, and estimates the risk that a reviewer would change them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.checks.finding import Finding
from review_app.checks.flags import flags_of
from review_app.checks.guide import Guide
from review_app.checks.guiding import guide_for, guide_of
from review_app.checks.service import (
    Looked,
    findings_of,
    keep_findings,
    look_at,
    signature_without,
    unchecked,
)
from review_app.checks.switches import switched_off
from review_app.db import Sessions, add_missing, among, batches, put, utc_now
from review_app.quality.examples import (
    NOTHING,
    Around,
    Judged,
    around,
    example_of,
    nearest_sources,
    newest_output,
    newest_outputs,
)
from review_app.quality.features import Floats
from review_app.quality.models import Estimator, active_estimator
from review_app.quality.plugins import NOBODY, Scorers
from review_app.quality.sampling import is_drawn
from review_app.quality.service import settings_to_draw
from review_app.quality.tables import Assessment, AuditDraw, Estimate
from review_app.sites.sections import rules_of
from review_app.sites.service import SiteView
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision, Translation

AT_ONCE = 128
"""Texts that are kept in one transaction: some milliseconds' work, as whoever saves meanwhile waits for it."""


class Asked(NamedTuple):
    """What holds for all texts of a language: which checks are off, what the glossary asks, what estimates the risk."""

    site: SiteView
    language: str
    off: Collection[str]
    guide: Guide
    estimator: Estimator | None


class _Work(NamedTuple):
    """Texts to check and texts to estimate, with all that this takes from the database.

    ``segments`` are those of the texts' translations, ``findings`` those of texts that were checked before.
    """

    unchecked: Sequence[Revision]
    lacking: Sequence[Revision]
    guide: Guide
    segments: Mapping[int, int]
    findings: Mapping[int, Sequence[Finding]]
    around: Around


class _Done(NamedTuple):
    """What the checks found, and the estimates as rows."""

    looked: Sequence[Looked]
    estimates: Sequence[Mapping[str, Any]]


def assess(
    session: Session, site: SiteView, revisions: Iterable[Revision], language: str, *, seen: bool = False
) -> None:
    """Check texts that have not been checked, draw spot checks among new ones, and estimate what has no estimate yet.

    What is drawn is drawn before anybody can have seen its flags: once, when a text is checked for the first time.
    Texts that were ``seen`` before, in an earlier revision, are not drawn.
    """
    assess_with(session, asked_of(session, site, language), list(revisions), seen=seen)


def assess_with(session: Session, asked: Asked, revisions: Sequence[Revision], *, seen: bool = False) -> None:
    """Assess texts as ``assess`` does, where what holds for all of them is known already."""
    done = _work_out(asked, _look_up(session, asked, revisions, _segments(session, revisions)))
    _keep(session, asked, done, seen=seen)


def unseen(_done: int) -> None:
    """Show nobody."""


def assess_segments(
    database: Sessions,
    site: SiteView,
    segment_ids: Collection[int],
    language: str,
    scorers: Scorers = NOBODY,
    show: Callable[[int], None] = unseen,
) -> None:
    """Assess the newest texts of segments, what takes time between transactions, so that nobody waits for it.

    ``show`` is told of how many segments the texts are assessed by then.
    """
    assessed = 0
    with database.reading() as session:
        asked = asked_of(session, site, language, scorers)
    for part in batches(sorted(segment_ids), AT_ONCE):
        with database.reading() as session:
            heads = newest_revisions(session, part, language)
            segments = {head.translation_id: segment_id for segment_id, head in heads.items()}
            work = _look_up(session, asked, list(heads.values()), segments)
        done = _work_out(asked, work)
        if done.looked or done.estimates:
            with database.writing() as session:
                _keep(session, asked, done)
        assessed += len(part)
        show(assessed)


def signature_of(session: Session, site: SiteView, language: str) -> str:
    """Return by which checks and which model the site's texts are assessed now."""
    guide = guide_of(session, site.id, language)
    estimator = active_estimator(session, site, language, guide.lexicon)
    checks = signature_without(switched_off(session, site.id), guide)
    return f"{checks}/{estimator.signature if estimator else '-'}"


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


def asked_of(session: Session, site: SiteView, language: str, scorers: Scorers = NOBODY) -> Asked:
    """Return what holds for all texts of a language now."""
    off, guide = switched_off(session, site.id), guide_of(session, site.id, language)
    estimator = active_estimator(session, site, language, guide.lexicon, scorers)
    return Asked(site, language, off, guide, estimator)


def _segments(session: Session, revisions: Sequence[Revision]) -> dict[int, int]:
    ids = {revision.translation_id for revision in revisions}
    rows = session.execute(select(Translation.id, Translation.segment_id).where(among(Translation.id, ids)))
    return dict(rows.all())


def _look_up(session: Session, asked: Asked, revisions: Sequence[Revision], segments: Mapping[int, int]) -> _Work:
    """Return what there is to do for texts; ``segments`` by the id of their translation."""
    site, language = asked.site, asked.language
    missing = unchecked(session, revisions, asked.off, asked.guide)
    texts = {(revision.source, revision.text) for revision in missing}
    guide = guide_for(session, asked.guide, site.id, language, texts) if missing else asked.guide
    lacking = _lacking(session, asked, revisions, segments)
    checked = {revision.id for revision in lacking} - {revision.id for revision in missing}
    flags = flags_of(session, checked) if checked else {}
    found = NOTHING
    if lacking:
        found = around(session, rules_of(session, site.id), {segments[one.translation_id] for one in lacking}, language)
    if lacking and asked.estimator is not None and asked.estimator.model.weighs("memory"):
        sources = {segments[one.translation_id]: one.source for one in lacking}
        found = found._replace(nearest=nearest_sources(session, site.id, language, sources))
    return _Work(
        missing,
        lacking,
        guide,
        segments,
        {revision_id: findings_of(found) for revision_id, found in flags.items()},
        found,
    )


def _lacking(
    session: Session, asked: Asked, revisions: Sequence[Revision], segments: Mapping[int, int]
) -> list[Revision]:
    """Return the texts that have no estimate by what estimates now, or one from before an engine's newest opinion."""
    if asked.estimator is None:
        return []
    known = select(Estimate.revision_id, Estimate.newest_output).where(
        among(Estimate.revision_id, [revision.id for revision in revisions]), Estimate.model == asked.estimator.version
    )
    done = dict(session.execute(known).all())
    newest = newest_outputs(session, {segments[one.translation_id] for one in revisions}, asked.language)
    return [one for one in revisions if done.get(one.id, -1) < newest.get(segments[one.translation_id], 0)]


def _work_out(asked: Asked, work: _Work) -> _Done:
    """Check and estimate; takes time, but no database.

    A part of the texts after the other, so that an estimate finds the alignments that the checks have worked out.
    """
    unchecked = {revision.id: revision for revision in work.unchecked}
    lacking = {revision.id: revision for revision in work.lacking}
    looked, estimates = [], []
    for part in batches(list(dict.fromkeys([*unchecked, *lacking])), AT_ONCE):
        found = look_at(
            [unchecked[one] for one in part if one in unchecked],
            asked.site.source_language,
            asked.language,
            asked.off,
            work.guide,
        )
        looked += found
        estimates += _estimated(asked, work, [lacking[one] for one in part if one in lacking], found)
    return _Done(looked, estimates)


def _estimated(
    asked: Asked, work: _Work, lacking: Sequence[Revision], looked: Iterable[Looked]
) -> list[dict[str, Any]]:
    """Return the estimates of texts by the model in use; ``looked``: what was found in those that were just checked."""
    if asked.estimator is None or not lacking:
        return []
    findings = {**work.findings, **{one.revision.id: one.findings for one in looked}}
    examples = [
        example_of(asked.site, asked.language, _judged(revision, work, findings.get(revision.id, ())), work.around)
        for revision in lacking
    ]
    matrix = asked.estimator.matrix_of(examples)
    newest = [newest_output(work.around.outputs.get(work.segments[one.translation_id], ())) for one in lacking]
    return estimates_of(lacking, newest, matrix, asked.estimator)


def _judged(revision: Revision, work: _Work, findings: Sequence[Finding]) -> Judged:
    return Judged(
        work.segments[revision.translation_id],
        revision.source,
        revision.text,
        revision.draft_id,
        findings,
        from_memory=revision.origin is Origin.MEMORY,
    )


def estimates_of(
    revisions: Sequence[Revision], newest: Sequence[int], matrix: Floats, estimator: Estimator
) -> list[dict[str, Any]]:
    """Return the estimates of texts as rows; ``newest`` has each one's newest output, ``matrix`` a row of features."""
    model, version = estimator.model, estimator.version
    return [
        {
            "revision_id": revision.id,
            "model": version,
            "risk": float(risk),
            "reasons": [(reason.message_id, dict(reason.values)) for reason in model.reasons(row)],
            "newest_output": output,
        }
        for revision, output, risk, row in zip(revisions, newest, model.predict(matrix), matrix, strict=True)
    ]


def _keep(session: Session, asked: Asked, done: _Done, *, seen: bool = False) -> None:
    new = keep_findings(session, done.looked, asked.off, asked.guide)
    if not seen:
        _draw(session, asked.site, new)
    put(session, Estimate, done.estimates)


def _draw(session: Session, site: SiteView, new: Iterable[Revision]) -> None:
    machine = [revision for revision in new if revision.origin is Origin.MACHINE]
    if not machine:
        return
    (share, seed), now = settings_to_draw(session, site.id), utc_now()
    draws = [
        {"revision_id": revision.id, "share": share, "seed": seed, "drawn_at": now}
        for revision in machine
        if is_drawn(seed, revision.id, share)
    ]
    add_missing(session, AuditDraw, draws)
