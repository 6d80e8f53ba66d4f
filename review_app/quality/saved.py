"""Assesses a text that a person has just saved: what ``estimating`` does for many, in as few queries as one needs."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from review_app.checks.guiding import beside, guide_of
from review_app.checks.lexical.own import OwnLexicon
from review_app.checks.service import Looked, keep_first_findings, look_again, look_at
from review_app.checks.switches import switched_off
from review_app.pages.service import PageView
from review_app.quality.estimating import AT_ONCE, assess, estimates_of
from review_app.quality.examples import Around, Judged, example_of, newest_output, outputs_of
from review_app.quality.models import active_estimator
from review_app.quality.tables import Assessment, Estimate
from review_app.sites.service import SiteView
from review_app.text.normalise import source_hash
from review_app.translations.memory import Newest, newest_of, newest_reading, wrote
from review_app.translations.tables import Revision


def assess_saved(
    session: Session, site: SiteView, page: PageView, segment_id: int, revision: Revision, language: str
) -> None:
    """Check and estimate a revision that this transaction has written, and the texts that stand beside it.

    They are those of its source, and those that read like it or like the text that it replaced: they may be alike now,
    or no more. Of more than can be done at once the rest is left to the worker.
    """
    off, guide = switched_off(session, site.id), guide_of(session, site.id, language)
    digest = source_hash(revision.source)
    newest = newest_of(session, site.id, language, digest)
    alike = newest_reading(session, site.id, language, revision)
    texts = [(revision.source, revision.text)]
    guide = beside(guide, wrote(newest), {revision.source: digest}, map(Newest.stands, alike), texts)
    (looked,) = look_at([revision], site.source_language, language, off, guide)
    keep_first_findings(session, looked, off, guide)
    _estimate(session, site, page, segment_id, looked, language, guide.lexicon)
    others = {one.revision.id: one.revision for one in (*newest, *alike) if one.revision.id != revision.id}
    _look_again(session, site, list(others.values()), language)


def _estimate(
    session: Session,
    site: SiteView,
    page: PageView,
    segment_id: int,
    looked: Looked,
    language: str,
    lexicon: OwnLexicon | None,
) -> None:
    estimator = active_estimator(session, site, language, lexicon)
    if estimator is None:
        return
    revision = looked.revision
    judged = Judged(segment_id, revision.source, revision.text, revision.draft_id, looked.findings)
    found = Around(outputs_of(session, [segment_id], language), {segment_id: str(page.content_class)})
    matrix = estimator.matrix_of([example_of(site, language, judged, found)])
    newest = [newest_output(found.outputs.get(segment_id, ()))]
    session.execute(insert(Estimate), estimates_of([revision], newest, matrix, estimator))


def _look_again(session: Session, site: SiteView, others: list[Revision], language: str) -> None:
    if not others:
        return
    look_again(session, others)
    assess(session, site, others[:AT_ONCE], language)
    if len(others) > AT_ONCE:
        session.execute(delete(Assessment).where(Assessment.site_id == site.id, Assessment.language == language))
