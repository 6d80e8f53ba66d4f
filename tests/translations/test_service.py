"""Machine texts are kept beside people's, each once; no revision is ever overwritten."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.errors import Conflict
from review_app.segments.service import placed_segments
from review_app.translations import service
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
        segment_id=head_segment(house),
        source=source,
        engine=engine,
        version=version,
        made_on=date(2026, 11, 22),
        text=text,
        rejection=None if text is not None else "The engine answered with nothing.",
    )


def head(session: Session, house: House) -> Revision:
    segment = head_segment(house)
    return newest_revisions(session, [segment], "en")[segment]


def head_segment(house: House) -> int:
    return house.page.segment("Lånetiden").segment_id


def write(session: Session, house: House, text: str, based_on: int, source: str = LOAN) -> Revision:
    new = NewRevision(
        segment_id=head_segment(house),
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
        segment = head_segment(house)
        assert {row.engine for row in machine_translations(session, [segment], "en")[segment]} == {"fake", "other"}
        assert head(session, house).text == "The loan period is four weeks."


def test_a_machine_never_overtakes_a_person(house: House) -> None:
    with house.database.writing() as session:
        write(session, house, "Books are lent for four weeks.", 1)
        keep_outputs(session, "en", [output(house, "New text.", version="3")], drafts=True)
        newer = "Lånetiden är tre veckor."
        keep_outputs(session, "en", [output(house, "Three weeks.", version="4", source=newer)], drafts=True)
        assert head(session, house).text == "Books are lent for four weeks."


def test_a_machine_s_draft_of_the_same_source_stays(house: House) -> None:
    """A second engine must not change a text that somebody may be reading."""
    with house.database.writing() as session:
        keep_outputs(session, "en", [output(house, "Lending: 4 weeks.", engine="other")], drafts=True)
        assert (head(session, house).number, head(session, house).text) == (1, "The loan period is four weeks.")


def test_an_answer_that_is_not_to_be_a_draft_is_none(house: House) -> None:
    with house.database.writing() as session:
        segment = head_segment(house)
        keep_outputs(session, "ar", [output(house, "أربعة أسابيع.")], drafts=False)
        assert newest_revisions(session, [segment], "ar") == {}
        keep_outputs(session, "ar", [output(house, "أربعة أسابيع.")], drafts=True)
        assert newest_revisions(session, [segment], "ar")[segment].text == "أربعة أسابيع."


def test_a_rejected_answer_is_no_draft_where_there_is_none(house: House) -> None:
    with house.database.writing() as session:
        keep_outputs(session, "ar", [output(house, None)], drafts=True)
        assert newest_revisions(session, [head_segment(house)], "ar") == {}


def test_one_answer_given_twice_at_once_is_kept_once(house: House) -> None:
    with house.database.writing() as session:
        assert keep_outputs(session, "en", [output(house, "Four weeks.")] * 2, drafts=True) == 1


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
        segment = head_segment(house)
        (row,) = (row for row in machine_translations(session, [segment], "en")[segment] if row.engine == "other")
        assert (row.text, row.rejection) == (None, "The engine answered with nothing.")
        assert head(session, house).number == 1


def test_the_second_save_on_a_revision_is_refused(house: House) -> None:
    with house.database.writing() as session:
        write(session, house, "Anna's", 1)
    with pytest.raises(Conflict), house.database.writing() as session:
        write(session, house, "Bo's", 1)
    with house.database.reading() as session:
        assert [row.text for row in history(session, head_segment(house), "en")] == [
            "Anna's",
            "The loan period is four weeks.",
        ]


def test_two_that_saw_the_same_cannot_both_store(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unique key refuses what slips past the look: both read number 1, one of them commits number 2 first."""
    segment = head_segment(house)
    with house.database.writing() as session:
        seen = newest_revisions(session, [segment], "en")
        write(session, house, "Anna's", 1)
    monkeypatch.setattr(service, "newest_revisions", lambda *_args: seen)
    with pytest.raises(Conflict), house.database.writing() as session:
        write(session, house, "Bo's", 1)
    with house.database.reading() as session:
        assert history(session, segment, "en")[0].text == "Anna's"


def test_a_correction_remembers_the_draft_it_was_made_from(house: House) -> None:
    with house.database.writing() as session:
        draft = head(session, house).draft_id
        assert draft is not None
        write(session, house, "Once.", 1)
        write(session, house, "Twice.", 2)
        assert [row.draft_id for row in history(session, head_segment(house), "en")] == [draft] * 3


def test_outputs_come_oldest_first(house: House) -> None:
    with house.database.writing() as session:
        for engine in ("zeta", "alpha", "mu"):
            keep_outputs(session, "en", [output(house, engine, engine=engine)], drafts=False)
        rows = machine_translations(session, [head_segment(house)], "en")[head_segment(house)]
        assert [row.engine for row in rows] == ["fake", "zeta", "alpha", "mu"]


orders = st.lists(st.tuples(st.booleans(), st.sampled_from([LOAN, "Lånetiden är tre veckor."])), max_size=6)
"""What may happen to one sentence: ``True`` is a person saving, ``False`` a machine answering, each for a source."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(order=orders)
def test_nothing_that_was_written_is_lost_or_renumbered(house: House, order: list[tuple[bool, str]]) -> None:
    segment = head_segment(house)
    with Session(house.database.engine) as session:  # never committed: each example begins anew
        written = [head(session, house).text]
        of_people = 0
        for step, (person, source) in enumerate(order):
            if person:
                write(session, house, f"text {step}", head(session, house).number, source)
                of_people += 1
            else:
                answer = output(house, f"text {step}", version=f"later {step}", source=source)
                keep_outputs(session, "en", [answer], drafts=True)
            newest = head(session, house)
            if newest.text == f"text {step}":
                written.append(newest.text)
            assert person <= (newest.text == f"text {step}"), "a person's text is the newest at once"
            assert not of_people or newest.origin is Origin.HUMAN, "and stays so whatever a machine says"
        rows = history(session, segment, "en")[::-1]
    assert [row.text for row in rows] == written
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


def test_what_an_engine_has_not_been_asked(house: House) -> None:
    with house.database.writing() as session:
        placed = placed_segments(session, [house.page.version_id])[house.page.version_id]
        assert lacking(session, placed, "en", "fake") == []
        assert lacking(session, placed, "en", None) == []
        assert lacking(session, placed, "en", "other") == placed
        assert lacking(session, placed, "ar", "fake") == placed
        keep_outputs(session, "en", [output(house, None, engine="other")], drafts=True)
        asked = head_segment(house)
        assert asked not in {segment.segment_id for segment in lacking(session, placed, "en", "other")}
        keep_outputs(session, "ar", [output(house, None)], drafts=True)
        assert asked not in {segment.segment_id for segment in lacking(session, placed, "ar", "fake")}
        assert lacking(session, placed, "ar", None) == placed, "a refusal is no text"


def test_a_source_that_changed_is_asked_for_again(house: House) -> None:
    with house.database.writing() as session:
        changed = HTML.replace("fyra veckor", "tre veckor")
        page = build_page(session, house.town.site_id, html=changed, machine={})
        (segment,) = lacking(session, page.segments, "en", "fake")
        assert segment.source == "Lånetiden är tre veckor."
        assert segment.segment_id == head_segment(house)


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
