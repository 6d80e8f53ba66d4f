"""Pages, worst first, with what is left to do on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from review_app.pages.service import pages_by_id
from review_app.reports.behind import of_which
from review_app.reports.slices import Chosen, PageSlices, page_ranking, page_slices
from review_app.review.heads import head_of
from review_app.review.views import PageHead
from review_app.review.work import load_work
from review_app.scoring.service import Segments

AT_ONCE = 50
"""Pages on a page of the list."""

LOOKED_AT = 4
"""Of so many times the pages that are wanted, those that are not done are looked for."""

SHOWN = ("HTER", "chrF2++", "CER")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page's scores, and where it stands: how much is read, and how many minutes it still takes."""

    slices: PageSlices
    head: PageHead


def worst_pages(session: Session, chosen: Chosen, most: int) -> list[PageLine]:
    """Return the pages that people had to change most and that are not done, as far as they are among the first few."""
    ranked = page_ranking(chosen.segments.drafted())[: most * LOOKED_AT]
    lines = _lines(session, chosen, chosen.segments.drafted(), ranked, ("HTER",))
    judged = (line for line in lines if not line.slices.engines[0].scores["HTER"].too_few and line.head.minutes_left)
    return list(islice(judged, most))


def page_lines(
    session: Session, chosen: Chosen, first: int = 0, most: int | None = AT_ONCE, which: str | None = None
) -> tuple[list[PageLine], int]:
    """Return up to so many pages that have scores, from the given one on, and how many there are in all.

    ``which`` leaves out pages without sentences of a kind (``behind.WHICH``).
    """
    ranked = page_ranking(of_which(chosen.segments, which))
    shown = ranked[first:] if most is None else ranked[first : first + most]
    return _lines(session, chosen, chosen.segments, shown, SHOWN), len(ranked)


def _lines(
    session: Session, chosen: Chosen, segments: Segments, page_ids: Sequence[int], metrics: Sequence[str]
) -> list[PageLine]:
    work = load_work(session, chosen.site, pages_by_id(session, page_ids), chosen.filter.language)
    heads = {page.id: head_of(work, page) for page in work.pages}
    return [PageLine(one, heads[one.page_id]) for one in page_slices(session, segments, page_ids, metrics)]
