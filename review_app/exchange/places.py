"""Places of a text that have a translation of their own, as rows of a corpus folder name them: by number, from 0."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.exchange.records import SegmentRecord
from review_app.pages.service import PageView, get_page
from review_app.segments.apart import apart_segments, set_apart
from review_app.segments.recutting import recut_page
from review_app.segments.service import Standing, occurrences_of
from review_app.text.normalise import normalise

Place = tuple[str, int]
"""A text, and which of its places on the page."""


def places_apart(session: Session, page: PageView) -> dict[Place, int]:
    """Return the segments of the places of a page that are set apart."""
    own = apart_segments(session, page.id)
    if not own:
        return {}
    return {place: one.segment_id for place, one in _standing(session, page).items() if one.segment_id in own}


def set_places(session: Session, actor: Actor, page: PageView, records: Iterable[SegmentRecord]) -> PageView:
    """Set the places apart that rows name and that are not yet; one that the page lacks is left to whoever looks."""
    wanted = {(normalise(one.source), one.nth) for one in records if one.nth is not None}
    standing = _standing(session, page) if wanted else {}
    own = apart_segments(session, page.id)
    texts, new = [text for text, _ in standing], False
    for at, (place, one) in enumerate(standing.items()):
        if place in wanted and one.segment_id not in own:
            set_apart(session, page.id, texts, at, actor.person_id)
            new = True
    if new:
        recut_page(session, page.site_id, page.id, anyway=True)
    return get_page(session, page.id)


def _standing(session: Session, page: PageView) -> dict[Place, Standing]:
    """Return a page's own texts, in page order, by their places."""
    found: dict[Place, Standing] = {}
    times: Counter[str] = Counter()
    for one in occurrences_of(session, page.version_id):
        if one.key is not None:
            found[one.source, times[one.source]] = one
            times[one.source] += 1
    return found
