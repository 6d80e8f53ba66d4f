"""Carin opens a round, Anna and Bo mark its texts, each alone; nothing is counted before it is closed."""

from dataclasses import replace

import pytest

from review_app.accounts.log import audit_rows
from review_app.accounts.membership import set_roles
from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import person_actor
from review_app.annotations.marks import Protocol
from review_app.annotations.reading import annotated_texts
from review_app.annotations.sampling import Outputs, Sampled, drawn, shuffled
from review_app.annotations.service import Plan, close_round, give_round, open_round, rounds_of
from review_app.annotations.settings import Settings, change_settings, settings_of
from review_app.annotations.weights import Weights
from review_app.annotations.working import Change, annotate, own_round, own_rounds, own_text, texts_left
from review_app.checks.finding import Severity
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.review import service as review
from tests.annotations.rounds import mark_all, opened, texts
from tests.builders import HTML, MACHINE, build_page
from tests.houses import House
from tests.quality.drawn import build_assessed

BOOKS = "Du får låna 20 böcker åt gången."


def test_a_round_holds_what_people_start_from_and_each_has_an_order_of_their_own(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        round_id = opened(session, town, town.anna, town.bo)
        of_anna, of_bo = texts(session, town.anna, round_id), texts(session, town.bo, round_id)
        assert {source: text.text for source, text in of_anna.items()} == MACHINE
        assert of_anna.keys() == of_bo.keys()
        assert list(of_anna) != list(of_bo)
        (seen,) = rounds_of(session, town.bo, town.site_id)
    assert (seen.name, seen.texts, [one.name for one in seen.annotators]) == ("Hösten", 8, ["Anna", "Bo"])


def test_the_raw_text_is_marked_not_the_correction(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        row = review.row(session, town.anna, house.page.page_id, "en", house.page.key("Du får låna"))
        review.save(session, town.anna, house.page.page_id, "en", row.key, text="Borrow 20.", based_on=row.revision)
        found = texts(session, town.bo, opened(session, town, town.bo))
    assert found[BOOKS].text == MACHINE[BOOKS]


def test_the_same_seed_draws_the_same_and_no_text_is_drawn_twice(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        first = texts(session, town.anna, opened(session, town, town.anna, size=5))
        rest = texts(session, town.anna, opened(session, town, town.anna))
        assert len(first) == 5
        assert first.keys() | rest.keys() == MACHINE.keys()
        assert not first.keys() & rest.keys()
        with pytest.raises(BadInput, match="no machine text left"):
            opened(session, town, town.anna)
    assert drawn(1, range(100), 5) == drawn(1, range(100), 9)[:5]
    assert drawn(1, range(100), 5) != drawn(2, range(100), 5)
    assert shuffled(1, 1, range(9)) != shuffled(1, 2, range(9))


def test_spot_checks_are_a_sample_of_their_own(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        build_assessed(session, town.site_id, share=1)
        found = texts(session, town.anna, opened(session, town, town.anna, sampled=Sampled.AUDIT))
        assert "Simhallen har 6 banor." in found
        assert BOOKS not in found


def test_a_text_of_an_older_source_is_not_drawn(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        build_page(session, town.site_id, html=HTML.replace("20 böcker", "25 böcker"), machine={}, check=False)
        found = texts(session, town.anna, opened(session, town, town.anna))
    assert not any(source.startswith("Du får låna") for source in found)
    assert len(found) == 7


def test_every_engine_is_marked_where_engines_are_to_be_compared(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        other = {source: f"{text} (other)" for source, text in MACHINE.items()}
        build_page(session, town.site_id, machine=other, engine="other", check=False)
        round_id = opened(session, town, town.anna, outputs=Outputs.ALL, size=3)
        assert len(own_round(session, town.anna, round_id).states) == 6
        mark_all(session, town.anna, round_id)
        close_round(session, town.carin, town.site_id, round_id)
        engines = [text.engine for text in annotated_texts(session, town.site_id, "en")]
    assert sorted(engines) == ["fake"] * 3 + ["other"] * 3


# --------------------------------------------------------------------------------------------- marking


def test_marks_are_kept_as_drafts_taken_up_again_and_revised(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        round_id = opened(session, town, town.anna)
        text = texts(session, town.anna, round_id)[BOOKS]
        annotate(session, town.anna, round_id, text.place, Change(0, None, (3, 4), Severity.MAJOR))
        draft = own_text(session, town.anna, round_id, text.place)
        assert [text.text[slice(*one.span)] for one in draft.marks if one.span] == ["30 books"]
        assert (draft.number, draft.done, draft.score) == (1, False, None)
        assert own_round(session, town.anna, round_id).states[text.place - 1] == "begun"
        annotate(session, town.anna, round_id, text.place, Change(1, 40, finish=True))
        annotate(session, town.anna, round_id, text.place, Change(1, 35, remove=0))
        revised = own_text(session, town.anna, round_id, text.place)
        assert (revised.marks, revised.score, revised.done) == ((), 35, True)
        assert texts_left(session, town.anna) == 7
        assert texts_left(session, town.bo) is None
        annotate(session, town.anna, round_id, text.place, Change(2, None))
        assert not own_text(session, town.anna, round_id, text.place).done, "without a score nobody is done"


def test_what_another_window_changed_is_not_written_over(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        round_id = opened(session, town, town.anna)
        annotate(session, town.anna, round_id, 1, Change(0, 50, (0,), Severity.MINOR))
        for stale in (Change(0, 10, (1,), Severity.MINOR), Change(0, 10, remove=0), Change(0, 10, finish=True)):
            with pytest.raises(Conflict):
                annotate(session, town.anna, round_id, 1, stale)
        found = own_text(session, town.anna, round_id, 1)
        assert (found.score, len(found.marks)) == (50, 1)
        annotate(session, town.anna, round_id, 1, Change(0, 40))
        assert own_text(session, town.anna, round_id, 1).score == 40, "a score says nothing of marks"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(0, None, finish=True), "0 to 100"),
        (Change(0, 101), "0 to 100"),
        (Change(0, -1), "0 to 100"),
        (Change(0, 5, (), Severity.MINOR), "Choose the words"),
        (Change(0, 5, (0,), Severity.CRITICAL), "not one of minor, major"),
    ],
)
def test_what_cannot_be_said_is_refused(house: House, change: Change, said: str) -> None:
    with house.database.writing() as session:
        round_id = opened(session, house.town, house.town.anna)
        with pytest.raises(BadInput, match=said):
            annotate(session, house.town.anna, round_id, 1, change)


def test_kinds_of_errors_are_asked_for_where_the_site_wants_them(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        change_settings(session, town.carin, town.site_id, Settings(Protocol.MQM, Weights(minor=2)))
        assert settings_of(session, town.site_id).weights.minor == 2
        round_id = opened(session, town, town.anna)
        change_settings(session, town.carin, town.site_id, Settings())  # the next round only
        text = texts(session, town.anna, round_id)[BOOKS]
        with pytest.raises(BadInput, match="what kind"):
            annotate(session, town.anna, round_id, text.place, Change(0, 5, (3,), Severity.CRITICAL, "nonsense"))
        annotate(session, town.anna, round_id, text.place, Change(0, 5, (3,), Severity.CRITICAL, "style"))
        annotate(session, town.anna, round_id, text.place, Change(1, 5, (len(text.words),), Severity.MINOR))
        marks = own_text(session, town.anna, round_id, text.place).marks
    assert [(one.severity, one.category) for one in marks] == [("critical", "style"), ("minor", "accuracy/omission")]


# ------------------------------------------------------------------------------------- who may, and when


def test_only_whoever_was_given_a_round_sees_it_and_only_while_it_is_open(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        round_id = opened(session, town, town.anna)
        for stranger in (town.bo, town.carin, COMMAND_LINE):
            assert own_rounds(session, stranger) == []
            with pytest.raises(NotFound):
                own_text(session, stranger, round_id, 1)
            with pytest.raises(NotFound):
                annotate(session, stranger, round_id, 1, Change(0, 5))
        give_round(session, town.carin, town.site_id, round_id, [town.bo.person_id or 0])
        give_round(session, town.carin, town.site_id, round_id, [town.bo.person_id or 0])
        assert [one.done for one in own_rounds(session, town.bo)] == [0]
        with pytest.raises(NotFound):
            own_text(session, town.anna, round_id, 9)
        close_round(session, town.carin, town.site_id, round_id)
        close_round(session, town.carin, town.site_id, round_id)
        for late in (town.anna, town.bo):
            with pytest.raises(NotFound):
                annotate(session, late, round_id, 1, Change(0, 5))
        with pytest.raises(BadInput, match="closed"):
            give_round(session, town.carin, town.site_id, round_id, [town.bo.person_id or 0])
        actions = [
            row.action for row in audit_rows(session, town.carin, town.site_id) if row.action.startswith("annotation.")
        ]
    assert sorted(actions) == ["annotation.close", "annotation.give", "annotation.give", "annotation.open"]


def test_whoever_loses_the_role_loses_the_round(house: House) -> None:
    town, anna = house.town, house.town.anna.person_id or 0
    with house.database.writing() as session:
        round_id = opened(session, town, town.anna)
        set_roles(session, town.carin, town.site_id, anna, {Role.TRANSLATOR: {"ar"}})
        with pytest.raises(NotFound):
            own_round(session, person_actor(session, anna), round_id)


@pytest.mark.parametrize("who", ["anna", "stranger"])
def test_translators_and_strangers_open_no_rounds_and_see_none(house: House, who: str) -> None:
    town = house.town
    with house.database.writing() as session:
        actor = town.anna if who == "anna" else replace(town.carin, roles=())
        plan = Plan(language="en", name="x", size=1, annotators=[actor.person_id or 0], sampled=Sampled.RANDOM)
        round_id = opened(session, town, town.bo)
        for refused in (
            lambda: open_round(session, actor, town.site_id, plan),
            lambda: rounds_of(session, actor, town.site_id),
            lambda: close_round(session, actor, town.site_id, round_id),
            lambda: give_round(session, actor, town.site_id, round_id, plan.annotators),
            lambda: change_settings(session, actor, town.site_id, Settings(Protocol.MQM)),
        ):
            with pytest.raises(NotAllowed):
                refused()
        with pytest.raises(NotAllowed):
            change_settings(session, town.bo, town.site_id, Settings(Protocol.MQM))


@pytest.mark.parametrize(
    "wrong", [{"size": 0}, {"size": 2001}, {"name": " "}, {"annotators": []}, {"annotators": [999]}, {"language": "fi"}]
)
def test_a_round_that_cannot_be_is_refused(house: House, wrong: dict) -> None:
    town = house.town
    plan = Plan(language="en", name="x", size=5, annotators=[town.anna.person_id or 0], sampled=Sampled.RANDOM)
    with house.database.writing() as session, pytest.raises(BadInput):
        open_round(session, town.carin, town.site_id, replace(plan, **wrong))


def test_reports_count_finished_texts_of_closed_rounds_and_tell_nobody_apart(house: House) -> None:
    town = house.town
    with house.database.writing() as session:
        round_id = opened(session, town, town.anna, town.bo)
        mark_all(session, town.anna, round_id, {"Du får låna": Severity.MAJOR})
        annotate(session, town.bo, round_id, 1, Change(0, 20))  # a draft
        assert annotated_texts(session, town.site_id, "en") == [], "while others still mark, nobody sees anything"
        close_round(session, town.carin, town.site_id, round_id)
        found = annotated_texts(session, town.site_id, "en")
        assert annotated_texts(session, town.site_id, "ar") == []
        assert annotated_texts(session, town.site_id, "en", [house.page.page_id]) == found
        assert annotated_texts(session, town.site_id, "en", [0]) == []
    assert len(found) == 8
    (books,) = [text for text in found if text.source == BOOKS]
    assert (books.text, books.engine, books.words, books.audit) == (MACHINE[BOOKS], "fake", 7, False)
    assert [(one.score, [mark.severity for mark in one.marks]) for one in books.said] == [(30, ["major"])]
    assert not any("person" in name or "author" in name for name in dir(books))
