"""Corrections: nothing a person wrote is lost, and what follows from a change is derived."""

import threading

import pytest
from sqlalchemy import select

from review_app.accounts.administration import change_rule
from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.tables import AuditEntry
from review_app.checks.states import FlagState
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.pages.service import SHARED_PATH, set_visits
from review_app.review import service
from review_app.review.states import PageState
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.sections import Rule
from review_app.sites.service import set_language
from review_app.translations.origin import SegmentState
from review_app.translations.service import history
from review_app.translations.sharing import share_parts
from tests.builders import HTML, build_page, build_town
from tests.houses import House

BOOKS = "Du får låna 20"
LOAN = "Lånetiden"


def save(house: House, beginning: str, text: str, based_on: int, who: str = "anna") -> None:
    with house.database.writing() as session:
        service.save(
            session,
            house.town.people[who],
            house.page.page_id,
            "en",
            house.page.key(beginning),
            text=text,
            based_on=based_on,
        )


def row(house: House, beginning: str):
    with house.database.reading() as session:
        return service.row(session, house.town.anna, house.page.page_id, "en", house.page.key(beginning))


def test_a_correction_is_the_next_revision_and_is_checked(house: House) -> None:
    assert any(flag.name == "number" for flag in row(house, BOOKS).open_flags)
    save(house, BOOKS, "You may borrow 20 books at a time.", 1)
    now = row(house, BOOKS)
    assert (now.state, now.revision, now.author) == (SegmentState.EDITED, 2, "Anna")
    assert now.open_flags == ()
    assert now.draft is not None
    assert now.draft.text == "You may borrow 30 books at a time."


def test_saving_the_machine_s_text_accepts_it(house: House) -> None:
    save(house, LOAN, "The loan period is four weeks.", 1)
    assert row(house, LOAN).state is SegmentState.ACCEPTED


def test_the_second_of_two_saves_is_refused_and_the_first_stays(house: House) -> None:
    save(house, BOOKS, "You may borrow 20 books.", 1)
    with pytest.raises(Conflict):
        save(house, BOOKS, "Borrow 20 books.", 1, who="carin")
    assert row(house, BOOKS).text == "You may borrow 20 books."


def test_a_request_that_is_sent_twice_writes_once(house: House) -> None:
    for _ in range(2):
        save(house, BOOKS, "You may borrow 20 books.", 1)
    assert row(house, BOOKS).revision == 2


def test_every_change_has_an_audit_row(house: House) -> None:
    save(house, BOOKS, "You may borrow 20 books.", 1)
    with house.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "segment.edit")).one()
    assert (entry.actor, entry.before["text"], entry.after["text"]) == (
        "Anna",
        "You may borrow 30 books at a time.",
        "You may borrow 20 books.",
    )


def test_of_many_saves_at_once_none_that_was_acknowledged_is_lost(house: House) -> None:
    """8 people save one sentence again and again; each builds on what is there when it looks."""
    acknowledged: list[str] = []
    problems: list[Exception] = []
    lock = threading.Lock()

    def work(name: int) -> None:
        for turn in range(10):
            text = f"Text {turn} of person {name}."
            try:
                save(house, LOAN, text, row(house, LOAN).revision)
            except Conflict:
                continue
            except Exception as error:
                problems.append(error)
                return
            with lock:
                acknowledged.append(text)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.database.reading() as session:
        kept = {revision.text for revision in history(session, house.page.segment(LOAN).segment_id, "en")}
    assert problems == []
    assert acknowledged
    assert set(acknowledged) <= kept


def test_a_changed_source_keeps_the_old_text_in_view(house: House) -> None:
    save(house, LOAN, "Loans are for four weeks.", 1)
    changed = HTML.replace("Lånetiden är fyra veckor.", "Lånetiden är tre veckor.")
    with house.database.writing() as session:
        build_page(session, house.town.site_id, html=changed)
    now = row(house, LOAN)
    assert now.stale
    assert (now.text, now.source, now.old_source) == (
        "Loans are for four weeks.",
        "Lånetiden är tre veckor.",
        "Lånetiden är fyra veckor.",
    )
    with house.database.writing() as session:
        service.accept(session, house.town.anna, house.page.page_id, "en", house.page.key(LOAN), based_on=now.revision)
    assert not row(house, LOAN).stale


