"""The bench of a page in a language: what is said of the whole page, and the segments that are to be shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.pages.service import PageView
from review_app.review import commented
from review_app.review.heads import head
from review_app.review.listing import Listed
from review_app.review.opening import OpenSegment, open_language
from review_app.review.rows import outlines_of, rows_of
from review_app.review.states import Move, PageState, leads_to
from review_app.review.submissions import Latest, comments_of, decision_view, latest_submissions, newest_approvals
from review_app.review.summing import Counted, counted, counted_after
from review_app.review.tables import Decision
from review_app.review.veiling import veiled_bench
from review_app.review.views import Bench, SegmentRow, SentBack
from review_app.review.work import load_work
from review_app.segments.numbered import order_of, placed_in
from review_app.segments.service import Placed
from review_app.sites.service import SiteView


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page in a language that somebody may see; ``given`` is what the statements of ``lines`` ask for.

    ``counts`` are what its lines add up to, if that was asked already.
    """

    page: PageView
    site: SiteView
    language: str
    latest: Latest | None
    approval: Decision | None
    may_correct: bool
    counts: Counted | None = None

    @property
    def given(self) -> dict[str, Any]:
        """Which lines, and what was approved of them last."""
        approval_id = self.approval.submission_id if self.approval else None
        return {"version_id": self.page.version_id, "language": self.language, "approval_id": approval_id}


def open_lines(session: Session, actor: Actor, page_id: int, language: str, at: OpenSegment | None = None) -> PageLines:
    """Open a page to be seen; raises as ``open_page`` does. Whoever has just opened a segment of it gives that."""
    page, site = (at.page, at.site) if at else open_language(session, actor, page_id, language, Action.READ)
    latest = latest_submissions(session, [page.id], language).get(page.id)
    approval = newest_approvals(session, [page.id], language).get(page.id) if latest else None
    may_correct = actor.may_on(Action.CORRECT, page.site_id, page.id, language) and actor.person_id is not None
    return PageLines(page, site, language, latest, approval, may_correct)


def waiting_after(session: Session, found: PageLines, listed: Listed, key: str | None) -> tuple[PageLines, str | None]:
    """Return the page with its counts, and the key of the next listed line after this one that waits for a person."""
    hashed = found.latest is not None
    counts, following = counted_after(session, found.page, found.given, listed, key, hashed=hashed)
    return replace(found, counts=counts), following


def bench_of(session: Session, actor: Actor, found: PageLines, rows: Sequence[SegmentRow]) -> Bench:
    """Return the bench of a page with these rows. However long the page is, this costs the database's work alone."""
    page, latest, language = found.page, found.latest, found.language
    counts = found.counts or counted(session, page, found.given, hashed=latest is not None)
    page_head = head(found.site, page, language, latest, counts.sums)
    shown = Bench(
        head=page_head,
        rows=tuple(rows),
        shows=counts.shows,
        unrated=counts.unrated,
        page_version_id=page.version_id,
        page_version=page.version,
        last_decision=decision_view(session, latest.decision if latest else None),
        approved_at=found.approval.decided_at if found.approval else None,
        ended=counts.ended,
        sent_back=_sent_back(session, found) if page_head.state is PageState.RETURNED else {},
        may_correct=found.may_correct,
        may_submit=found.may_correct and page_head.translated > 0 and bool(leads_to(Move.SUBMIT, page_head.state)),
        may_translate=actor.may(Action.TRANSLATE, page.site_id, language) and not page_head.by_people_only,
        may_publish=actor.may(Action.PUBLISH, page.site_id, language),
        may_administer=actor.may(Action.ADMINISTER, page.site_id),
    )
    return veiled_bench(shown, actor, found.site.name)


def rows_at(session: Session, found: PageLines, placed: Sequence[Placed], opened: str | None) -> list[SegmentRow]:
    """Return these segments in their order as closed rows show them, the one that is open whole.

    A closed row has no drafts, no other engines' texts, no names, and no reasons of its risk.
    """
    latest = {found.page.id: found.latest} if found.latest else {}
    work = load_work(session, found.site, [found.page], found.language, some=list(placed), latest=latest)
    said = commented.comments_of(session, [one.segment_id for one in placed], found.language)
    rows = outlines_of(session, work, found.page, {one.key for one in placed} - {opened}, said)
    whole = rows_of(session, work, found.page, {opened}, said) if opened else ()
    return sorted((*rows, *whole), key=lambda row: row.number)


def _sent_back(session: Session, found: PageLines) -> dict[str, SentBack]:
    """Return what the approver said of sentences of a page that came back, by key."""
    decision = found.latest.decision if found.latest else None
    said = comments_of(session, decision.id) if decision else {}
    version_id = found.page.version_id
    placed = placed_in(session, version_id, order_of(session, version_id), said.keys()) if said else []
    return {one.key: SentBack(one.number, said[one.segment_id]) for one in placed}
