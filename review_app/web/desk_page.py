"""Renders the desk: the page as it will read beside what an approver has to know."""

from dataclasses import dataclass, replace

from flask import Response, make_response, render_template, request

from review_app.pages.service import get_page
from review_app.publishing.service import with_publications
from review_app.review import decisions
from review_app.review.views import Desk, DeskRow, SegmentRow
from review_app.sites.service import get_site
from review_app.web import bench_view, marking
from review_app.web.address import Address
from review_app.web.bench_page import describe_flag, occurrences
from review_app.web.bench_view import FlagLine, PageBlock
from review_app.web.context import actor, db


@dataclass(frozen=True, slots=True)
class Matters:
    """What an approver has to know; ``flags`` are the open ones, the gravest first.

    ``wrong`` is how many of the unread texts people would change, by their risk; none where no risk is known.
    ``spot_checks`` of them are not judged, and show no flags.
    """

    changed: tuple[DeskRow, ...]
    flags: tuple[tuple[SegmentRow, FlagLine], ...]
    unread: tuple[SegmentRow, ...]
    left_out: tuple[SegmentRow, ...]
    first: bool
    wrong: float | None
    spot_checks: int


def show(submission_id: int, *, problem: str | None = None, status: int = 200) -> Response:
    """Render a submission; ``problem`` says why a decision was not taken."""
    desk = decisions.desk(db(), actor(), submission_id)
    desk = replace(desk, head=with_publications(db(), [desk.head])[0])
    head = desk.head
    site = get_site(db(), head.site_slug)
    page = render_template(
        "review/desk.html",
        desk=desk,
        at=Address(head.site_slug, head.page_id, head.language),
        source_language=site.source_language,
        matters=matters(desk),
        blocks=_blocks(desk),
        problem=problem,
        form=request.form,
        rows={found.row.key: found.row for found in desk.rows},
    )
    return make_response(page, status)


def matters(desk: Desk) -> Matters:
    """Return what matters in a submission."""
    rows = [found.row for found in desk.rows]
    flags = [(row, FlagLine(flag, *describe_flag(flag))) for row in rows for flag in row.open_flags]
    first = all(found.before is None for found in desk.rows)
    unread = tuple(row for row in rows if bench_view.is_offered(row) and not row.read)
    risks = [row.risk.value for row in unread if row.risk is not None]
    return Matters(
        changed=tuple(found for found in desk.rows if found.changed and bench_view.is_offered(found.row)),
        flags=tuple(sorted(flags, key=lambda found: marking.SEVERITIES.index(found[1].flag.severity))),
        unread=unread,
        left_out=tuple(row for row in rows if not bench_view.is_offered(row)),
        first=first,
        wrong=sum(risks) if risks else None,
        spot_checks=sum(row.spot_check for row in rows),
    )


def engine_label(name: str) -> str:
    """Return an engine's name as people know it."""
    return ENGINE_NAMES.get(name, name.capitalize())


ENGINE_NAMES = {"google": "Google", "gloss": "gloss"}


def _blocks(desk: Desk) -> tuple[PageBlock, ...]:
    before = {found.row.key: found.before for found in desk.rows}

    def runs(row: SegmentRow) -> tuple[marking.Run, ...]:
        if row.text is None or not bench_view.is_offered(row):
            return marking.marked(row.source)
        earlier = before[row.key]
        return marking.marked(row.text) if earlier is None else marking.changed(earlier, row.text)

    version = get_page(db(), desk.head.page_id).version_id
    return bench_view.page_blocks(occurrences(version), {found.row.key: found.row for found in desk.rows}, runs)
