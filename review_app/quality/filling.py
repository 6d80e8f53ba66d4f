"""Fills what is missing or older: flags and risk of all texts of a site, once the checks or the model have changed."""

from collections.abc import Callable

from review_app.db import Sessions
from review_app.pages.service import pages_of
from review_app.quality.corrections import note_earlier
from review_app.quality.estimating import assess_segments, note_assessed, signature_of
from review_app.quality.plugins import NOBODY, Scorers
from review_app.segments.service import placed_segments
from review_app.sites.service import SiteView

PAGES_AT_ONCE = 20
"""Pages assessed between two reports of how far it has come: about two seconds of work."""


def fill(
    database: Sessions,
    site: SiteView,
    language: str,
    progress: Callable[[int, int], None],
    scorers: Scorers = NOBODY,
) -> None:
    """Assess all texts of a site in a language, some pages at a time; it can end anywhere and begin again."""
    with database.writing() as session:
        signature = signature_of(session, site, language)
        note_earlier(session, site, language)
        versions = [page.version_id for page in pages_of(session, site.id)]
    progress(0, len(versions))
    for start in range(0, len(versions), PAGES_AT_ONCE):
        part = versions[start : start + PAGES_AT_ONCE]
        with database.reading() as session:
            placed = placed_segments(session, part)
        segment_ids = {segment.segment_id for segments in placed.values() for segment in segments}
        assess_segments(database, site, segment_ids, language, scorers)
        progress(start + len(part), len(versions))
    with database.writing() as session:
        note_assessed(session, site.id, language, signature)
