"""Anna decides where sentences end: wherever the text stands, until she takes it back, and nobody's work is lost."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant, person_actor
from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.pages.changes import changes_of, new_versions
from review_app.pages.service import get_page, pages_of
from review_app.publishing.public import live_page, public_page
from review_app.publishing.service import publish
from review_app.review import recutting, service
from review_app.review.halves import made_by, offers_of
from review_app.review.states import PageState
from review_app.segments.service import import_page, placed_segments
from review_app.translations.origin import SegmentState
from review_app.translations.sharing import share_parts
from tests.builders import HTML, MACHINE, build_page
from tests.houses import House
from tests.review.hands import approve, correct, save, submit

LOANS = "Du får låna 20 böcker åt gången."
HOURS, BOOKING = "Biblioteket har öppet kl. 10–18 på vardagar.", "Du behöver <1>inte</1> boka tid."
BOTH = f"{HOURS} {BOOKING}"


def sources(session: Session, house: House, page_id: int | None = None) -> list[str]:
    version = get_page(session, page_id or house.page.page_id).version_id
    return [one.source for one in placed_segments(session, [version])[version]]


def key_of(session: Session, house: House, source: str) -> str:
    version = get_page(session, house.page.page_id).version_id
    return next(one.key for one in placed_segments(session, [version])[version] if one.source == source)


def cut(session: Session, house: House, source: str, second: str, who: str = "anna") -> recutting.Recut:
    key, actor = key_of(session, house, source), house.town.people[who]
    return recutting.cut_sentence(session, actor, house.page.page_id, "en", key, at=source.index(second))


def join(session: Session, house: House, first: str, second: str) -> recutting.Recut:
    keys = [key_of(session, house, text) for text in (first, second)]
    return recutting.join_sentences(session, house.town.anna, house.page.page_id, "en", keys[0], following=keys[1])


def take_back(session: Session, house: House, done: recutting.Recut) -> recutting.Recut:
    page, anna = house.page.page_id, house.town.anna
    return recutting.take_back(session, anna, page, "en", done.keys[0], done.rule.id)


def row(session: Session, house: House, source: str) -> service.SegmentRow:
    return service.row(session, house.town.anna, house.page.page_id, "en", key_of(session, house, source))


def offered(session: Session, house: House, source: str) -> list[str]:
    offers = offers_of(session, house.town.site_id, house.page.page_id, "en", source)
    return [offer.text for offer in offers]


def test_a_cut_sentence_has_no_text_yet_and_is_offered_that_of_the_whole(house: House) -> None:
    with house.database.writing() as session:
        done = cut(session, house, LOANS, "åt gången")
        assert [one for one in sources(session, house) if one in LOANS] == ["Du får låna 20 böcker", "åt gången."]
        assert done.keys == tuple(key_of(session, house, one) for one in ("Du får låna 20 böcker", "åt gången."))
        for half in ("Du får låna 20 böcker", "åt gången."):
            assert row(session, house, half).state is SegmentState.UNTRANSLATED
            assert offered(session, house, half) == [MACHINE[LOANS]]
        assert offered(session, house, "Lånetiden är fyra veckor.") == []


def test_joined_sentences_are_offered_both_texts_with_placeholders_numbered_on(house: House) -> None:
    with house.database.writing() as session:
        done = join(session, house, HOURS, BOOKING)
        assert BOTH in sources(session, house)
        assert offered(session, house, BOTH) == [f"{MACHINE[HOURS]} {MACHINE[BOOKING]}"]
        assert row(session, house, BOTH).text is None
        assert [made.rule_id for made in made_by(session, house.town.site_id, BOTH)] == [done.rule.id]


def test_taken_back_the_sentence_has_its_texts_and_its_approval_again(house: House) -> None:
    correct(house)
    approve(house, submit(house))
    with house.database.writing() as session:
        before = row(session, house, LOANS)
        done = cut(session, house, LOANS, "åt gången")
        assert done.ended == ("en",)
        assert service.bench(session, house.town.anna, house.page.page_id, "en").head.state is PageState.WORK
        back = take_back(session, house, done)
        after = row(session, house, LOANS)
        assert (after.key, after.text, after.revision, after.approved) == (
            before.key,
            before.text,
            before.revision,
            True,
        )
        assert back.ended == ()
        assert service.bench(session, house.town.anna, house.page.page_id, "en").head.state is PageState.APPROVED


def test_what_was_written_for_the_halves_is_kept_and_offered_for_the_whole(house: House) -> None:
    with house.database.writing() as session:
        done = cut(session, house, LOANS, "åt gången")
    with house.database.writing() as session:
        for source, text in (("Du får låna 20 böcker", "You may borrow 20 books"), ("åt gången.", "at a time.")):
            key = key_of(session, house, source)
            service.save(session, house.town.anna, house.page.page_id, "en", key, text=text, based_on=0)
        take_back(session, house, done)
        assert offered(session, house, LOANS) == ["You may borrow 20 books at a time."]
        again = cut(session, house, LOANS, "åt gången")
        assert row(session, house, "åt gången.").text == "at a time."
        assert again.rule.id != done.rule.id


def test_it_holds_in_the_next_version_of_the_page_and_on_other_pages_with_the_text(house: House) -> None:
    with house.database.writing() as session:
        other = build_page(session, house.town.site_id, html=HTML.replace("Låna böcker", "Böcker"), path="lana")
        done = cut(session, house, LOANS, "åt gången")
        assert done.pages == 2
        assert "åt gången." in sources(session, house, other.page_id)
        changed = HTML.replace("fyra veckor", "tre veckor").encode()
        import_page(session, COMMAND_LINE, house.town.site_id, body=changed, path="bibliotek", origin="test")
        assert "Du får låna 20 böcker" in sources(session, house)
        assert key_of(session, house, "åt gången.") == done.keys[1]
        new = HTML.replace("Biblioteket i Älvby", "Bokbussen").encode()
        page = import_page(session, COMMAND_LINE, house.town.site_id, body=new, path="bokbuss", origin="test")
        assert "åt gången." in sources(session, house, page.page_id)


def test_cutting_is_no_change_of_the_website(house: House) -> None:
    with house.database.writing() as session:
        page = get_page(session, house.page.page_id)
        cut(session, house, LOANS, "åt gången")
        assert changes_of(session, house.town.site_id) == []
        assert new_versions(session, house.town.site_id, None, None, None) == []
        assert get_page(session, house.page.page_id).taken_at == page.taken_at
        again = import_page(session, COMMAND_LINE, house.town.site_id, body=HTML.encode(), path="bibliotek", origin="x")
        assert not again.changed


def test_what_is_public_stays_as_it_is_and_is_not_called_older(house: House) -> None:
    correct(house)
    approve(house, submit(house))
    with house.database.writing() as session:
        publish(session, house.town.bo, house.page.page_id, "en")
        cut(session, house, LOANS, "åt gången")
        shown = public_page(session, house.town.slug, "en", "bibliotek")
        assert "You may borrow 20 books at a time." in shown.html
        assert shown.older == frozenset()
        assert LOANS in [one["source"] for one in live_page(session, house.town.slug, "en", "bibliotek").passages]


def test_both_halves_are_published_in_their_places(house: House) -> None:
    with house.database.writing() as session:
        cut(session, house, LOANS, "åt gången")
    for source, text in (("Du får låna", "You may borrow 20 books"), ("åt gången.", "every time.")):
        with house.database.writing() as session:
            key = next(key_of(session, house, one) for one in sources(session, house) if one.startswith(source))
            service.save(session, house.town.anna, house.page.page_id, "en", key, text=text, based_on=0)
    save(house, "Reglerna antogs", "The rules were adopted by the council on 23 June 2014.")
    approve(house, submit(house))
    with house.database.writing() as session:
        publish(session, house.town.bo, house.page.page_id, "en")
        html = public_page(session, house.town.slug, "en", "bibliotek").html
    assert html.index("You may borrow 20 books") < html.index("every time.") < html.index("four weeks")


def test_markup_is_not_torn_and_a_cut_needs_two_halves(house: House) -> None:
    with house.database.writing() as session:
        key = key_of(session, house, BOOKING)
        for at in (0, 1, 999):
            with pytest.raises(BadInput, match="cannot be cut there"):
                recutting.cut_sentence(session, house.town.anna, house.page.page_id, "en", key, at=at)
        with pytest.raises(BadInput, match="goes on there"):
            recutting.cut_sentence(session, house.town.anna, house.page.page_id, "en", key, at=BOOKING.index("te</1>"))
        with pytest.raises(BadInput, match="cannot be joined"):
            join(session, house, LOANS, "Lånetiden är fyra veckor.")
        assert sources(session, house) == [one.source for one in house.page.segments]


def test_taking_back_twice_says_so(house: House) -> None:
    with house.database.writing() as session:
        done = cut(session, house, LOANS, "åt gången")
        take_back(session, house, done)
        with pytest.raises(NotFound, match="taken back already"):
            recutting.take_back(
                session, house.town.anna, house.page.page_id, "en", key_of(session, house, LOANS), done.rule.id
            )


def test_nobody_cuts_what_others_have_written_in_a_language_that_is_not_theirs(house: House) -> None:
    with house.database.writing() as session:
        key = key_of(session, house, LOANS)
        service.save(session, house.town.anna, house.page.page_id, "ar", key, text="يمكنك استعارة 20 كتابًا", based_on=0)
        person = add_person(session, COMMAND_LINE, email="elsa@x.example", name="Elsa", password="ett långt lösenord")
        grant(
            session, COMMAND_LINE, person_id=person, site_id=house.town.site_id, role=Role.TRANSLATOR, languages=["en"]
        )
        elsa = person_actor(session, person)
        with pytest.raises(NotAllowed, match="in ar"):
            recutting.cut_sentence(session, elsa, house.page.page_id, "en", key, at=LOANS.index("åt"))
        with pytest.raises(NotAllowed, match="does not allow this"):
            cut(session, house, LOANS, "åt gången", who="bo")


def test_the_log_tells_what_was_cut_and_what_ended(house: House) -> None:
    correct(house)
    approve(house, submit(house))
    with house.database.writing() as session:
        take_back(session, house, cut(session, house, LOANS, "åt gången"))
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.action.like("segment.%cut%")).order_by(AuditEntry.id)
        )
        first, second = rows.all()
        assert (first.action, first.before["sentence"]) == ("segment.cut", LOANS)
        assert (first.after["second"], first.after["approval ended"]) == ("åt gången.", ["en"])
        assert (second.action, second.after["sentence"]) == ("segment.recut_back", LOANS)


def test_a_text_that_pages_share_is_cut_on_all_of_them(house: House) -> None:
    menu = "<html><nav><p>Meny hem kontakt</p></nav><main><p>Sidan {}</p></main></html>"
    with house.database.writing() as session:
        for number in range(3):
            body = menu.format(number).encode()
            import_page(session, COMMAND_LINE, house.town.site_id, body=body, path=f"s{number}", origin="t")
        share_parts(session, COMMAND_LINE, house.town.site_id)
        shared = next(page for page in pages_of(session, house.town.site_id) if page.shared)
        key = placed_segments(session, [shared.version_id])[shared.version_id][0].key
        done = recutting.cut_sentence(session, house.town.anna, shared.id, "en", key, at=len("Meny hem "))
        assert done.pages == 4
        assert sources(session, house, shared.id) == ["Meny hem", "kontakt"]
        share_parts(session, COMMAND_LINE, house.town.site_id)
        assert sources(session, house, shared.id) == ["Meny hem", "kontakt"]


def test_a_sentence_that_changes_elsewhere_stays_cut(house: House) -> None:
    with house.database.writing() as session:
        done = cut(session, house, LOANS, "åt gången")
        changed = HTML.replace("låna 20 böcker", "låna 25 böcker").encode()
        import_page(session, COMMAND_LINE, house.town.site_id, body=changed, path="bibliotek", origin="test")
        assert [one for one in sources(session, house) if "låna" in one or "gången" in one] == [
            "Du får låna 25 böcker",
            "åt gången.",
        ]
        assert key_of(session, house, "Du får låna 25 böcker") == done.keys[0]


def test_joined_sentences_of_which_one_changes_stay_joined(house: House) -> None:
    with house.database.writing() as session:
        join(session, house, HOURS, BOOKING)
        changed = HTML.replace("10–18", "9–18").encode()
        import_page(session, COMMAND_LINE, house.town.site_id, body=changed, path="bibliotek", origin="test")
        assert BOTH.replace("10–18", "9–18") in sources(session, house)


def test_a_sentence_that_is_written_anew_is_cut_by_nobody(house: House) -> None:
    with house.database.writing() as session:
        cut(session, house, LOANS, "åt gången")
        changed = HTML.replace("låna 20 böcker åt gången", "ta hem en bok i veckan, åt gången").encode()
        import_page(session, COMMAND_LINE, house.town.site_id, body=changed, path="bibliotek", origin="test")
        assert "Du får ta hem en bok i veckan, åt gången." in sources(session, house)
