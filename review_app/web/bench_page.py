"""Renders the bench: whole for a browser, or the rows that changed for htmx."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from review_app.checks import CHECKS, describe
from review_app.db import utc_now
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.publishing.service import with_publications
from review_app.quality.recurring import Recurring
from review_app.review import service
from review_app.review.assigning import with_holders
from review_app.review.halves import Offer, made_by, offers_of
from review_app.review.opening import OpenSegment
from review_app.review.own_places import ONCE, HowOften, how_often
from review_app.review.recurring import made_by_saving, made_in
from review_app.review.repeats import repeats_of
from review_app.review.service import Choose
from review_app.review.views import Bench, FlagView, SegmentRow
from review_app.segments.service import occurrences_of
from review_app.web import bench_context, bench_list
from review_app.web.address import Address
from review_app.web.bench_card import Card, Typed, card_of
from review_app.web.bench_choices import Undo
from review_app.web.bench_context import Occurrence, PageBlock
from review_app.web.bench_history import Past, past_of, text_of
from review_app.web.bench_list import Asked, Line, line_of
from review_app.web.context import actor, db, enter, open_site, opened_site, work
from review_app.web.htmx import is_htmx
from review_app.web.language import interface_language


@dataclass(frozen=True, slots=True)
class Recurs:
    """The page of the recurring correction that the text of a segment is an example of."""

    key: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What every template of the bench reads."""

    at: Address
    asked: Asked
    bench: Bench
    card: Card | None
    source_language: str
    past: tuple[Past, ...] = ()
    me: int | None = None
    offers: tuple[Offer, ...] = ()
    repeats: int = 0
    places: HowOften = ONCE


def asked_for() -> Asked:
    """Return what the address or the form asks to see."""
    values = request.args if request.method == "GET" else request.form
    show = values.get("show", "all")
    return Asked(
        show=show if show in bench_list.SHOWN else "all",
        search=values.get("q", "").strip()[:200],
        segment=values.get("segment"),
    )


def based_on() -> int:
    """Return the revision number that a form names."""
    try:
        return int(request.form.get("based_on", ""))
    except ValueError:
        raise BadInput(N_("The form is incomplete. Reload the page and try again.")) from None


def typed_text(at: Address, key: str, comment: str) -> Typed | None:
    """Return the text that was in the box, if it is not the stored one, and the comment that was begun."""
    open_site(at.site)
    stored = service.row(db(), actor(), at.page_id, at.language, key).text or ""
    text = request.form.get("text", stored)
    if text.replace("\r\n", "\n").strip() == stored.strip():
        return Typed(stored, comment=comment) if comment else None
    return Typed(text, comment=comment)


def get_bench(at: Address, opened: Choose, stored: OpenSegment | None = None) -> Bench:
    """Return the page with all its segments; raises ``NotFound``, also when it is a page of another site.

    ``stored``: the segment whose text this request has stored, and with it the page and the site as they were read.
    """
    if stored is None:
        opened_site(at.site)
    else:
        enter(stored.site)
    found = service.bench(db(), actor(), at.page_id, at.language, opened, stored)
    if found.head.site_slug != at.site:
        raise NotFound(N_("There is no such page."))
    site = opened_site(at.site)
    return replace(found, head=with_holders(db(), site, with_publications(db(), [found.head]))[0])


def get_row(found: Bench, key: str | None) -> SegmentRow:
    """Return one of the page's rows; raises ``NotFound``."""
    row = next((row for row in found.rows if row.key == key), None)
    if row is None:
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    return row


def recurs_of(at: Address, key: str) -> Recurs | None:
    """Return what a segment's text has in common with other corrections, if it has."""
    return _recurs(at, key, made_by_saving(db(), actor(), at.page_id, at.language, key))


def recurs_in(at: Address, key: str, stored: OpenSegment) -> Recurs | None:
    """Return the same of a text that was just stored."""
    return _recurs(at, key, made_in(db(), stored.site.id, stored.segment_id, at.language))


def _recurs(at: Address, key: str, found: Recurring | None) -> Recurs | None:
    if found is None:
        return None
    old, new = found.replacement.old, found.replacement.new
    return Recurs(key, url_for("recurring.one", site=at.site, language=at.language, old=old, new=new))


FLAG_NAMES = {"reader": N_("Reported by a reader")}
"""Titles of flags that no rule raised."""


def describe_flag(flag: FlagView) -> tuple[str, str]:
    """Return a flag's title and message in the interface's language."""
    title = CHECKS[flag.name].title if flag.name in CHECKS else FLAG_NAMES.get(flag.name, flag.name)
    return gettext(title), describe(flag.message_id, flag.values, interface_language())


