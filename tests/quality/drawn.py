"""A page on which every machine text is a spot check."""

from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.quality.estimating import assess
from review_app.quality.service import change_settings
from review_app.sites.service import site_by_id
from review_app.translations.service import newest_revisions
from tests.builders import BuiltPage, build_page

HTML = """<html lang="sv"><title>Simhallen</title><main><p>Simhallen har 6 banor.</p><p>Du får inte springa.</p>
<p>Bastun är varm.</p></main></html>"""
MACHINE = {
    "Simhallen": "The swimming hall",
    "Simhallen har 6 banor.": "The swimming hall has 8 lanes.",
    "Du får inte springa.": "You must not run.",
    "Bastun är varm.": "The sauna is hot.",
}
"""The number of lanes is wrong."""

LANES, RUN, SAUNA = "Simhallen har", "Du får", "Bastun"


def build_assessed(
    session: Session, site_id: int, *, share: float, path: str = "simhall", language: str = "en"
) -> BuiltPage:
    """Take the page in as a worker does; each machine text is drawn with a chance of ``share``."""
    change_settings(session, COMMAND_LINE, site_id, audit_share=share, retrain_every=200)
    page = build_page(session, site_id, html=HTML, path=path, machine=MACHINE, check=False, language=language)
    heads = newest_revisions(session, [segment.segment_id for segment in page.segments], language)
    assess(session, site_by_id(session, site_id), heads.values(), language)
    return page
