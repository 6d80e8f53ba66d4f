"""The same sentence on other pages gets one text where it is chosen; drafts stay unread, and one undo takes it back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, Conflict, NotAllowed
from review_app.quality.tables import AuditDraw
from review_app.review import bulk, repeats, service
from review_app.review.repeats import Repeat
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from tests.builders import HTML, MACHINE, BuiltPage, build_page
from tests.houses import House
from tests.review.hands import save

LOAN, TEXT = "Lånetiden är fyra veckor.", "You may keep books for four weeks."


@pytest.fixture
def others(house: House) -> list[BuiltPage]:
    """Two more pages with the sentence: nobody has read it on the first; Anna has, on the second."""
    with house.database.writing() as session:
        site, anna = house.town.site_id, house.town.anna
        pages = [
            build_page(session, site, html=HTML.replace("Biblioteket i", f"{path} i"), path=path, machine=MACHINE)
            for path in ("arkiv", "bokbuss")
        ]
        key = pages[1].key(LOAN)
        service.save(session, anna, pages[1].page_id, "en", key, text="The loan is for four weeks.", based_on=1)
    return pages


def found(session: Session, house: House) -> list[Repeat]:
    return repeats.repeats_of(session, house.town.anna, house.page.page_id, "en", house.page.key(LOAN))[1]


def fill(session: Session, house: House, chosen: dict[int, int], who: str = "anna") -> tuple[int, int]:
    actor = house.town.people[who]
    return repeats.fill_in(session, actor, house.page.page_id, "en", house.page.key(LOAN), chosen)


def row(session: Session, house: House, page: BuiltPage) -> service.SegmentRow:
    return service.row(session, house.town.anna, page.page_id, "en", page.key(LOAN))


def test_nothing_is_offered_before_a_person_has_read_the_text(house: House, others: list[BuiltPage]) -> None:
    with house.database.reading() as session:
        assert found(session, house) == []
    save(house, LOAN, TEXT)
    with house.database.reading() as session:
        assert [(one.page_id, one.read) for one in found(session, house)] == [
            (others[0].page_id, False),
            (others[1].page_id, True),
        ]


def test_neither_a_spot_check_nor_what_was_written_of_another_swedish_is_offered(
    house: House, others: list[BuiltPage]
) -> None:
    save(house, LOAN, TEXT)
    with house.database.writing() as session:
        drafted, written = found(session, house)
        heads = newest_revisions(session, [drafted.segment_id, written.segment_id], "en")
        session.add(AuditDraw(revision_id=heads[drafted.segment_id].id, share=1, seed=0))
        heads[written.segment_id].source = "Lånetiden är tre veckor."
        session.flush()
        assert found(session, house) == []


def test_a_draft_gets_the_text_and_stays_unread_and_one_undo_takes_it_back(
    house: House, others: list[BuiltPage]
) -> None:
    save(house, LOAN, TEXT)
    with house.database.writing() as session:
        draft, _ = found(session, house)
        bulk_id, left = fill(session, house, {draft.segment_id: draft.revision})
        assert left == 0
        now = row(session, house, others[0])
        assert (now.text, now.origin, now.read) == (TEXT, Origin.MEMORY, False)
        assert row(session, house, others[1]).text == "The loan is for four weeks."
        assert [one.read for one in found(session, house)] == [True]
        logged = session.scalars(select(AuditEntry).where(AuditEntry.action == "segment.repeat")).all()
        assert [(one.after["text"], one.after["batch"]) for one in logged] == [(TEXT, bulk_id)]
        bulk.undo(session, house.town.anna, house.town.site_id, bulk_id)
        back = row(session, house, others[0])
        assert (back.text, back.origin) == (MACHINE[LOAN], Origin.MACHINE)


def test_what_a_person_wrote_changes_only_where_it_is_chosen(house: House, others: list[BuiltPage]) -> None:
    save(house, LOAN, TEXT)
    with house.database.writing() as session:
        _, read = found(session, house)
        fill(session, house, {read.segment_id: read.revision})
        now = row(session, house, others[1])
        assert (now.text, now.read) == (TEXT, True)
        assert row(session, house, others[0]).text == MACHINE[LOAN]


def test_what_changed_meanwhile_is_left_alone(house: House, others: list[BuiltPage]) -> None:
    save(house, LOAN, TEXT)
    with house.database.writing() as session:
        draft, _ = found(session, house)
        with pytest.raises(Conflict):
            fill(session, house, {draft.segment_id: draft.revision + 1})
        with pytest.raises(BadInput, match="Nothing is chosen"):
            fill(session, house, {})
        with pytest.raises(NotAllowed):
            fill(session, house, {draft.segment_id: draft.revision}, who="bo")
