"""Importing pages: segments keep their identity and their numbers, and a page that is refused leaves no trace."""

from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.errors import BadPage, NotAllowed
from review_app.pages.document import read_document
from review_app.pages.tables import Page, PageVersion
from review_app.segments.cutting import cut
from review_app.segments.service import (
    Imported,
    Placed,
    find_segment,
    import_page,
    occurrences_of,
    placed_segments,
    rename_keys,
    sources_of,
)
from review_app.segments.tables import Occurrence, Segment
from tests.builders import HTML
from tests.houses import House
from tests.shared_data import SHARED_DATA, needs_shared_data

HOURS = "<p>Biblioteket har öppet kl. 10–18 på vardagar. Du behöver <strong>inte</strong> boka tid.</p>\n"
RULES = "<p>Reglerna antogs av kommunfullmäktige den 23 juni 2014.</p>\n"


def take_in(session: Session, house: House, html: str, path: str = "bibliotek") -> Imported:
    return import_page(session, COMMAND_LINE, house.town.site_id, body=html.encode(), path=path, origin="test")


def placed(session: Session, imported: Imported) -> list[Placed]:
    return placed_segments(session, [imported.version_id])[imported.version_id]


def keys(segments: tuple[Placed, ...] | list[Placed]) -> dict[str, str]:
    return {segment.source: segment.key for segment in segments}


def test_a_page_s_segments_are_numbered_in_page_order(house: House) -> None:
    assert [segment.number for segment in house.page.segments] == list(range(1, 9))
    assert [(segment.kind, segment.source) for segment in house.page.segments][:4] == [
        ("title", "Biblioteket"),
        ("h1", "Biblioteket i Älvby"),
        ("p", "Biblioteket har öppet kl. 10–18 på vardagar."),
        ("p", "Du behöver <1>inte</1> boka tid."),
    ]
    assert len({segment.key for segment in house.page.segments}) == 8


def test_the_same_bytes_again_change_nothing(house: House) -> None:
    with house.database.writing() as session:
        again = take_in(session, house, HTML)
        assert again == Imported(house.page.page_id, house.page.version_id, 1, 8, changed=False)
        assert session.scalar(select(func.count()).select_from(Occurrence)) == 8


def test_segments_keep_their_keys_wherever_they_move(house: House) -> None:
    moved = HTML.replace(RULES, "").replace("<h1>", f"<p>Nytt för i år är en lekhörna.</p>{RULES}<h1>")
    with house.database.writing() as session:
        imported = take_in(session, house, moved)
        after = placed(session, imported)
    assert (imported.version, imported.segments, imported.changed) == (2, 9, True)
    assert [one.source for one in after][1:3] == [
        "Nytt för i år är en lekhörna.",
        "Reglerna antogs av kommunfullmäktige den 23 juni 2014.",
    ]
    assert keys(after).items() >= keys(house.page.segments).items()


def test_a_changed_sentence_is_the_same_segment_with_another_source(house: House) -> None:
    before = house.page.segment("Reglerna")
    with house.database.writing() as session:
        imported = take_in(session, house, HTML.replace("23 juni 2014", "24 juni 2024"))
        after = next(one for one in placed(session, imported) if one.key == before.key)
        assert (after.segment_id, after.source) == (
            before.segment_id,
            "Reglerna antogs av kommunfullmäktige den 24 juni 2024.",
        )
        assert after.source_hash != before.source_hash
        stored = session.get_one(Segment, before.segment_id)
        assert (stored.source, stored.source_hash) == (after.source, after.source_hash)
        old = placed_segments(session, [house.page.version_id])[house.page.version_id]
        assert old == list(house.page.segments), "the old version says what it said"


def test_neighbours_are_those_of_the_last_version_not_of_the_first(house: House) -> None:
    closed = "<p>Fre 10–18</p>\n"
    with house.database.writing() as session:
        take_in(session, house, HTML.replace(RULES, RULES + closed))
        moved = HTML.replace("<h2>", closed + "<h2>")
        key = keys(placed(session, take_in(session, house, moved)))["Fre 10–18"]
        after = placed(session, take_in(session, house, moved.replace("Fre 10–18", "Fre 10–19")))
    assert keys(after)["Fre 10–19"] == key


def test_a_segment_that_vanished_and_comes_back_is_the_one_it_was(house: House) -> None:
    with house.database.writing() as session:
        without = placed(session, take_in(session, house, HTML.replace(HOURS, "")))
        assert len(without) == 6
        back = placed(session, take_in(session, house, HTML))
    assert keys(back) == keys(house.page.segments)


