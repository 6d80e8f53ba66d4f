"""Renders what an action in the bench has changed: the rows for htmx, the whole page for a browser."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import Response, make_response, redirect, render_template, request
from flask_babel import gettext

from review_app.db import utc_now
from review_app.review import service
from review_app.review.views import Bench, SegmentRow
from review_app.text.bidi import without_isolates
from review_app.web import bench_whole
from review_app.web.address import Address
from review_app.web.bench_card import Card, Typed, present_in
from review_app.web.bench_choices import Undo
from review_app.web.bench_context import Passage, as_it_stands, page_blocks
from review_app.web.bench_history import text_of
from review_app.web.bench_list import Asked, Line, line_of
from review_app.web.bench_page import (
    Recurs,
    asked_for,
    based_on,
    card_for,
    describe_flag,
    found_now,
    get_bench,
    get_row,
    occurrences,
    shown_of,
)
from review_app.web.box import box_text
from review_app.web.context import actor, db, open_site, work
from review_app.web.htmx import is_htmx


def typed_text(at: Address, key: str, comment: str) -> Typed | None:
    """Return the text that was in the box, if it is not the stored one, and the comment that was begun."""
    open_site(at.site)
    stored = service.row(db(), actor(), at.page_id, at.language, key).text or ""
    text = box_text(stored)
    if text.replace("\r\n", "\n").strip() == without_isolates(stored).strip():
        return Typed(stored, comment=comment) if comment else None
    return Typed(text, comment=comment)


def warned_of(at: Address, key: str) -> Typed | None:
    """Return the card that says what the changed source makes critical in a text, unless it has been said already."""
    row = service.row(db(), actor(), at.page_id, at.language, key)
    outdated = row.revision != based_on()  # that is a conflict, and told as one
    if outdated or not row.stale or row.text is None or "all_the_same" in request.form:
        return None
    critical = [flag for flag in present_in(row, found_now(at, row, row.text)) if flag.severity == "critical"]
    if not critical:
        return None
    problem = gettext(
        "The source has changed, and the text now has a critical flag: %(flags)s. Correct it, or say once more that it "
        "is still right.",
        flags=", ".join(describe_flag(flag)[0] for flag in critical),
    )
    return Typed(row.text, problem=problem, warned=True)


def opened(at: Address, asked: Asked, found: Bench, key: str, also: Iterable[str]) -> Response:
    """Render one segment, open or closed as asked, and close others."""
    response = make_response(
        render_template(
            "review/_opened.html",
            shown=shown_of(at, asked, found),
            lines=[line_of(get_row(found, each), asked.search) for each in (key, *also)],
        )
    )
    response.headers["HX-Replace-Url"] = at.bench(asked, asked.segment or "")
    return response


def changed(
    at: Address,
    asked: Asked,
    found: Bench,
    keys: Iterable[str],
    card: Card | None = None,
    said: str | None = None,
    recurs: Recurs | None = None,
    undo: Undo | None = None,
) -> str:
    """Render the rows that changed, the first of them being what the request was about, with the head of the page."""
    lines: list[Line] = [line_of(get_row(found, key), asked.search) for key in dict.fromkeys(keys)]
    rows = {line.row.key: line.row for line in lines}
    return render_template(
        "review/_changed.html",
        shown=shown_of(at, asked, found, card),
        lines=lines,
        passages=_passages(found, rows),
        said=said,
        recurs=recurs,
        undo=undo,
        saved_now=utc_now() if said and card is None else None,
    )


def unsaved(
    at: Address,
    asked: Asked,
    typed: Typed | None,
    status: int = 200,
    said: str | None = None,
    undo: Undo | None = None,
) -> Response:
    """Show a card whose text is not stored: alone for htmx, in its page for a browser."""
    found = get_bench(at, [asked.segment], asked.segment)
    row = get_row(found, asked.segment)
    base = text_of(at, row.key, typed.base) if typed and typed.conflict else ""
    card = card_for(at, row, typed, base, asked.search)
    if not is_htmx():
        return bench_whole.whole(at, asked, card, status)
    return make_response(changed(at, asked, found, [row.key], card, said, undo=undo), status)


def beside(at: Address, key: str, said: str, comment: str, undo: Undo | None = None) -> Response:
    """Show a card after something beside its text was stored. What is being typed stays in the box."""
    typed, asked = typed_text(at, key, comment), replace(asked_for(), segment=key)
    if not is_htmx() and typed is None:
        return make_response(redirect(at.bench(asked, key), 303))
    return unsaved(at, asked, typed, said=gettext(said), undo=undo)


def refuse(at: Address, key: str, typed: Typed, status: int) -> Response:
    """Undo what the request did, and show the card with the text that was not stored."""
    work().roll_back()
    return unsaved(at, replace(asked_for(), segment=key), typed, status)


def _passages(found: Bench, rows: Mapping[str, SegmentRow]) -> list[Passage]:
    """Return the passages of rows, wherever they stand in the page."""
    blocks = page_blocks(occurrences(found.page_version_id, rows.keys()), rows, as_it_stands)
    return [passage for block in blocks for passage in block.passages]
