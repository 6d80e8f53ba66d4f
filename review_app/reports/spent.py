"""What pages took together where the site measures editing time; nothing that one person alone did is ever in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from review_app.db import utc_now
from review_app.pages.service import pages_by_id
from review_app.reports.trend import Step, start_of
from review_app.sites.service import SiteView
from review_app.timing.service import minutes_by_page


@dataclass(frozen=True, slots=True)
class PageTime:
    """About how many minutes at least three people were active on a page together."""

    page_id: int
    title: str
    minutes: int


def time_by_page(
    session: Session, site: SiteView, language: str, page_ids: Collection[int] | None
) -> list[PageTime] | None:
    """Return what pages took, the longest first; ``None`` where it is not measured.

    Of weeks that have ended: whoever looks every day must not see who was at work on it.
    """
    if site.editing_time_days is None:
        return None
    monday = start_of(utc_now().date(), Step.WEEK)
    since = monday - timedelta(days=site.editing_time_days)
    minutes = minutes_by_page(session, site, language, page_ids, since, monday)
    pages = pages_by_id(session, minutes)
    found = [PageTime(page.id, page.title, minutes[page.id]) for page in pages]
    return sorted(found, key=lambda one: (-one.minutes, one.title))
