"""One thing done to many passages: seen before, done to what is as it was seen, and taken back together."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.review import bulk, service
from review_app.review.narrowing import Narrow
from review_app.review.states import Act
from review_app.review.views import SegmentRow
from review_app.translations.origin import SegmentState
from tests.builders import BuiltPage, build_page, build_town
from tests.houses import House

BOOKS = "Du får låna"
HTML = "<html lang=sv><title>Lån</title><main><p>Du får låna 20 böcker.</p><p>Du får låna 15 filmer.</p></main>"
MACHINE = {"Du får låna 20 böcker.": "You may borrow 30 books.", "Du får låna 15 filmer.": "You may borrow 51 films."}
NUMBERS = Narrow(kind="number")


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    with house.database.writing() as opened:
        yield opened


@pytest.fixture
def page(house: House, session: Session) -> BuiltPage:
    return build_page(session, house.town.site_id, html=HTML, path="lan", machine=MACHINE)


def rows(house: House, session: Session, page: BuiltPage) -> dict[str, SegmentRow]:
    found = service.bench(session, house.town.anna, page.page_id, "en").rows
    return {row.source.split()[-1]: row for row in found}


def seen(house: House, session: Session, act: Act) -> dict[int, int]:
    proposals, _ = bulk.preview(session, house.town.anna, "alvby", "en", act, NUMBERS)
    return {one.segment_id: one.revision for one in proposals}


def do(house: House, session: Session, act: Act, chosen: dict[int, int] | None = None) -> tuple[int, int]:
    chosen = seen(house, session, act) if chosen is None else chosen
    return bulk.do(session, house.town.anna, "alvby", "en", act, NUMBERS, chosen)


def test_certain_fixes_are_shown_put_in_and_taken_back_and_a_draft_stays_unread(
    house: House, session: Session, page: BuiltPage
) -> None:
    proposals, total = bulk.preview(session, house.town.anna, "alvby", "en", Act.FIX, NUMBERS)
    assert (len(proposals), total) == (3, 3)
    assert {one.after for one in proposals if one.title == "Lån"} == {
        "You may borrow 20 books.", "You may borrow 15 films.",
    }  # fmt: skip
    done, left = do(house, session, Act.FIX)
    assert left == 0
    books = rows(house, session, page)["böcker."]
    assert (books.text, books.state, books.open_flags) == ("You may borrow 20 books.", SegmentState.MACHINE, ())
    row = rows(house, session, page)["filmer."]
    service.save(session, house.town.anna, page.page_id, "en", row.key, text="Fifteen films.", based_on=row.revision)
    bulk.undo(session, house.town.anna, house.town.site_id, done)
    texts = {word: row.text for word, row in rows(house, session, page).items()}
    assert texts["böcker."] == "You may borrow 30 books."
    assert texts["filmer."] == "Fifteen films.", "what somebody wrote since stays"
    told = bulk.done(session, house.town.carin, house.town.site_id, done)
    assert (told.passages, told.left, told.undone_by) == (3, 1, "Anna")
    with pytest.raises(Conflict, match="undone already"):
        bulk.undo(session, house.town.anna, house.town.site_id, done)
    session.flush()
    actions = [row.action for row in audit_rows(session, house.town.carin, house.town.site_id)]
    assert (actions.count("segment.fix"), actions.count("segment.restore")) == (3, 2)


def test_a_kind_of_flag_is_dismissed_and_opened_again_and_no_text_changes(
    house: House, session: Session, page: BuiltPage
) -> None:
    before = {word: row.revision for word, row in rows(house, session, page).items()}
    done, _ = do(house, session, Act.DISMISS)
    after = rows(house, session, page)
    assert not any(row.open_flags for row in after.values())
    assert {word: row.revision for word, row in after.items()} == before
    assert seen(house, session, Act.DISMISS) == {}
    bulk.undo(session, house.town.anna, house.town.site_id, done)
    assert len(seen(house, session, Act.DISMISS)) == 3


def test_what_changed_since_it_was_seen_is_left_alone(house: House, session: Session, page: BuiltPage) -> None:
    chosen = seen(house, session, Act.FIX)
    row = rows(house, session, page)["böcker."]
    service.save(session, house.town.anna, page.page_id, "en", row.key, text="You may borrow 31.", based_on=1)
    assert do(house, session, Act.FIX, chosen)[1] == 1
    with pytest.raises(Conflict, match="Somebody has changed all"):
        do(house, session, Act.FIX, chosen)
    with pytest.raises(BadInput, match="Nothing is chosen"):
        do(house, session, Act.FIX, {})
    with pytest.raises(BadInput, match="kind of flag"):
        bulk.preview(session, house.town.anna, "alvby", "en", Act.FIX, Narrow())


def test_only_translators_of_the_site_do_it(house: House, session: Session, page: BuiltPage) -> None:
    noise = build_town(session, "noise")
    done, _ = do(house, session, Act.DISMISS)
    with pytest.raises(NotAllowed):
        bulk.preview(session, house.town.bo, "alvby", "en", Act.FIX, NUMBERS)
    with pytest.raises(NotAllowed):
        bulk.undo(session, house.town.bo, house.town.site_id, done)
    for act in (lambda: bulk.preview(session, noise.anna, "alvby", "en", Act.FIX, NUMBERS),
                lambda: bulk.done(session, noise.anna, noise.site_id, done),
                lambda: bulk.undo(session, noise.anna, house.town.site_id, done)):  # fmt: skip
        with pytest.raises(NotFound):
            act()
