"""What people write on one page is what the same Swedish is held against on every other, stored and while typed."""

import pytest
from sqlalchemy.orm import Session

from review_app.checks.flags import flags_of
from review_app.checks.guiding import guide_of
from review_app.checks.service import signature_without
from review_app.quality import saved
from review_app.quality.estimating import assess, is_assessed, note_assessed, signature_of
from review_app.review import service
from review_app.sites.service import site_by_id
from review_app.translations.service import newest_revisions
from tests.builders import BuiltPage, build_page
from tests.houses import House

LOAN = "Lånetiden"
WEEKS, PERIOD = "You may keep a book for four weeks.", "The loan period is four weeks."
BOOKS = "You may borrow 30 books at a time"


def heads(session: Session, page: BuiltPage) -> dict[int, int]:
    """Return the newest revision of each segment of a page."""
    segments = [placed.segment_id for placed in page.segments]
    return {segment: head.id for segment, head in newest_revisions(session, segments, "en").items()}


def flagged(session: Session, page: BuiltPage) -> list[str]:
    """Return what a page's texts are expected to be, as elsewhere."""
    found = flags_of(session, list(heads(session, page).values()))
    return [flag.values["expected"] for flags in found.values() for flag in flags if flag.name == "inconsistent"]


def write(session: Session, house: House, page: BuiltPage, text: str, based_on: int = 1) -> None:
    """Let Anna correct the sentence on loans."""
    service.save(session, house.town.anna, page.page_id, "en", page.key(LOAN), text=text, based_on=based_on)


def second_page(session: Session, house: House) -> BuiltPage:
    """Build a page with the same sentences."""
    return build_page(session, house.town.site_id, path="bibliotek-igen")


def test_other_pages_are_told_of_a_correction_at_once(house: House) -> None:
    with house.database.writing() as session:
        other = second_page(session, house)
        write(session, house, house.page, WEEKS)
        assert flagged(session, other) == [WEEKS]
        assert flagged(session, house.page) == []
        write(session, house, other, WEEKS)
        assert flagged(session, other) == []


def test_two_people_who_disagree_are_both_told_until_one_gives_in(house: House) -> None:
    with house.database.writing() as session:
        other = second_page(session, house)
        write(session, house, house.page, WEEKS)
        write(session, house, other, "Four weeks is the loan period.")
        assert flagged(session, other) == [WEEKS]
        assert flagged(session, house.page) == ["Four weeks is the loan period."]
        write(session, house, house.page, "Four weeks is the loan period.", based_on=2)
        assert flagged(session, other) == flagged(session, house.page) == []


def test_while_typing_ones_own_text_is_not_elsewhere(house: House) -> None:
    with house.database.writing() as session:
        other = second_page(session, house)
        write(session, house, house.page, WEEKS)

        def typed(page: BuiltPage) -> list[str]:
            told = service.check_typed(
                session, house.town.anna, page.page_id, "en", page.key(LOAN), text="Four weeks is the limit."
            )
            return [flag.name for flag in told if flag.name == "inconsistent"]

        assert typed(house.page) == []
        assert typed(other) == ["inconsistent"]


def test_a_save_has_no_other_texts_checked_anew(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        before = signature_without((), guide_of(session, site.id, "en"))
        write(session, house, house.page, WEEKS)
        assert signature_without((), guide_of(session, site.id, "en")) == before


def test_more_alike_than_can_be_checked_at_once_are_left_to_the_worker(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "AT_ONCE", 0)
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        other = second_page(session, house)
        note_assessed(session, site.id, "en", signature_of(session, site, "en"))
        write(session, house, house.page, WEEKS)
        assert flagged(session, other) == []
        assert not is_assessed(session, site, "en"), "the job is due"
        revisions = newest_revisions(session, [placed.segment_id for placed in other.segments], "en")
        assess(session, site, revisions.values(), "en")
        assert flagged(session, other) == [WEEKS]


def same(session: Session, page: BuiltPage) -> list[str]:
    """Return the other sources that a page's texts are the translations of, too."""
    found = flags_of(session, list(heads(session, page).values()))
    return [flag.values["found"] for flags in found.values() for flag in flags if flag.name == "same_translation"]


def test_one_translation_of_two_texts_is_told_of_both_until_one_is_corrected(house: House) -> None:
    with house.database.writing() as session:
        page, anna = house.page, house.town.anna
        service.save(session, anna, page.page_id, "en", page.key(LOAN), text=BOOKS + "!", based_on=1)
        assert sorted(same(session, page)) == ["Du får låna 20 böcker åt gången.", "Lånetiden är fyra veckor."]
        write(session, house, page, WEEKS, based_on=2)
        assert same(session, page) == []


def test_short_texts_may_stand_for_many(house: House) -> None:
    with house.database.writing() as session:
        page, anna = house.page, house.town.anna
        service.save(session, anna, page.page_id, "en", page.key(LOAN), text="Borrow books", based_on=1)
        assert same(session, page) == []
