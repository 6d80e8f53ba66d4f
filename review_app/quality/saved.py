"""Assesses a text that a person has just saved: what ``estimating`` does for many, in as few queries as one needs."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from review_app.checks.guiding import beside
from review_app.checks.service import Looked, keep_first_findings, look_again, look_at
from review_app.pages.service import PageView
from review_app.quality.estimating import AT_ONCE, Asked, asked_of, assess_with, estimates_of
from review_app.quality.examples import Around, Judged, example_of, newest_output, outputs_of
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
    asked = asked_of(session, site, language)
    digest = source_hash(revision.source)
    newest = newest_of(session, site.id, language, digest)
    alike = newest_reading(session, site.id, language, revision)
    texts = [(revision.source, revision.text)]
    guide = beside(asked.guide, wrote(newest), {revision.source: digest}, map(Newest.stands, alike), texts)
    (looked,) = look_at([revision], site.source_language, language, asked.off, guide)
    keep_first_findings(session, looked, asked.off, guide)
    _estimate(session, asked, page, segment_id, looked)
    others = {one.revision.id: one.revision for one in (*newest, *alike) if one.revision.id != revision.id}
    _look_again(session, asked, list(others.values()))


def _estimate(session: Session, asked: Asked, page: PageView, segment_id: int, looked: Looked) -> None:
    if asked.estimator is None:
        return
    revision = looked.revision
    judged = Judged(segment_id, revision.source, revision.text, revision.draft_id, looked.findings)
    found = Around(outputs_of(session, [segment_id], asked.language), {segment_id: str(page.content_class)})
    matrix = asked.estimator.matrix_of([example_of(asked.site, asked.language, judged, found)])
    newest = [newest_output(found.outputs.get(segment_id, ()))]
    session.execute(insert(Estimate), estimates_of([revision], newest, matrix, asked.estimator))


def _look_again(session: Session, asked: Asked, others: list[Revision]) -> None:
    if not others:
        return
    look_again(session, others)
    assess_with(session, asked, others[:AT_ONCE])
    if len(others) > AT_ONCE:
        site_id, language = asked.site.id, asked.language
        session.execute(delete(Assessment).where(Assessment.site_id == site_id, Assessment.language == language))
