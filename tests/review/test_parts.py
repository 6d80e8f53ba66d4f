"""Approving a part of a page: the chosen texts are approved, the rest goes back with what is said of it."""

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.errors import BadInput, Conflict, NotFound
from review_app.pages.service import get_page
from review_app.publishing.public import public_page
from review_app.publishing.service import publish
from review_app.review import decisions, service
from review_app.review.desk import desk
from review_app.review.states import Basis, PageState, Verdict
from review_app.review.work import load_work
from review_app.segments.service import import_page
from review_app.sites.service import site_by_id
from tests.builders import HTML, say_yes
from tests.houses import House
from tests.review.hands import BOOKS, RULES, approve, correct, save, submit

LOAN, HEADING = "Lånetiden", "Låna böcker"


def approve_all_but(house: House, submission: int, *beginnings: str, comments: dict[str, str] | None = None) -> None:
    left = {house.page.key(beginning) for beginning in beginnings}
    with house.database.writing() as session:
        decisions.approve_part(
            session,
            house.town.bo,
            submission,
            keys={segment.key for segment in house.page.segments} - left,
            basis=Basis.READS,
            comments={house.page.key(at): text for at, text in (comments or {}).items()},
            comment="" if comments else "See the sentences.",
        )


def approved(house: House) -> set[str]:
    """Return the sources of the texts that are approved as they stand."""
    with house.database.reading() as session:
        rows = service.bench(session, house.town.anna, house.page.page_id, "en").rows
        return {row.source for row in rows if row.approved}


def text(house: House, beginning: str) -> str | None:
    with house.database.reading() as session:
        return service.row(session, house.town.anna, house.page.page_id, "en", house.page.key(beginning)).text


def public_texts(house: House) -> str:
    with house.database.writing() as session:
        publish(session, house.town.bo, house.page.page_id, "en")
    with house.database.reading() as session:
        return public_page(session, house.town.slug, "en", "bibliotek").html


def test_what_is_ticked_is_approved_and_anna_reads_why_the_rest_is_not(house: House) -> None:
    submission = submit(house)
    approve_all_but(house, submission, BOOKS, RULES, comments={BOOKS: "It is 20, not 30.", RULES: "Which June?"})
    everything = {segment.source for segment in house.page.segments}
    assert approved(house) == everything - {house.page.segment(at).source for at in (BOOKS, RULES)}
    with house.database.reading() as session:
        bench = service.bench(session, house.town.anna, house.page.page_id, "en")
        ((head, decision),) = decisions.returned(session, house.town.anna)
        shown = desk(session, house.town.bo, submission)
    assert {key: said.text for key, said in bench.sent_back.items()} == {
        house.page.key(BOOKS): "It is 20, not 30.",
        house.page.key(RULES): "Which June?",
    }
    assert (head.state, decision.verdict, bench.may_submit) == (PageState.RETURNED, Verdict.RETURNED, True)
    assert shown.part is not None
    assert shown.part.texts == len(everything) - 2


def test_the_gate_asks_only_for_what_is_chosen(house: House) -> None:
    submission = submit(house)
    with pytest.raises(BadInput, match="critical flag is open on 1"):
        approve_all_but(house, submission, BOOKS)
    approve_all_but(house, submission, BOOKS, RULES)


def test_the_public_sees_the_part_and_of_the_rest_the_swedish(house: House) -> None:
    correct(house)
    approve_all_but(house, submit(house), LOAN)
    html = public_texts(house)
    assert "You may borrow 20 books" in html
    assert "Lånetiden är fyra veckor." in html
    assert "The loan period" not in html


def test_of_what_goes_back_the_text_approved_earlier_still_stands(house: House) -> None:
    correct(house)
    approve(house, submit(house))
    save(house, LOAN, "Loans are for a month.")
    save(house, BOOKS, "You may have 20 books at a time.")
    approve_all_but(house, submit(house), LOAN)
    html = public_texts(house)
    assert "The loan period is four weeks." in html
    assert "You may have 20 books" in html
    assert house.page.segment(LOAN).source not in approved(house), "the newest text is another"


