"""What the database adds up, orders and finds is what plain Python makes of the same rows."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from review_app.accounts.permissions import Action
from review_app.db import Database
from review_app.review import service
from review_app.review.benching import open_lines, rows_at
from review_app.review.heads import sums_of
from review_app.review.lines import SHOWS
from review_app.review.listing import Listed, next_flagged, numbers_of
from review_app.review.opening import open_page
from review_app.review.summing import counted, counted_after
from review_app.segments.numbered import order_of, placed_in
from review_app.segments.service import placed_segments
from tests.builders import Town
from tests.databases import Backend
from tests.houses import build_house
from tests.review.long_page import build_long_page, following, in_order, matches, needs_work


def filling(seed: int) -> Callable[[Database], tuple[Town, int]]:
    """Return what builds a town with a long page by lot."""

    def fill(database: Database) -> tuple[Town, int]:
        town, _ = build_house(database)
        with database.writing() as session:
            return town, build_long_page(session, town, seed).page_id

    fill.__name__ = f"long_page_{seed}"
    return fill


FILLINGS = [filling(seed) for seed in (0, 1, 3, 5)]


@pytest.fixture(params=FILLINGS, ids=lambda fill: fill.__name__)
def long_page(request: pytest.FixtureRequest, backend: Backend) -> Iterator[tuple[Database, Town, int]]:
    """A long page by lot."""
    kept = backend.keep(request.param)
    with backend.database(kept) as database:
        yield database, *kept.made


def test_sums_are_those_of_the_rows(long_page: tuple[Database, Town, int]) -> None:
    database, town, page_id = long_page
    with database.reading() as session:
        page, work = open_page(session, town.anna, page_id, "en", Action.READ)
        lines = open_lines(session, town.anna, page_id, "en")
        counts = counted(session, page, lines.given, hashed=True)
        expected = sums_of(work, page)
        assert counts.sums.gain == pytest.approx(expected.gain)
        assert counts.sums == replace(expected, gain=counts.sums.gain)
        rows = list(service.bench(session, town.anna, page_id, "en").rows)
        assert counts.shows == {show: sum(matches(row, show) for row in rows) for show in SHOWS}
        drafts = [row for row in rows if row.state == "machine" and not row.spot_check]
        assert counts.unrated == (bool(drafts) and not any(row.risk for row in drafts))


def test_a_list_has_the_rows_that_match_in_their_order(long_page: tuple[Database, Town, int]) -> None:
    database, town, page_id = long_page
    with database.reading() as session:
        lines = open_lines(session, town.anna, page_id, "en")
        rows = list(service.bench(session, town.anna, page_id, "en").rows)
        for show in SHOWS:
            for search in ("", "ångest", "det så", "MENING 1"):
                wanted = [row.number for row in in_order(rows, show) if matches(row, show, search)]
                assert numbers_of(session, lines.given, Listed(show, search)) == wanted
            also = rows[7]
            with_it = [row.number for row in in_order(rows, show) if matches(row, show) or row is also]
            assert numbers_of(session, lines.given, Listed(show), also.key) == with_it


def test_going_on_follows_the_list_and_begins_again(long_page: tuple[Database, Town, int]) -> None:
    database, town, page_id = long_page
    with database.reading() as session:
        lines = open_lines(session, town.anna, page_id, "en")
        rows = list(service.bench(session, town.anna, page_id, "en").rows)
        for show, after in [(show, after) for show in SHOWS for after in (None, *(row.key for row in rows[::5]))]:
            listed = [row for row in following(in_order(rows, show), after) if matches(row, show, "e")]
            waiting = next((row.key for row in listed if needs_work(row)), None)
            counts = counted(session, lines.page, lines.given, hashed=False)
            going_on = counted_after(session, lines.page, lines.given, Listed(show, "e"), after, hashed=False)
            assert going_on == (counts, waiting)
            for back in (False, True):
                flagged = [row.key for row in listed if row.open_flags]
                expected = next(iter(reversed(flagged) if back else flagged), None)
                found = next_flagged(session, lines.given, Listed(show, "e"), after, back=back)
                assert (found.key if found else None) == expected


def test_some_rows_are_as_they_are_among_all(long_page: tuple[Database, Town, int]) -> None:
    database, town, page_id = long_page
    with database.reading() as session:
        lines = open_lines(session, town.anna, page_id, "en")
        page = lines.page
        every = placed_segments(session, [page.version_id])[page.version_id]
        order = order_of(session, page.version_id)
        assert order == [one.segment_id for one in every]
        some = placed_in(session, page.version_id, order, {order[8], order[2], order[26]})
        assert some == [every[2], every[8], every[26]]
        rows = service.bench(session, town.anna, page_id, "en", lambda _rows: every[2].key).rows
        assert rows_at(session, lines, some, every[2].key) == [rows[2], rows[8], rows[26]]
