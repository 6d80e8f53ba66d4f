"""What the bench shows of a page: what is asked for, the page with some of its rows, and what is told of them."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from flask import request, url_for
from flask_babel import gettext

from review_app.checks import CHECKS, describe
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.publishing.service import with_publications
from review_app.quality.recurring import Recurring
from review_app.review.assigning import with_holders
from review_app.review.benching import PageLines, bench_of, open_lines, rows_at
from review_app.review.halves import Offer, offers_of
from review_app.review.listing import SHOWN
from review_app.review.opening import OpenSegment
from review_app.review.own_places import ONCE, HowOften, how_often
from review_app.review.recurring import made_by_saving, made_in
from review_app.review.repeats import repeats_of
from review_app.review.service import check_changed_source
from review_app.review.views import Bench, FlagView, SegmentRow
from review_app.segments.numbered import placed_by_key
from review_app.segments.service import occurrences_of
from review_app.web.address import Address
from review_app.web.bench_card import Card, Typed, card_of
from review_app.web.bench_choices import Undo
from review_app.web.bench_context import UNSEEN, Occurrence
from review_app.web.bench_history import Past, past_of
from review_app.web.bench_list import Asked
from review_app.web.context import actor, current_job, db, enter, opened_site
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
        show=show if show in SHOWN else "all",
        search=values.get("q", "").strip()[:200],
        segment=values.get("segment"),
        part=values.get("part", 0, type=int),
    )


def based_on() -> int:
    """Return the revision number that a form names."""
    try:
        return int(request.form.get("based_on", ""))
    except ValueError:
        raise BadInput(N_("The form is incomplete. Reload the page and try again.")) from None


def open_page(at: Address, stored: OpenSegment | None = None) -> PageLines:
    """Open the page of the address; raises ``NotFound``, also when it is a page of another site.

    ``stored``: the segment whose text this request has stored, and with it the page and the site as they were read.
    """
    if stored is None:
        opened_site(at.site)
    else:
        enter(stored.site)
    found = open_lines(db(), actor(), at.page_id, at.language, stored)
    if found.site.slug != at.site:
        raise NotFound(N_("There is no such page."))
    return found


def get_bench(at: Address, keys: Collection[str | None], opened: str | None, found: PageLines | None = None) -> Bench:
    """Return the page with these of its segments, of which one may be open; those that it has not are left out."""
    found = found or open_page(at)
    placed = placed_by_key(db(), found.page.version_id, {key for key in keys if key})
    return with_rows(at, found, rows_at(db(), found, placed, opened))


def with_rows(at: Address, found: PageLines, rows: Sequence[SegmentRow]) -> Bench:
    """Return the bench with these rows, and with what other rooms know of the page."""
    bench = bench_of(db(), actor(), found, rows)
    heads = with_publications(db(), [bench.head])
    if current_job() is None:  # whoever is lent the page has it
        heads = with_holders(db(), opened_site(at.site), heads)
    return replace(bench, head=heads[0])


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
    if found is None or current_job() is not None:  # it would lead to other pages of the site
        return None
    old, new = found.replacement.old, found.replacement.new
    return Recurs(key, url_for("recurring.one", site=at.site, language=at.language, old=old, new=new))


FLAG_NAMES = {"reader": N_("Reported by a reader")}
"""Titles of flags that no rule raised."""


def describe_flag(flag: FlagView) -> tuple[str, str]:
    """Return a flag's title and message in the interface's language."""
    title = CHECKS[flag.name].title if flag.name in CHECKS else FLAG_NAMES.get(flag.name, flag.name)
    return gettext(title), describe(flag.message_id, flag.values, interface_language())


def card_for(at: Address, row: SegmentRow, typed: Typed | None = None, base: str = "", word: str = "") -> Card:
    """Return a row as the open card shows it; what a changed source says of the text in the box is checked at once."""
    if not row.stale or row.text is None:
        return card_of(row, describe_flag, typed, base=base, word=word)
    findings = None
    with suppress(BadInput):  # of a text that cannot be stored, the card says why
        findings = found_now(at, row, typed.text if typed else row.text)
    return card_of(row, describe_flag, typed, findings, base, word)


def found_now(at: Address, row: SegmentRow, text: str) -> Sequence[FlagView]:
    """Return what checks find in a text of a row whose source has changed; its stored flags are of the older source."""
    return check_changed_source(db(), actor(), at.page_id, at.language, row, text)


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
        again = kind in UNSEEN
        found.append(Occurrence(place.block, place.position, "h1" if again else kind or place.kind, place.key))
        kinds.setdefault(place.segment_id, place.kind)
    return found


def undo_of(at: Address, row: SegmentRow) -> Undo | None:
    """Return how to undo a text that was just stored; the first of all has nothing to go back to."""
    return Undo(row.key, at.to("going_back.take_back", key=row.key), row.revision) if row.revision > 1 else None


def shown_of(at: Address, asked: Asked, found: Bench, card: Card | None = None) -> Shown:
    """Return what every template of the bench reads; the card is that of the open segment, if it is among the rows."""
    row = next((row for row in found.rows if row.key == asked.segment), None)
    if card is None and row is not None:
        card = card_for(at, row, word=asked.search)
    past = past_of(at, card.row) if card else ()
    site = opened_site(at.site)
    offers = _offers(at, site.id, card.row) if card and not card.row.read else []
    others = len(repeats_of(db(), actor(), at.page_id, at.language, card.row.key)[1]) if card and card.row.read else 0
    places = how_often(db(), found.page_version_id, card.row.key) if card else ONCE
    return Shown(at, asked, found, card, site.source_language, past, actor().person_id, tuple(offers), others, places)


def _offers(at: Address, site_id: int, row: SegmentRow) -> list[Offer]:
    job = current_job()
    return offers_of(db(), site_id, at.page_id, at.language, row.source, job.loan.page_ids if job else None)