def test_the_very_text_that_goes_back_is_approved_no_longer(house: House) -> None:
    correct(house)
    approve(house, submit(house))
    save(house, BOOKS, "You may have 20 books at a time.")
    approve_all_but(house, submit(house), LOAN)
    html = public_texts(house)
    assert "The loan period" not in html


def test_an_earlier_text_does_not_stand_beside_another_source(house: House) -> None:
    correct(house)
    approve(house, submit(house))
    with house.database.writing() as session:
        body = HTML.replace("fyra veckor", "tre veckor").encode()
        import_page(session, COMMAND_LINE, house.town.site_id, body=body, path="bibliotek", origin="test")
    save(house, LOAN, "The loan period is three weeks.")
    approve_all_but(house, submit(house), LOAN)
    html = public_texts(house)
    assert "Lånetiden är tre veckor." in html
    assert "four weeks" not in html


def test_approving_the_rest_later_makes_the_page_approved(house: House) -> None:
    correct(house)
    approve_all_but(house, submit(house), LOAN)
    save(house, LOAN, "Loans are for four weeks.")
    approve(house, submit(house))
    with house.database.reading() as session:
        page = get_page(session, house.page.page_id)
        work = load_work(session, site_by_id(session, page.site_id), [page], "en")
        assert work.is_wholly_approved(page)
        assert service.bench(session, house.town.anna, page.id, "en").head.state is PageState.APPROVED


def test_a_part_needs_a_choice_and_a_word_on_the_rest(house: House) -> None:
    correct(house)
    submission, bo = submit(house), house.town.bo
    keys = {segment.key for segment in house.page.segments}
    for chosen, comment, comments, said in (
        (set(), "Nothing.", {}, "at least one"),
        (keys, "All of it.", {}, "Every sentence is chosen"),
        (keys - {house.page.key(LOAN)}, " ", {house.page.key(LOAN): " "}, "why the rest comes back"),
    ):
        with house.database.writing() as session, pytest.raises(BadInput, match=said):
            decisions.approve_part(
                session, bo, submission, keys=chosen, basis=Basis.READS, comment=comment, comments=comments
            )
    with house.database.writing() as session, pytest.raises(NotFound):
        decisions.send_back(session, bo, submission, comment="", comments={"no-such-key": "Hm."})


def test_the_same_word_again_changes_nothing_and_another_is_refused(house: House) -> None:
    correct(house)
    submission = submit(house)
    approve_all_but(house, submission, LOAN, comments={LOAN: "Say loans."})
    approve_all_but(house, submission, LOAN, comments={LOAN: "Say loans."})
    with pytest.raises(Conflict):
        approve_all_but(house, submission, LOAN, comments={LOAN: "Say something else."})
    with pytest.raises(Conflict):
        approve(house, submission)


def test_sending_back_is_not_approving_a_part_with_the_same_words(house: House) -> None:
    correct(house)
    submission = submit(house)
    with house.database.writing() as session:
        decisions.send_back(session, house.town.bo, submission, comment="See the sentences.")
    with pytest.raises(Conflict):
        approve_all_but(house, submission, LOAN)


def test_comments_on_sentences_are_enough_to_send_back(house: House) -> None:
    submission = submit(house)
    with house.database.writing() as session:
        key = house.page.key(BOOKS)
        decisions.send_back(session, house.town.bo, submission, comment="", comments={key: "It is 20."})
    with house.database.reading() as session:
        bench = service.bench(session, house.town.anna, house.page.page_id, "en")
    assert {one: said.text for one, said in bench.sent_back.items()} == {key: "It is 20."}
    assert text(house, BOOKS) == "You may borrow 30 books at a time."


def test_the_desk_shows_what_was_submitted_whatever_came_later(house: House) -> None:
    correct(house)
    submission = submit(house)
    with house.database.writing() as session:
        say_yes(session, house.town, submission)
    save(house, BOOKS, "Twenty books, no more.")
    with house.database.reading() as session:
        shown = {one.row.key: one.row.text for one in desk(session, house.town.bo, submission).rows}
    assert shown[house.page.key(BOOKS)] == "You may borrow 20 books at a time."
