"""Machine texts are kept beside people's, each once; no revision is ever overwritten."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.errors import Conflict
from review_app.segments.service import placed_segments
from review_app.translations.origin import Origin, SegmentState, state_of
from review_app.translations.service import (
    EngineOutput,
    NewRevision,
    add_revision,
    history,
    keep_outputs,
    lacking,
    machine_translations,
    newest_revisions,
)
from review_app.translations.tables import MachineTranslation, Revision
from tests.builders import HTML, build_page
from tests.houses import House

LOAN = "Lånetiden är fyra veckor."


def output(
    house: House, text: str | None, engine: str = "fake", version: str = "2", source: str = LOAN
) -> EngineOutput:
    return EngineOutput(
        segment_id=house.page.segment("Lånetiden").segment_id,
        source=source,
        engine=engine,
        version=version,
        made_on=date(2026, 11, 22),
        text=text,
        rejection=None if text is not None else "The engine answered with nothing.",
    )


def head(session: Session, house: House) -> Revision:
    segment = house.page.segment("Lånetiden").segment_id
    return newest_revisions(session, [segment], "en")[segment]


def write(session: Session, house: House, text: str, based_on: int, source: str = LOAN) -> Revision:
    new = NewRevision(
        segment_id=house.page.segment("Lånetiden").segment_id,
        language="en",
        text=text,
        source=source,
        based_on=based_on,
        origin=Origin.HUMAN,
        author_id=house.town.anna.person_id,
    )
    return add_revision(session, new)


def test_the_same_answer_is_kept_once(house: House) -> None:
    with house.database.writing() as session:
        before = session.scalar(select(func.count(MachineTranslation.id)))
        assert keep_outputs(session, "en", [output(house, "Loans last four weeks.")], drafts=True) == 1
        assert keep_outputs(session, "en", [output(house, "Loans last four weeks.")], drafts=True) == 0
        assert session.scalar(select(func.count(MachineTranslation.id))) == (before or 0) + 1


def test_a_second_engine_s_text_stands_beside_the_draft(house: House) -> None:
    with house.database.writing() as session:
        keep_outputs(session, "en", [output(house, "Lending: 4 weeks.", engine="other")], drafts=True)
        segment = house.page.segment("Lånetiden").segment_id
        assert {row.engine for row in machine_translations(session, [segment], "en")[segment]} == {"fake", "other"}
        assert head(session, house).text == "The loan period is four weeks."


def test_a_machine_never_overtakes_a_person(house: House) -> None:
    with house.database.writing() as session:
        write(session, house, "Books are lent for four weeks.", 1)
        keep_outputs(session, "en", [output(house, "New text.", version="3")], drafts=True)
        assert head(session, house).text == "Books are lent for four weeks."


def test_a_machine_s_draft_of_an_older_source_gives_way(house: House) -> None:
    source = "Lånetiden är tre veckor."
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, html=HTML.replace("fyra veckor", "tre veckor"))
        assert page.key("Lånetiden") == house.page.key("Lånetiden")
        keep_outputs(session, "en", [output(house, "Three weeks.", source=source)], drafts=True)
        assert (head(session, house).text, head(session, house).source) == ("Three weeks.", source)


def test_a_rejected_answer_is_kept_with_its_reason_and_drafts_nothing(house: House) -> None:
    with house.database.writing() as session:
        keep_outputs(session, "en", [output(house, None, engine="other")], drafts=True)
        segment = house.page.segment("Lånetiden").segment_id
        (row,) = (row for row in machine_translations(session, [segment], "en")[segment] if row.engine == "other")
        assert (row.text, row.rejection) == (None, "The engine answered with nothing.")
        assert head(session, house).number == 1


def test_the_second_save_on_a_revision_is_refused(house: House) -> None:
    with house.database.writing() as session:
        write(session, house, "Anna's", 1)
    with pytest.raises(Conflict), house.database.writing() as session:
        write(session, house, "Bo's", 1)
    with house.database.reading() as session:
        assert [row.text for row in history(session, house.page.segment("Lånetiden").segment_id, "en")] == [
            "Anna's",
            "The loan period is four weeks.",
        ]


def test_two_that_saw_the_same_cannot_both_store(house: House) -> None:
    """The unique key refuses what slips past the look: both read number 1, one of them commits number 2 first."""
    with house.database.writing() as session:
        write(session, house, "Anna's", 1)
        translation = head(session, house).translation_id
    with pytest.raises(Exception, match="UNIQUE"), house.database.writing() as session:
        session.add(Revision(translation_id=translation, number=2, origin=Origin.HUMAN, text="Bo's", source=LOAN))


def test_what_an_engine_has_not_been_asked(house: House) -> None:
    with house.database.writing() as session:
        placed = placed_segments(session, [house.page.version_id])[house.page.version_id]
        assert lacking(session, placed, "en", "fake") == []
        assert lacking(session, placed, "en", None) == []
        assert lacking(session, placed, "en", "other") == placed
        assert lacking(session, placed, "ar", "fake") == placed
        keep_outputs(session, "en", [output(house, None, engine="other")], drafts=True)
        asked = house.page.segment("Lånetiden").segment_id
        assert asked not in {segment.segment_id for segment in lacking(session, placed, "en", "other")}


@pytest.mark.parametrize(
    ("origin", "accepted", "state"),
    [
        (None, False, SegmentState.UNTRANSLATED),
        (Origin.MACHINE, False, SegmentState.MACHINE),
        (Origin.MEMORY, False, SegmentState.MACHINE),
        (Origin.HUMAN, True, SegmentState.ACCEPTED),
        (Origin.HUMAN, False, SegmentState.EDITED),
        (Origin.IMPORT, False, SegmentState.EDITED),
    ],
)
def test_the_state_of_a_segment(origin: Origin | None, accepted: bool, state: SegmentState) -> None:
    assert state_of(origin, accepted=accepted) is state
