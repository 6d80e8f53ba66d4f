"""Renders the desk: the page as it will read beside what an approver has to know."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Response, make_response, render_template, request
from flask_babel import gettext

from review_app.publishing.foreseeing import Foreseen, Place, foresee
from review_app.publishing.passages import PassageKind
from review_app.publishing.service import with_publications
from review_app.review.answering import BLOCKED
from review_app.review.desk import desk as get_desk
from review_app.review.views import CommentView, Desk, DeskRow, SegmentRow
from review_app.sites.service import get_site
from review_app.web import bench_context, marking
from review_app.web.address import Address
from review_app.web.bench_card import FlagLine
from review_app.web.bench_context import PageBlock
from review_app.web.bench_page import describe_flag, occurrences
from review_app.web.context import actor, db
from review_app.web.security import loosen

WORST = 5
"""Unread passages that are shown before the others: those at the highest risk."""

COMMENT = "comment-"
"""What the names of the fields for comments on passages begin with."""


@dataclass(frozen=True, slots=True)
class Change:
    """A text that differs from the last approved one, and what leads to it: in the Swedish too, if that differs."""

    row: SegmentRow
    source: tuple[marking.Run, ...]
    target: tuple[marking.Run, ...]


@dataclass(frozen=True, slots=True)
class Matters:
    """What an approver has to know; ``flags`` are the open ones, the gravest first.

    ``comments`` are the open ones, in page order: those on the translation, and on its source from any language.

    ``wrong`` is how many of the unread texts people would change, by their risk; none where no risk is known.
    ``worst`` are the unread ones at the highest risk. ``spot_checks`` of them are not judged, and show no flags.
    """

    changed: tuple[Change, ...]
    flags: tuple[tuple[SegmentRow, FlagLine], ...]
    comments: tuple[tuple[SegmentRow, CommentView], ...]
    unread: tuple[SegmentRow, ...]
    worst: tuple[SegmentRow, ...]
    left_out: tuple[SegmentRow, ...]
    first: bool
    wrong: float | None
    spot_checks: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A submission's page with what leads to it from another; ``changed`` counts the texts that differ."""

    desk: Desk
    blocks: tuple[PageBlock, ...]
    rows: Mapping[str, DeskRow]
    changed: int


def sheet(submission_id: int, against: int | None) -> Sheet:
    """Return a submission as its page reads; what differs from another one is marked, if one is named."""
    desk = get_desk(db(), actor(), submission_id, against)
    if against is None:
        desk = replace(desk, rows=tuple(replace(row, before=None) for row in desk.rows), gone=())
    changed = sum(row.changed for row in desk.rows if row.offered) + len(desk.gone) if against else 0
    return Sheet(desk, _blocks(desk), {found.row.key: found for found in desk.rows}, changed)


def show(submission_id: int, *, problem: str | None = None, status: int = 200, where: str = "decide") -> Response:
    """Render a submission; ``problem`` says why a decision was not taken, or (``where``) a reason not recorded."""
    desk = get_desk(db(), actor(), submission_id)
    desk = replace(desk, head=with_publications(db(), [desk.head])[0])
    head = desk.head
    site = get_site(db(), head.site_slug)
    foreseen = foresee(db(), actor(), submission_id)
    loosen("frame-src", "'self'")
    page = render_template(
        "review/desk.html",
        desk=desk,
        at=Address(head.site_slug, head.page_id, head.language),
        source_language=site.source_language,
        matters=matters(desk),
        blocks=_blocks(desk),
        fates=_fates(desk, foreseen),
        notices=foreseen.notices,
        blocked=[
            gettext(BLOCKED[obstacle]).format(number=len(desk.gate.obstacles[obstacle])) for obstacle in desk.blocking
        ],
        problem=problem,
        where=where,
        form=request.form,
        ticked=_ticked(desk),
        comment_field=COMMENT,
        rows={found.row.key: found for found in desk.rows},
    )
    return make_response(page, status)


def comments_given() -> dict[str, str]:
    """Return what the form says of passages, by key."""
    return {
        name.removeprefix(COMMENT): text
        for name, text in request.form.items()
        if name.startswith(COMMENT) and text.strip()
    }


def matters(desk: Desk) -> Matters:
    """Return what matters in a submission."""
    rows = [found.row for found in desk.rows]
    flags = [(row, FlagLine(flag, *describe_flag(flag))) for row in rows for flag in row.open_flags]
    unread = tuple(found.row for found in desk.rows if found.offered and not found.row.read)
    risky = sorted((row for row in unread if row.risk is not None), key=_risk, reverse=True)
    return Matters(
        changed=tuple(
            _change(found) for found in desk.rows if found.offered and (found.changed or found.source_changed)
        ),
        flags=tuple(sorted(flags, key=lambda found: marking.SEVERITIES.index(found[1].flag.severity))),
        comments=tuple((row, comment) for row in rows for comment in row.open_comments),
        unread=unread,
        worst=tuple(risky[:WORST]),
        left_out=tuple(found.row for found in desk.rows if not found.offered),
        first=all(found.before is None for found in desk.rows),
        wrong=sum(map(_risk, risky)) if risky else None,
        spot_checks=sum(row.spot_check for row in rows),
    )


def engine_label(name: str) -> str:
    """Return an engine's name as people know it."""
    return ENGINE_NAMES.get(name, name.capitalize())


ENGINE_NAMES = {"google": "Google", "gloss": "gloss"}


def _risk(row: SegmentRow) -> float:
    return row.risk.value if row.risk else 0.0


def _change(found: DeskRow) -> Change:
    row, before = found.row, found.before
    text = row.text or ""
    return Change(
        row,
        marking.changed(before.source, row.source) if before and found.source_changed else marking.marked(row.source),
        marking.changed(before.text, text) if before else marking.marked(text),
    )


def _ticked(desk: Desk) -> set[str]:
    """Return the keys of the passages that are chosen: all, unless the form says otherwise."""
    if "chosen" in request.form:
        return set(request.form.getlist("passage"))
    return {found.row.key for found in desk.rows if found.offered}


def _fates(desk: Desk, foreseen: Foreseen) -> Mapping[str, PassageKind]:
    """Return, by key, what readers would see of each passage where it first stands."""
    fates: dict[str, PassageKind] = {}
    for place in occurrences(desk.page_version_id):
        at: Place = (place.block, place.position)
        fates.setdefault(place.key, foreseen.kinds.get(at, PassageKind.SOURCE))
    return fates


def _blocks(desk: Desk) -> tuple[PageBlock, ...]:
    found = {one.row.key: one for one in desk.rows}

    def runs(row: SegmentRow) -> tuple[marking.Run, ...]:
        one = found[row.key]
        if row.text is None or not one.offered:
            return marking.marked(row.source)
        return marking.changed(one.before.text, row.text) if one.before else marking.marked(row.text)

    rows = {key: one.row for key, one in found.items()}
    return bench_context.page_blocks(occurrences(desk.page_version_id), rows, runs)
