"""A text that repeats on a page has a translation of its own where its context asks for one, in later versions too."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.pages.service import get_page
from review_app.publishing.public import public_page
from review_app.publishing.service import publish
from review_app.review import decisions, own_places, recutting, service
from review_app.review.states import PageState
from review_app.segments.service import import_page, placed_segments
from review_app.translations.origin import SegmentState
from tests.builders import BuiltPage, build_page
from tests.houses import House
from tests.review.hands import approve

PAGE = (
    "<html lang='sv'><title>Nytt</title><main><h1>Nyheter</h1><p>Badet är öppet.</p><p><a href='/b'>Läs mer</a></p>"
    "<p>Skolan är stängd.</p><p><a href='/s'>Läs mer</a></p></main></html>"
)
MACHINE = {
    "Nytt": "New",
    "Nyheter": "News",
    "Badet är öppet.": "The pool is open.",
    "Läs mer": "Read more",
    "Skolan är stängd.": "The school is closed.",
}


@pytest.fixture
def page(house: House) -> BuiltPage:
    with house.database.writing() as session:
        return build_page(session, house.town.site_id, html=PAGE, path="nytt", machine=MACHINE)


def keys(session: Session, page: BuiltPage, source: str = "Läs mer") -> list[str]:
    version = get_page(session, page.page_id).version_id
    return [one.key for one in placed_segments(session, [version])[version] if one.source == source]


def apart(session: Session, house: House, page: BuiltPage, nth: int = 1, who: str = "anna") -> str:
    key = keys(session, page)[0]
    return own_places.translate_apart(session, house.town.people[who], page.page_id, "en", key, nth=nth)


def save(session: Session, house: House, page: BuiltPage, key: str, text: str) -> None:
    number = service.row(session, house.town.anna, page.page_id, "en", key).revision
    service.save(session, house.town.anna, page.page_id, "en", key, text=text, based_on=number)


def places(session: Session, house: House, page: BuiltPage, key: str) -> list[tuple[str, bool]]:
    found = own_places.places_of_text(session, house.town.anna, page.page_id, "en", key)
    return [(one.before, one.apart) for one in found]


def test_a_place_begins_as_the_text_it_had_and_nobody_counts_as_having_read_a_draft(
    house: House, page: BuiltPage
) -> None:
    with house.database.writing() as session:
        assert places(session, house, page, page.key("Läs mer")) == [
            ("Badet är öppet.", False),
            ("Skolan är stängd.", False),
        ]
        own = apart(session, house, page)
        row = service.row(session, house.town.anna, page.page_id, "en", own)
        assert (row.text, row.state) == ("Read more", SegmentState.MACHINE)
        assert row.draft is not None
        assert places(session, house, page, own) == [("Badet är öppet.", False), ("Skolan är stängd.", True)]


def test_what_was_read_stays_read_and_the_approval_of_the_page_ends(house: House, page: BuiltPage) -> None:
    with house.database.writing() as session:
        save(session, house, page, page.key("Läs mer"), "More")
        for source in MACHINE:
            row = service.row(session, house.town.anna, page.page_id, "en", page.key(source))
            service.accept(session, house.town.anna, page.page_id, "en", row.key, based_on=row.revision)
        submission = submit(session, house, page)
    approve(house, submission)
    with house.database.writing() as session:
        publish(session, house.town.bo, page.page_id, "en")
        own = apart(session, house, page)
        row = service.row(session, house.town.anna, page.page_id, "en", own)
        assert (row.text, row.read, row.approved, row.author) == ("More", True, False, "Anna")
        assert service.bench(session, house.town.anna, page.page_id, "en").head.state is PageState.WORK
        assert public_page(session, house.town.slug, "en", "nytt").html.count("More") == 2
        save(session, house, page, own, "About the school")
        submission = submit(session, house, page)
    approve(house, submission)
    with house.database.writing() as session:
        publish(session, house.town.bo, page.page_id, "en")
        html = public_page(session, house.town.slug, "en", "nytt").html
        assert html.index("More") < html.index("school is closed") < html.index("About the school")


def submit(session: Session, house: House, page: BuiltPage) -> int:
    return decisions.submit(session, house.town.anna, page.page_id, "en")


def test_it_is_kept_in_the_next_version_of_the_page_and_when_sentences_are_cut(house: House, page: BuiltPage) -> None:
    with house.database.writing() as session:
        own = apart(session, house, page)
        save(session, house, page, own, "About the school")
        new = PAGE.replace("<h1>", "<p>Ny mening.</p><h1>").replace("Badet är öppet", "Badet är öppet igen")
        import_page(session, COMMAND_LINE, house.town.site_id, body=new.encode(), path="nytt", origin="test")
        assert own in keys(session, page)
        assert places(session, house, page, own)[1] == ("Skolan är stängd.", True)
        school = keys(session, page, "Skolan är stängd.")[0]
        recutting.cut_sentence(session, house.town.anna, page.page_id, "en", school, at=len("Skolan "))
        assert own in keys(session, page)
        assert service.row(session, house.town.anna, page.page_id, "en", own).text == "About the school"


def test_it_follows_its_text_when_that_changes(house: House, page: BuiltPage) -> None:
    with house.database.writing() as session:
        own = apart(session, house, page)
        new = PAGE.replace("Läs mer", "Läs mera")
        import_page(session, COMMAND_LINE, house.town.site_id, body=new.encode(), path="nytt", origin="test")
        assert own in keys(session, page, "Läs mera")
        assert len(keys(session, page, "Läs mera")) == 2


def test_taken_back_the_place_has_the_common_translation(house: House, page: BuiltPage) -> None:
    with house.database.writing() as session:
        common = page.key("Läs mer")
        own = apart(session, house, page)
        assert own_places.translate_together(session, house.town.anna, page.page_id, "en", own) == common
        assert keys(session, page) == [common]
        with pytest.raises(NotFound):
            own_places.translate_together(session, house.town.anna, page.page_id, "en", own)
        with pytest.raises(NotFound, match="taken back already"):
            own_places.translate_together(session, house.town.anna, page.page_id, "en", common)
        actions = select(AuditEntry.action).where(AuditEntry.action.like("segment.own%")).order_by(AuditEntry.id)
        assert session.scalars(actions).all() == ["segment.own_place", "segment.own_back"]


def test_one_place_alone_needs_nothing_and_bo_may_not(house: House, page: BuiltPage) -> None:
    with house.database.writing() as session:
        key = page.key("Nyheter")
        with pytest.raises(BadInput, match="one place only"):
            own_places.translate_apart(session, house.town.anna, page.page_id, "en", key, nth=0)
        with pytest.raises(NotFound):
            apart(session, house, page, nth=7)
        with pytest.raises(NotAllowed):
            apart(session, house, page, who="bo")