def test_a_new_paragraph_at_the_top_leaves_all_else_as_it_was(house: House) -> None:
    save(house, BOOKS, "You may borrow 20 books.", 1)
    with house.database.writing() as session:
        build_page(session, house.town.site_id, html=HTML.replace("<h1>", "<p>Stängt i dag.</p><h1>"))
    assert row(house, BOOKS).text == "You may borrow 20 books."
    assert not row(house, BOOKS).stale


def test_a_false_alarm_stays_one_on_the_next_text(house: House) -> None:
    flag = next(flag for flag in row(house, BOOKS).open_flags if flag.name == "number")
    with house.database.writing() as session:
        service.dismiss(
            session,
            house.town.anna,
            house.page.page_id,
            "en",
            house.page.key(BOOKS),
            flag_id=flag.id,
            state=FlagState.DISMISSED,
        )
    save(house, BOOKS, "You may borrow 30 books at the same time.", 1)
    assert row(house, BOOKS).open_flags == ()


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 20_001])
def test_texts_that_are_none_are_refused(house: House, text: str) -> None:
    with pytest.raises(BadInput):
        save(house, BOOKS, text, 1)


def test_who_may_not_correct(house: House) -> None:
    with pytest.raises(NotAllowed):
        save(house, BOOKS, "x", 1, who="bo")
    with house.database.writing() as session:
        stranger = build_town(session, "noise").anna
    with house.database.reading() as session, pytest.raises(NotFound):
        service.bench(session, stranger, house.page.page_id, "en")
    with house.database.writing() as session, pytest.raises(NotAllowed):
        service.save(session, COMMAND_LINE, house.page.page_id, "en", house.page.key(BOOKS), text="x", based_on=1)


def test_a_gloss_cannot_be_accepted(house: House) -> None:
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, path="glosa", engine="gloss", publishable=False)
    with house.database.writing() as session, pytest.raises(BadInput):
        service.accept(session, house.town.anna, page.page_id, "en", page.key(LOAN), based_on=1)


def test_today_comes_what_is_gravest(house: House) -> None:
    with house.database.reading() as session:
        heads = service.today(session, house.town.anna)
    assert heads[0].state is PageState.MACHINE
    assert heads[0].open_flags["critical"] >= 1
    assert [head.language for head in heads] == ["en", "ar"]


def test_crises_come_first_and_what_pages_share_last(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        for path, name in (("a", "Skola"), ("kris", "Storm")):
            html = f"<html lang=sv><nav>Meny här</nav><main><h1>{name}</h1></main>"
            build_page(session, town.site_id, html=html, path=path, machine={name: name.upper(), "Meny här": "Menu"})
        share_parts(session, town.carin, town.site_id)
        change_rule(session, town.carin, town.site_id, Rule("kris", ContentClass.CRISIS))
        queue = [head.path for head in service.today(session, town.anna) if head.language == "en"]
    assert queue[0] == "kris"
    assert queue[-1] == SHARED_PATH


def test_what_people_alone_translate_begins_empty_and_goes_the_whole_way(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        set_language(session, town.site_id, "fit", LanguagePolicy.HUMAN_ONLY)
        page = build_page(session, town.site_id, path="meän", html="<h1>Hej då</h1>", language="fit", machine={})
        head = next(
            head for head in service.today(session, town.anna) if head.path == "meän" and head.language == "fit"
        )
        assert (head.has_work, head.translated) == (True, 0)
        service.save(session, town.anna, page.page_id, "fit", page.key("Hej"), text="Hyästi", based_on=0)
        assert service.bench(session, town.anna, page.page_id, "fit").may_submit
        assert not service.bench(session, town.carin, page.page_id, "fit").may_translate


def test_flags_that_more_readers_meet_come_first(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        for path in ("few", "many"):
            html = "<html lang=sv><main><p>Det kostar 50 kronor.</p></main>"
            build_page(session, town.site_id, html=html, path=path, machine={"Det kostar 50 kronor.": "It costs 5."})
        before = [head.path for head in service.today(session, town.anna)]
        assert before.index("few") < before.index("many")
        assert set_visits(session, town.carin, town.site_id, {"many": 900, "few": 10, "nowhere": 4}) == 2
        assert [head.path for head in service.today(session, town.anna)][:2] == ["many", "few"]
