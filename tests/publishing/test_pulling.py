"""Taken off the public side: a passage or a language, at once, and not back again by itself."""

from collections.abc import Sequence

import pytest

from review_app.errors import NotAllowed, NotFound
from review_app.pages.service import SHARED_PATH
from review_app.publishing.public import PublicPage, public_page
from review_app.publishing.pulling import fill_memory, pull_language, pull_passage
from review_app.publishing.service import publish
from review_app.review import decisions, service
from review_app.review.remembering import matches
from review_app.sites.service import site_by_id
from review_app.translations.sharing import share_parts
from tests.builders import MACHINE, build_page, say_yes
from tests.houses import House

LOAN = "Lånetiden"
ENGLISH = "The loan period is four weeks."


@pytest.fixture
def public(house: House) -> House:
    """The house with its page approved and public."""
    accept(house, list(MACHINE))
    approve(house)
    return house


def accept(house: House, beginnings: Sequence[str]) -> None:
    with house.database.writing() as session:
        for beginning in beginnings:
            key = house.page.key(beginning)
            row = service.row(session, house.town.anna, house.page.page_id, "en", key)
            service.accept(session, house.town.anna, house.page.page_id, "en", key, based_on=row.revision)


def approve(house: House) -> None:
    with house.database.writing() as session:
        submission = decisions.submit(session, house.town.anna, house.page.page_id, "en")
        say_yes(session, house.town, submission)
        publish(session, house.town.bo, house.page.page_id, "en")


def pull(house: House) -> int:
    with house.database.writing() as session:
        return pull_passage(session, house.town.bo, house.page.page_id, "en", house.page.key(LOAN))


def seen(house: House, path: str = "bibliotek") -> PublicPage:
    with house.database.reading() as session:
        return public_page(session, "alvby", "en", path)


def test_the_swedish_stands_in_its_place_and_is_counted(public: House) -> None:
    assert pull(public) == 1
    page = seen(public)
    assert ENGLISH not in page.html
    assert 'lang="sv" dir="ltr">Lånetiden är fyra veckor.</span>' in page.html
    assert page.facts is not None
    assert (page.facts.read, page.facts.total) == (7, 8)


def test_publishing_again_does_not_bring_it_back(public: House) -> None:
    pull(public)
    with public.database.writing() as session:
        publish(session, public.town.bo, public.page.page_id, "en")
    assert ENGLISH not in seen(public).html


def test_another_text_of_the_passage_is_published(public: House) -> None:
    pull(public)
    with public.database.writing() as session:
        key = public.page.key(LOAN)
        row = service.row(session, public.town.anna, public.page.page_id, "en", key)
        service.save(
            session,
            public.town.anna,
            public.page.page_id,
            "en",
            key,
            text="Loans are for four weeks.",
            based_on=row.revision,
        )
    approve(public)
    assert "Loans are for four weeks." in seen(public).html


def test_the_memory_forgets_it(public: House) -> None:
    def known() -> list[str]:
        with public.database.reading() as session:
            site = site_by_id(session, public.town.site_id)
            found = matches(session, public.town.anna, site, "en", "Lånetiden är fyra veckor.")
            return [pair.target for pair in found]

    assert known() == [ENGLISH]
    pull(public)
    assert known() == []
    with public.database.writing() as session:
        fill_memory(session, public.town.carin, public.town.site_id)
    assert known() == []


def test_what_is_not_public_cannot_be_pulled(house: House) -> None:
    with pytest.raises(NotFound):
        pull(house)


def test_twice_is_told(public: House) -> None:
    pull(public)
    with pytest.raises(NotFound):
        pull(public)


def test_a_translator_may_not(public: House) -> None:
    with pytest.raises(NotAllowed), public.database.writing() as session:
        pull_passage(session, public.town.anna, public.page.page_id, "en", public.page.key(LOAN))
    with pytest.raises(NotAllowed), public.database.writing() as session:
        pull_language(session, public.town.anna, public.town.site_id, "en")


def test_a_whole_language_goes_at_once(public: House) -> None:
    with public.database.writing() as session:
        assert pull_language(session, public.town.bo, public.town.site_id, "en") == 1
        assert pull_language(session, public.town.bo, public.town.site_id, "en") == 0
    with pytest.raises(NotFound):
        seen(public)


def test_a_shared_passage_goes_from_every_page(house: House) -> None:
    """A sentence of the footer, which stands on two pages that say nowhere what their main part is."""
    town = house.town
    footer = "<footer><p>Ring oss.</p></footer>"
    machine = {"Ring oss.": "Ring us.", "Bad": "Pool", "Skola": "School"}
    with house.database.writing() as session:
        pages = [
            build_page(session, town.site_id, html=f"<html lang=sv><h1>{name}</h1>{footer}", path=name, machine=machine)
            for name in ("Bad", "Skola")
        ]
        share_parts(session, town.carin, town.site_id)
        shared_page = next(
            head
            for head in service.page_heads(session, town.anna, town.site_id)
            if head.shared and head.language == "en"
        )
        for page_id in (shared_page.page_id, *(page.page_id for page in pages)):
            submission = decisions.submit(session, town.anna, page_id, "en")
            say_yes(session, town, submission)
            publish(session, town.bo, page_id, "en")
        (row,) = service.bench(session, town.anna, shared_page.page_id, "en").rows
        assert pull_passage(session, town.bo, shared_page.page_id, "en", row.key) == 3
    for page in ("Bad", "Skola"):
        assert "Ring us." not in seen(house, page).html
    with pytest.raises(NotFound):
        seen(house, SHARED_PATH)
