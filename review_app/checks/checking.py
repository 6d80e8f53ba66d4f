"""Steps of checking: what takes time is done before the transaction that keeps it, so that nobody waits for it."""

from collections.abc import Collection

from review_app.checks.service import keep_findings, look_at, unchecked
from review_app.db import Database, batches
from review_app.translations.service import newest_revisions

AT_ONCE = 100
"""Texts whose findings are kept in one transaction."""


def check_segments(
    database: Database, segment_ids: Collection[int], source_language: str, target_language: str
) -> None:
    """Check the newest texts of segments in a language, those that this rule set has not seen."""
    with database.reading() as session:
        missing = unchecked(session, newest_revisions(session, segment_ids, target_language).values())
    for batch in batches(missing, AT_ONCE):
        looked = look_at(batch, source_language, target_language)
        with database.writing() as session:
            keep_findings(session, looked)