def test_a_text_that_stands_twice_is_one_segment_with_two_occurrences(house: House) -> None:
    with house.database.writing() as session:
        imported = take_in(session, house, "<h1>Bad</h1><p>Öppet.</p><p>Bad</p><p>Öppet. Bad</p><p>Ring.</p>", "bad")
        assert imported.segments == 3
        assert [(one.number, one.source) for one in placed(session, imported)] == [
            (1, "Bad"),
            (2, "Öppet."),
            (3, "Ring."),
        ]
        assert [(one.block, one.position, one.source) for one in occurrences_of(session, imported.version_id)] == [
            (0, 0, "Bad"),
            (1, 0, "Öppet."),
            (2, 0, "Bad"),
            (3, 0, "Öppet."),
            (3, 1, "Bad"),
            (4, 0, "Ring."),
        ]


def test_occurrences_stand_where_the_page_is_cut(house: House) -> None:
    with house.database.reading() as session:
        found = occurrences_of(session, house.page.version_id)
        assert sources_of(session, [house.page.version_id])[house.page.version_id] == [one.source for one in found]
    cuts = cut(read_document(HTML.encode()))
    assert [(one.block, one.position, one.kind, one.source) for one in found] == [tuple(one) for one in cuts]


def test_the_same_text_on_another_page_is_another_segment(house: House) -> None:
    with house.database.writing() as session:
        other = placed(session, take_in(session, house, HTML, "kopia"))
    assert not {one.segment_id for one in other} & {one.segment_id for one in house.page.segments}
    assert [one.source_hash for one in other] == [one.source_hash for one in house.page.segments]


def test_a_page_that_is_refused_leaves_no_trace(house: House) -> None:
    with house.database.writing() as session:
        for body in (b"%PDF-1.7", b"<div>" * 1000 + b"x", b"<p> </p>"):
            with pytest.raises(BadPage):
                import_page(session, COMMAND_LINE, house.town.site_id, body=body, path="ny", origin="test")
    with house.database.reading() as session:
        assert session.scalars(select(Page.path)).all() == ["bibliotek"]
        assert session.scalar(select(func.count()).select_from(PageVersion)) == 1


def test_a_translator_takes_no_pages_in(house: House) -> None:
    with house.database.writing() as session, pytest.raises(NotAllowed):
        import_page(session, house.town.anna, house.town.site_id, body=b"<p>x", path="ny", origin="test")


def test_segments_are_found_by_key_and_renamed_even_in_a_circle(house: House) -> None:
    first, second = house.page.segments[:2]
    with house.database.writing() as session:
        rename_keys(session, house.page.page_id, {first.segment_id: second.key, second.segment_id: first.key})
        assert find_segment(session, house.page.page_id, second.key) == first.segment_id
        assert find_segment(session, house.page.page_id, first.key) == second.segment_id
        assert find_segment(session, house.page.page_id, "nonsense") is None
        other = take_in(session, house, HTML, "kopia")
        assert find_segment(session, other.page_id, first.key) is None


def test_a_key_somebody_else_had_goes_to_the_one_it_is_meant_for(house: House) -> None:
    first, second = house.page.segments[:2]
    with house.database.writing() as session:
        rename_keys(session, house.page.page_id, {first.segment_id: second.key})
        assert find_segment(session, house.page.page_id, second.key) == first.segment_id
        assert session.get_one(Segment, second.segment_id).key not in {first.key, second.key}


@needs_shared_data
def test_versions_of_a_real_page_never_lose_a_text_that_stays(house: House) -> None:
    html = (SHARED_DATA / "pages" / "2026-02-week-ahead-sv.html").read_text("utf-8")
    random = Random(7)
    with house.database.writing() as session:
        before = keys(placed(session, take_in(session, house, html, "vecka")))
        for round_number in range(4):
            lines = html.split("<p>")
            at = random.randrange(1, len(lines))
            lines[at:at] = [f"Ett nytt stycke nummer {round_number} om något annat.</p>"]
            lines.pop(random.randrange(1, len(lines)))
            html = "<p>".join(lines)
            after = keys(placed(session, take_in(session, house, html, "vecka")))
            assert {text: key for text, key in after.items() if text in before} == {
                text: key for text, key in before.items() if text in after
            }
            before |= after
