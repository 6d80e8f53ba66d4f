"""Anna looks a word up: the glossary, what was learned, what was approved."""

import pytest

from review_app.errors import NotFound
from review_app.glossary.service import set_term
from review_app.review import looking_up
from review_app.review.looking_up import LookedUp
from review_app.sites.service import site_by_id
from tests.builders import build_town
from tests.houses import House
from tests.review.hands import approve, correct, submit


def look(house: House, word: str, language: str = "en", *, backwards: bool = False) -> LookedUp:
    with house.database.reading() as session:
        page, key = house.page.page_id, house.page.key("Du får låna 20")
        return looking_up.look_up(session, house.town.anna, page, language, key, word, backwards=backwards)


def test_the_glossary_knows_a_word_in_any_form_and_by_what_it_is_called(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        set_term(session, house.town.carin, site, "bok", "en", "volume", "tome")
        set_term(session, house.town.carin, site, "lånetid", "en", "loan period", "")
    found = look(house, "böckerna")
    assert [(term.source, term.targets) for term in found.terms] == [("bok", ("volume",))]
    assert [term.source for term in look(house, "period", backwards=True).terms] == ["lånetid"]
    assert look(house, "hund").terms == ()


def test_what_was_learned_is_told_both_ways_and_of_a_language_without_it_that_there_is_none(house: House) -> None:
    assert "books" in {one.word for one in look(house, "böcker").learned or ()}
    assert "bok" in {one.word for one in look(house, "book", backwards=True).learned or ()}
    assert look(house, "böcker", "ar").learned is None


def test_approved_texts_are_counted_and_others_are_not(house: House) -> None:
    assert look(house, "böcker").pairs == ()
    correct(house)
    approve(house, submit(house))
    found = look(house, "böcker")
    assert {pair.source for pair in found.pairs} == {"Låna böcker", "Du får låna 20 böcker åt gången."}
    assert [(one.word, one.times) for one in found.counted] == [("books", 2)]
    assert all(pair.page == "bibliotek" for pair in found.pairs)


def test_the_words_of_a_sentence_are_listed_once_each(house: House) -> None:
    with house.database.reading() as session:
        page, key = house.page.page_id, house.page.key("Biblioteket har")
        found = looking_up.words_of(session, house.town.anna, page, "en", key)
    assert found == ("Biblioteket", "har", "öppet", "kl", "på", "vardagar")


def test_a_stranger_is_told_nothing(house: House) -> None:
    with house.database.writing() as session:
        stranger = build_town(session, "annan").anna
        with pytest.raises(NotFound):
            looking_up.look_up(session, stranger, house.page.page_id, "en", house.page.key("Låna böcker"), "böcker")