def occurrences(version_id: int, keys: Collection[str] | None = None) -> list[Occurrence]:
    """Return where each segment stands in a page version, or those with these keys.

    The kind known is that of a segment's first block. What first stands in the page's title, and then in the page, is
    its heading nearly always.
    """
    found: list[Occurrence] = []
    kinds: dict[int, str] = {}
    for place in occurrences_of(db(), version_id, keys):
        if place.key is None:
            continue  # shared with other pages, and corrected with them
        kind = kinds.get(place.segment_id)
        again = kind in bench_context.UNSEEN
        found.append(Occurrence(place.block, place.position, "h1" if again else kind or place.kind, place.key))
        kinds.setdefault(place.segment_id, place.kind)
    return found


def whole(at: Address, asked: Asked, found: Bench, card: Card | None = None, status: int = 200) -> Response:
    """Render the bench as a page; ``card`` holds a text that is not stored."""
    shown = _shown(at, asked, found, card)
    open_key = shown.card.row.key if shown.card else None
    rows = [
        row for row in bench_list.in_order(found.rows, asked) if row.key == open_key or bench_list.matches(row, asked)
    ]
    page = render_template(
        "review/bench.html",
        shown=shown,
        lines=[line_of(row) for row in rows],
        blocks=_blocks(found),
        counts=bench_list.counts(found.rows),
        recurs=recurs_of(at, request.args["recurs"]) if "recurs" in request.args else None,
        undo=_undo_asked(at, found),
    )
    return make_response(page, status)


def undo_of(at: Address, found: Bench, key: str) -> Undo | None:
    """Return how to undo a text that was just stored; the first of all has nothing to go back to."""
    number = get_row(found, key).revision
    return Undo(key, at.to("going_back.take_back", key=key), number) if number > 1 else None


def _undo_asked(at: Address, found: Bench) -> Undo | None:
    """Return how to undo the save that led here without scripts, as long as nothing was saved after it."""
    if "recut" in request.args:
        return _recut_undo(at, found)
    key, _, number = request.args.get("undo", "").partition(".")
    row = next((row for row in found.rows if row.key == key), None)
    return undo_of(at, found, key) if row and str(row.revision) == number else None


def _recut_undo(at: Address, found: Bench) -> Undo | None:
    """Return how to take back where a sentence was just cut or joined, as long as that holds."""
    key = request.args.get("segment", "")
    row = next((row for row in found.rows if row.key == key), None)
    made = made_by(db(), opened_site(at.site).id, row.source) if row else []
    rule_id = next((one.rule_id for one in made if str(one.rule_id) == request.args.get("recut")), None)
    return Undo(key, at.to("recutting.take_back", key=key, rule_id=rule_id)) if rule_id else None


def opened(at: Address, asked: Asked, found: Bench, key: str, also: Iterable[str]) -> Response:
    """Render one segment, open or closed as asked, and close others."""
    response = make_response(
        render_template(
            "review/_opened.html",
            shown=_shown(at, asked, found),
            lines=[line_of(get_row(found, each)) for each in (key, *also)],
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
    lines: list[Line] = [line_of(get_row(found, key)) for key in dict.fromkeys(keys)]
    rows = {line.row.key: line.row for line in lines}
    return render_template(
        "review/_changed.html",
        shown=_shown(at, asked, found, card),
        lines=lines,
        passages=[passage for block in _blocks(found, rows) for passage in block.passages],
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
    found = get_bench(at, lambda _rows: asked.segment)
    row = get_row(found, asked.segment)
    base = text_of(at, row.key, typed.base) if typed and typed.conflict else ""
    card = card_of(row, describe_flag, typed, base=base)
    if not is_htmx():
        return whole(at, asked, found, card, status)
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


def _shown(at: Address, asked: Asked, found: Bench, card: Card | None = None) -> Shown:
    row = next((row for row in found.rows if row.key == asked.segment), None)
    if card is None and row is not None:
        card = card_of(row, describe_flag)
    past = past_of(at, card.row) if card else ()
    site = opened_site(at.site)
    offers = offers_of(db(), site.id, at.page_id, at.language, card.row.source) if card and not card.row.read else []
    others = len(repeats_of(db(), actor(), at.page_id, at.language, card.row.key)[1]) if card and card.row.read else 0
    places = how_often(db(), at.page_id, found.page_version_id, card.row.key) if card else ONCE
    return Shown(at, asked, found, card, site.source_language, past, actor().person_id, tuple(offers), others, places)


def _blocks(found: Bench, rows: dict[str, SegmentRow] | None = None) -> tuple[PageBlock, ...]:
    shown = {row.key: row for row in found.rows} if rows is None else rows
    places = occurrences(found.page_version_id, None if rows is None else rows.keys())
    return bench_context.page_blocks(places, shown, bench_context.as_it_stands)
