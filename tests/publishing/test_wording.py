"""Sites word by themselves what their readers are told; nothing that was told is forgotten."""

import pytest

from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed
from review_app.publishing.notice import MARK_MACHINE, READ_NONE
from review_app.publishing.wording import confirm, house_wording, messages, reword, wording
from tests.houses import House

OURS = "Pages"


def change(house: House, text: str, message: str = OURS, language: str = "fi") -> int:
    with house.database.writing() as session:
        return reword(session, house.town.carin, house.town.site_id, language, {message: text})


def said(house: House, message: str = OURS, language: str = "fi") -> str:
    with house.database.reading() as session:
        return wording(session, house.town.site_id, language).say(message)


def confirmed(house: House, language: str = "fi") -> bool:
    with house.database.reading() as session:
        return wording(session, house.town.site_id, language).confirmed


def test_a_site_s_own_words_and_ours_again(house: House) -> None:
    ours = said(house)
    assert change(house, "  Sivumme\n täällä ") == 1
    assert said(house) == "Sivumme täällä"
    assert change(house, "Sivumme täällä") == 0, "nothing has changed"
    assert change(house, "") == 1
    assert said(house) == ours == house_wording("fi").say(OURS)


def test_our_own_text_typed_again_is_no_change(house: House) -> None:
    assert change(house, house_wording("fi").say(OURS)) == 0


def test_what_was_told_at_a_moment_can_be_said(house: House) -> None:
    before = utc_now()
    change(house, "Sivumme")
    with house.database.reading() as session:
        assert wording(session, house.town.site_id, "fi", before).say(OURS) == house_wording("fi").say(OURS)


@pytest.mark.parametrize(
    "text",
    ["Kukaan ei ole lukenut {date}", "Sata %", "{", "<b>Hei</b>", "%(body)s", "x" * 601],
    ids=lambda text: text[:20],
)
def test_a_text_that_would_break_the_page_is_refused(house: House, text: str) -> None:
    with pytest.raises(BadInput):
        change(house, text, READ_NONE)
    assert said(house, READ_NONE) == house_wording("fi").say(READ_NONE)


def test_a_text_that_loses_a_value_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match=r"\{body\}"):
        change(house, "Kunta vastaa", "{body} answers for this translation.")


def test_only_messages_of_ours_are_taken(house: House) -> None:
    assert change(house, "Hei", "No such message") == 0


def test_words_are_unconfirmed_until_somebody_says_so_and_after_every_change(house: House) -> None:
    assert not confirmed(house)
    with house.database.writing() as session:
        confirm(session, house.town.carin, house.town.site_id, "fi")
    assert confirmed(house)
    change(house, "Sivumme")
    assert not confirmed(house)
    assert confirmed(house, "en"), "ours, as they are"
    change(house, "Our pages", language="en")
    assert not confirmed(house, "en")


def test_only_administrators_may(house: House) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as session:
        reword(session, house.town.anna, house.town.site_id, "fi", {OURS: "x"})
    with pytest.raises(NotAllowed), house.database.writing() as session:
        confirm(session, house.town.bo, house.town.site_id, "fi")


def test_the_notice_comes_first_among_the_messages() -> None:
    assert "{" in messages()[0]
    assert {MARK_MACHINE, OURS} <= set(messages())
