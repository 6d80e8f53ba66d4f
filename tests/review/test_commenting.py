"""Comments: Anna asks, Bo answers, Carin hears of what is wrong in the Swedish."""

import pytest
from sqlalchemy import select

from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.review import service
from review_app.review.commented import notes_on_source
from review_app.review.commenting import comment_on, settle, settle_note
from review_app.review.states import About
from tests.builders import HTML, build_page, build_town
from tests.houses import House

BOOKS = "Du får låna 20"


def say(house: House, text: str, who: str = "anna", about: About = About.TRANSLATION, language: str = "en") -> int:
    with house.database.writing() as session:
        return comment_on(
            session, house.town.people[who], house.page.page_id, language, house.page.key(BOOKS), text=text, about=about
        )


def comments(house: House, language: str = "en"):
    with house.database.reading() as session:
        return service.row(session, house.town.anna, house.page.page_id, language, house.page.key(BOOKS)).comments


def done(house: House, comment_id: int, who: str, *, closed: bool = True) -> None:
    with house.database.writing() as session:
        settle(
            session, house.town.people[who], house.page.page_id, "en", house.page.key(BOOKS),
            comment_id=comment_id, closed=closed,
        )  # fmt: skip


def test_a_comment_stands_at_its_sentence_in_its_language(house: House) -> None:
    say(house, "  20 or 30?\n\nAsk the library. ")
    say(house, "20, says the library.", who="bo")
    assert [(one.author, one.text) for one in comments(house)] == [
        ("Anna", "20 or 30?\n\nAsk the library."),
        ("Bo", "20, says the library."),
    ]
    assert comments(house, "ar") == ()


def test_what_is_wrong_in_the_source_is_seen_in_every_language_and_on_the_page_about_the_page(house: House) -> None:
    said = say(house, "It is 30 on the poster.", about=About.SOURCE)
    assert [one.text for one in comments(house, "ar")] == ["It is 30 on the poster."]
    with house.database.writing() as session:
        build_page(session, house.town.site_id, html=HTML.replace("Du får låna 20 böcker åt gången.", "Fritt fram!"))
    with house.database.reading() as session:
        notes = notes_on_source(session, house.town.carin, house.page.page_id)
    assert [(key, [one.source for one in found]) for key, found in notes.items()] == [
        (house.page.key(BOOKS), ["Du får låna 20 böcker åt gången."])
    ]
    with house.database.writing() as session:
        settle_note(
            session, house.town.carin, house.town.site_id, house.page.page_id, house.page.key(BOOKS),
            comment_id=said, closed=True,
        )  # fmt: skip


def test_a_comment_is_closed_and_opened_again_and_the_log_says_so(house: House) -> None:
    said = say(house, "20 or 30?")
    done(house, said, "bo")
    assert [(one.is_open, one.closed_by) for one in comments(house)] == [(False, "Bo")]
    done(house, said, "bo")
    done(house, said, "anna", closed=False)
    assert [one.is_open for one in comments(house)] == [True]
    with house.database.reading() as session:
        logged = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("comment.%")))
        assert list(logged) == ["comment.add", "comment.close", "comment.open"]


def test_what_is_said_of_the_source_is_closed_by_its_author_or_an_administrator(house: House) -> None:
    first, second = (say(house, text, about=About.SOURCE) for text in ("A typo.", "Another."))
    with pytest.raises(NotAllowed):
        done(house, first, "bo")
    done(house, first, "anna")
    done(house, second, "carin")
    assert [one.closed_by for one in comments(house)] == ["Anna", "Carin"]


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "x" * 2001])
def test_an_empty_or_endless_comment_is_refused(house: House, text: str) -> None:
    with pytest.raises(BadInput):
        say(house, text)


def test_a_stranger_neither_comments_nor_closes(house: House) -> None:
    said = say(house, "20 or 30?")
    with house.database.writing() as session:
        stranger = build_town(session, slug="noise").carin
        at = house.page.page_id, "en", house.page.key(BOOKS)
        with pytest.raises(NotFound):
            comment_on(session, stranger, *at, text="Hello", about=About.TRANSLATION)
        with pytest.raises(NotFound):
            settle(session, stranger, *at, comment_id=said, closed=True)
        other = house.page.page_id, "en", house.page.key("Lånetiden")
        with pytest.raises(NotFound):
            settle(session, house.town.anna, *other, comment_id=said, closed=True)
