"""What a site's pages share is one set of segments, translated and approved once."""

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.errors import BadInput
from review_app.pages.service import SHARED_PATH, find_page
from review_app.review import decisions, service
from review_app.review.states import PageState
from review_app.review.views import SegmentRow
from review_app.segments.service import import_page, occurrences_of
from review_app.translations.service import newest_revisions
from review_app.translations.sharing import share_parts
from tests.builders import BuiltPage, Town, build_page, say_yes
from tests.houses import House

MENU = '<nav><ul><li><a href="/skola" title="Till skolan">Skola &amp; förskola</a></li><li>Bygga och bo</li></ul></nav>'
FOOTER = "<footer><p>Ring oss på <strong>0926-740 00</strong>. Vi svarar vardagar.</p></footer>"
LIBRARY, POOL = "Biblioteket är öppet.", "Badet är stängt."
MACHINE = {
    "Skola & förskola": "School & preschool",
    "Till skolan": "To school",
    "Bygga och bo": "Build and live",
    "Ring oss på <1>0926-740 00</1>.": "Call us on <1>0926-740 00</1>.",
    "Vi svarar vardagar.": "We answer on weekdays.",
    LIBRARY: "The library is open.",
    POOL: "The pool is closed.",
}
SHARED = ["Till skolan", "Skola & förskola", "Bygga och bo", "Ring oss på <1>0926-740 00</1>.", "Vi svarar vardagar."]


def page(session: Session, town: Town, path: str, text: str, menu: str = MENU, footer: str = FOOTER) -> BuiltPage:
    html = f"<!doctype html><html lang=sv><body>{menu}<main><p>{text}</p></main>{footer}</body></html>"
    return build_page(session, town.site_id, html=html, path=path, machine=MACHINE)


def two_pages(session: Session, town: Town, menu: str = MENU) -> tuple[BuiltPage, BuiltPage]:
    return page(session, town, "oppet", LIBRARY, menu), page(session, town, "bad", POOL, menu)


def share(session: Session, town: Town) -> int:
    return share_parts(session, town.carin, town.site_id)


def rows(session: Session, town: Town, path: str = SHARED_PATH) -> dict[str, SegmentRow]:
    found = find_page(session, town.site_id, path)
    assert found is not None
    return {row.source: row for row in service.bench(session, town.anna, found.id, "en").rows}


def accept(session: Session, town: Town, built: BuiltPage, beginning: str) -> None:
    row = service.row(session, town.anna, built.page_id, "en", built.key(beginning))
    service.accept(session, town.anna, built.page_id, "en", built.key(beginning), based_on=row.revision)


def save(session: Session, town: Town, built: BuiltPage, text: str, based_on: int, language: str = "en") -> None:
    key = built.key("Bygga")
    service.save(session, town.anna, built.page_id, language, key, text=text, based_on=based_on)


def test_menus_and_footers_become_a_page_of_their_own(house: House) -> None:
    with house.database.writing() as session:
        two_pages(session, house.town)
        assert share(session, house.town) == len(SHARED)
        assert {source: row.text for source, row in rows(session, house.town).items()} == {
            source: MACHINE[source] for source in SHARED
        }
        assert list(rows(session, house.town, "bad")) == [POOL]


def test_doing_it_again_changes_nothing(house: House) -> None:
    with house.database.writing() as session:
        two_pages(session, house.town)
        share(session, house.town)
        before = find_page(session, house.town.site_id, SHARED_PATH)
        assert share(session, house.town) == 0
        assert find_page(session, house.town.site_id, SHARED_PATH) == before


def test_a_correction_of_any_page_is_the_shared_one(house: House) -> None:
    with house.database.writing() as session:
        _, bad = two_pages(session, house.town)
        save(session, house.town, bad, "Building and housing", 1)
        share(session, house.town)
        row = rows(session, house.town)["Bygga och bo"]
    assert (row.text, row.author) == ("Building and housing", "Anna")


def test_corrections_in_different_languages_are_all_kept(house: House) -> None:
    with house.database.writing() as session:
        one, two = two_pages(session, house.town)
        save(session, house.town, one, "Build, live", 1)
        save(session, house.town, one, "Building and housing", 2)
        save(session, house.town, two, "البناء والسكن", 0, "ar")
        share(session, house.town)
        segment = one.segment("Bygga").segment_id
        assert newest_revisions(session, [segment], "en")[segment].text == "Building and housing"
        assert newest_revisions(session, [segment], "ar")[segment].text == "البناء والسكن"


def test_a_new_page_needs_no_new_approval_of_them(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        two_pages(session, town)
        share(session, town)
        shared = find_page(session, town.site_id, SHARED_PATH)
        assert shared is not None
        submission = decisions.submit(session, town.anna, shared.id, "en")
        say_yes(session, town, submission)
        page(session, town, "ny", "Badet är öppet.")
        assert share(session, town) == 0
        assert list(rows(session, town, "ny")) == ["Badet är öppet."]
        heads = {(head.path, head.language): head for head in service.page_heads(session, town.anna, town.site_id)}
    assert heads[SHARED_PATH, "en"].state is PageState.APPROVED


def test_an_approved_page_stays_approved_when_its_menu_is_shared(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        first = page(session, town, "oppet", LIBRARY)
        for source in [*SHARED, LIBRARY]:
            accept(session, town, first, source)
        submission = decisions.submit(session, town.anna, first.page_id, "en")
        say_yes(session, town, submission)
        page(session, town, "bad", POOL)
        share(session, town)
        assert service.bench(session, town.anna, first.page_id, "en").head.state is PageState.APPROVED


def test_a_menu_that_changes_is_followed(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        two_pages(session, town)
        share(session, town)
        two_pages(session, town, MENU.replace("Bygga och bo", "Bygga, bo och miljö"))
        share(session, town)
        found = rows(session, town)
    assert "Bygga och bo" not in found
    changed = found["Bygga, bo och miljö"]
    assert (changed.old_source, changed.text) == ("Bygga och bo", "Build and live")
    assert found["Skola & förskola"].text == "School & preschool"


def test_text_of_the_main_part_is_never_shared(house: House) -> None:
    with house.database.writing() as session:
        page(session, house.town, "oppet", POOL)
        page(session, house.town, "bad", POOL, menu="", footer="")
        assert share(session, house.town) == 0
        assert find_page(session, house.town.site_id, SHARED_PATH) is None


def test_every_occurrence_of_a_page_keeps_its_place(house: House) -> None:
    with house.database.writing() as session:
        built, _ = two_pages(session, house.town)
        before = [(place.block, place.position, place.source) for place in occurrences_of(session, built.version_id)]
        share(session, house.town)
        after = occurrences_of(session, built.version_id)
    assert [(place.block, place.position, place.source) for place in after] == before
    assert sum(place.key is None for place in after) == len(SHARED)


def test_no_page_of_the_website_may_take_the_place(house: House) -> None:
    with house.database.writing() as session, pytest.raises(BadInput, match=SHARED_PATH):
        import_page(
            session, COMMAND_LINE, house.town.site_id, body=b"<p>Hej</p>", path=f"/{SHARED_PATH}", origin="test"
        )
