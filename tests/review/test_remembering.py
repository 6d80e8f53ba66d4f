"""What approval puts into the memory, and what ends with it."""

from sqlalchemy.orm import Session

from review_app.review import decisions, service
from review_app.review.remembering import matches, phrases, remember_site
from review_app.sites.service import site_by_id
from tests.builders import build_page, say_yes
from tests.houses import House

LOAN = "Lånetiden är fyra veckor."
ENGLISH = "The loan period is four weeks."


def known(house: House, session: Session, source: str = LOAN) -> list[tuple[int, str]]:
    site = site_by_id(session, house.town.site_id)
    return [(round(pair.percent), pair.target) for pair in matches(session, house.town.anna, site, "en", source)]


def approve(house: House, session: Session, page_id: int) -> None:
    submission = decisions.submit(session, house.town.anna, page_id, "en")
    assert known(house, session) == []  # submitted is not approved
    say_yes(session, house.town, submission)


def save(house: House, session: Session, text: str) -> None:
    key, anna, page = house.page.key("Lånetiden"), house.town.anna, house.page.page_id
    row = service.row(session, anna, page, "en", key)
    service.save(session, anna, page, "en", key, text=text, based_on=row.revision)


def test_an_approved_text_is_found_until_somebody_changes_it(house: House) -> None:
    with house.database.writing() as session:
        approve(house, session, house.page.page_id)
        assert known(house, session) == [(100, ENGLISH)]
        assert known(house, session, "Lånetiden är två veckor.") == [(80, ENGLISH)]
        found = phrases(session, house.town.bo, site_by_id(session, house.town.site_id), "en", "loan period")
        assert [(pair.source, pair.page, pair.author, pair.read) for pair in found] == [
            (LOAN, "bibliotek", None, False)
        ]
        save(house, session, "You may keep a book for four weeks.")
        assert known(house, session) == []
        approve(house, session, house.page.page_id)
        assert known(house, session) == [(100, "You may keep a book for four weeks.")]
        assert remember_site(session, house.town.carin, site_by_id(session, house.town.site_id)) == 0


def test_a_meaning_that_has_not_changed_keeps_the_pair(house: House) -> None:
    with house.database.writing() as session:
        approve(house, session, house.page.page_id)
        save(house, session, "Four weeks.")
        approve(house, session, house.page.page_id)
        page = build_page(session, house.town.site_id, html=_page(LOAN.replace("fyra", "4")), machine={})
        row = service.row(session, house.town.anna, page.page_id, "en", page.key("Lånetiden"))
        service.accept(session, house.town.anna, page.page_id, "en", row.key, based_on=row.revision)
        assert known(house, session) == [(100, "Four weeks.")]


def test_the_sentence_itself_is_no_match_for_it(house: House) -> None:
    with house.database.writing() as session:
        approve(house, session, house.page.page_id)
        site, segment = site_by_id(session, house.town.site_id), house.page.segment("Lånetiden").segment_id
        assert matches(session, house.town.anna, site, "en", LOAN, apart_from=segment) == []


def _page(sentence: str) -> str:
    return f'<html lang="sv"><title>Biblioteket</title><main><ul><li>{sentence}</li></ul></main></html>'
