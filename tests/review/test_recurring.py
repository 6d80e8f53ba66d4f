"""One correction, everywhere: found in what people corrected, put into other texts at once, and undone together."""

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.db import Database
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.publishing.phrases import public_passages
from review_app.publishing.service import publish, with_publications
from review_app.quality.tables import AuditDraw
from review_app.review import decisions, recurring, service
from review_app.review.recurring import candidate, candidates, dismiss, made_by_saving, take_up
from review_app.review.replacing import Outcome, batches_of, replace_in, undo
from review_app.review.standing import Place, Standing, places_of
from review_app.review.states import Basis, PageState
from review_app.text.phrases import Replacement
from review_app.translations.origin import Origin, SegmentState
from review_app.translations.service import newest_revisions
from tests.builders import build_town, say_yes
from tests.houses import House, house
from tests.review.town_hall import ASSEMBLY, DECIDES, ELECTS, MEETS, RIGHT, RULES, WRONG, TownHall, build_town_hall

__all__ = ["house"]


@pytest.fixture
def hall(house: House) -> TownHall:
    """The town hall's pages; Anna has made the correction twice."""
    with house.database.writing() as session:
        hall = build_town_hall(session, house.town)
        hall.correct_twice(session)
    return hall


@pytest.fixture
def database(house: House) -> Database:
    return house.database


def standing(session: Session, hall: TownHall) -> list[Place]:
    return places_of(session, hall.town.site_id, "en", ASSEMBLY)


def replace_all(session: Session, hall: TownHall, by: str = "anna") -> Outcome:
    chosen = {place.segment_id: place.revision for place in standing(session, hall)}
    return replace_in(session, hall.town.people[by], hall.town.slug, "en", ASSEMBLY, chosen)


def test_a_correction_made_twice_recurs_and_says_its_swedish(database: Database, hall: TownHall) -> None:
    with database.reading() as session:
        (found,) = candidates(session, hall.town.anna, hall.town.slug, "en")
        assert candidates(session, hall.town.anna, hall.town.slug, "ar") == []
    assert found.recurring.replacement == ASSEMBLY
    assert (found.recurring.support, found.recurring.share) == (2, 1.0)
    assert found.recurring.source_word == "kommunfullmäktige"


def test_where_else_it_stands_is_found_over_markup_and_case(database: Database, hall: TownHall) -> None:
    with database.reading() as session:
        found = standing(session, hall)
    assert [(place.title, place.standing, place.after) for place in found] == [
        ("Salen", Standing.DRAFT, "Here the municipal assembly meets."),
        ("Val", Standing.DRAFT, "<1>Municipal assembly</1> is elected every four years."),
    ]
    assert [found[1].text[start:end] for start, end in found[1].spans] == ["Municipal council"]


def test_a_draft_that_is_changed_stays_unread(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        assert replace_all(session, hall).changed == 2
    with database.reading() as session:
        row = hall.row(session, "salen", MEETS)
        assert standing(session, hall) == []
    assert row.text == "Here the municipal assembly meets."
    assert (row.state, row.read, row.replaced, row.author) == (SegmentState.MACHINE, False, True, "Anna")


def test_an_accepted_text_becomes_edited_by_whoever_changed_it(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        hall.accept(session, "salen", MEETS, by="carin")
    with database.writing() as session:
        replace_all(session, hall)
    with database.reading() as session:
        row = hall.row(session, "salen", MEETS)
    assert (row.state, row.read, row.author) == (SegmentState.EDITED, True, "Anna")


def test_what_was_changed_is_checked_at_once(database: Database, hall: TownHall) -> None:
    wrong = Replacement(WRONG, "municipal municipal assembly")
    with database.writing() as session:
        chosen = {place.segment_id: place.revision for place in places_of(session, hall.town.site_id, "en", wrong)}
        replace_in(session, hall.town.anna, hall.town.slug, "en", wrong, chosen)
    with database.reading() as session:
        assert "repeated_word" in {flag.name for flag in hall.row(session, "salen", MEETS).flags}


def test_undoing_gives_every_text_back(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        batch = replace_all(session, hall).batch_id
    with database.writing() as session:
        assert undo(session, hall.town.carin, batch) == Outcome(batch, 2, ())
    with database.reading() as session:
        row = hall.row(session, "salen", MEETS)
        assert len(standing(session, hall)) == 2
        (view,) = batches_of(session, hall.town.anna, hall.town.slug, "en", ASSEMBLY)
    assert row.text == "Here the municipal council meets."
    assert (row.state, row.origin) == (SegmentState.MACHINE, Origin.MACHINE)
    assert (view.texts, view.by, view.undone_by, view.left) == (2, "Anna", "Carin", 0)
    with database.writing() as session, pytest.raises(Conflict):
        undo(session, hall.town.anna, batch)


def test_what_somebody_edited_since_stays_when_the_rest_is_undone(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        batch = replace_all(session, hall).batch_id
    with database.writing() as session:
        hall.save(session, "salen", MEETS, "The municipal assembly meets here.", by="carin")
    with database.writing() as session:
        outcome = undo(session, hall.town.anna, batch)
    with database.reading() as session:
        assert hall.text(session, "salen", MEETS) == "The municipal assembly meets here."
        assert hall.text(session, "val", ELECTS) == "<1>Municipal council</1> is elected every four years."
        (view,) = batches_of(session, hall.town.anna, hall.town.slug, "en")
    assert outcome.skipped == (hall.pages["salen"].segment(MEETS).segment_id,)
    assert view.left == 1


def test_a_text_that_was_saved_meanwhile_is_left_alone_and_named(database: Database, hall: TownHall) -> None:
    with database.reading() as session:
        chosen = {place.segment_id: place.revision for place in standing(session, hall)}
    with database.writing() as session:
        hall.save(session, "salen", MEETS, "Here, too, the municipal council meets.", by="carin")
    with database.writing() as session:
        outcome = replace_in(session, hall.town.anna, hall.town.slug, "en", ASSEMBLY, chosen)
    assert outcome.changed == 1
    assert outcome.skipped == (hall.pages["salen"].segment(MEETS).segment_id,)
    with database.reading() as session:
        assert hall.text(session, "salen", MEETS) == "Here, too, the municipal council meets."


def test_when_all_were_changed_meanwhile_nothing_is_stored(database: Database, hall: TownHall) -> None:
    with database.reading() as session:
        chosen = {place.segment_id: place.revision for place in standing(session, hall)}
    with database.writing() as session:
        replace_all(session, hall)
    with pytest.raises(Conflict), database.writing() as session:
        replace_in(session, hall.town.anna, hall.town.slug, "en", ASSEMBLY, chosen)
    with pytest.raises(BadInput), database.writing() as session:
        replace_in(session, hall.town.anna, hall.town.slug, "en", ASSEMBLY, {})
    with database.reading() as session:
        assert len(batches_of(session, hall.town.anna, hall.town.slug, "en")) == 1


def test_a_spot_check_is_left_as_the_machine_wrote_it(database: Database, hall: TownHall) -> None:
    segment_id = hall.pages["salen"].segment(MEETS).segment_id
    with database.writing() as session:
        head = newest_revisions(session, [segment_id], "en")[segment_id]
        session.add(AuditDraw(revision_id=head.id, share=1, seed=0))
    with database.writing() as session:
        assert replace_all(session, hall).skipped == (segment_id,)
    with database.reading() as session:
        assert [(place.title, place.spot_check) for place in standing(session, hall)] == [("Salen", True)]


def test_what_a_batch_wrote_is_no_evidence_for_it(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        hall.accept(session, "salen", MEETS)
        replace_all(session, hall)
    with database.reading() as session:
        (found,) = candidates(session, hall.town.anna, hall.town.slug, "en")
    assert (found.recurring.support, found.recurring.left) == (2, 1)


def publish_hall(session: Session, hall: TownHall) -> None:
    page_id = hall.pages["salen"].page_id
    submission = decisions.submit(session, hall.town.anna, page_id, "en")
    say_yes(session, hall.town, submission, Basis.VOUCHES)
    publish(session, hall.town.bo, page_id, "en")


def state_of_hall(session: Session, hall: TownHall) -> PageState:
    head = service.bench(session, hall.town.anna, hall.pages["salen"].page_id, "en").head
    return with_publications(session, [head])[0].state


def test_an_approval_ends_with_the_change_and_holds_again_when_it_is_undone(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        publish_hall(session, hall)
    with database.reading() as session:
        assert [place.standing for place in standing(session, hall)] == [Standing.APPROVED, Standing.DRAFT]
    with database.writing() as session:
        batch = replace_all(session, hall).batch_id
    with database.reading() as session:
        assert state_of_hall(session, hall) not in {PageState.APPROVED, PageState.PUBLISHED}
        (shown,) = public_passages(session, hall.town.site_id, "en", ASSEMBLY)
        assert shown.sources == {"Här sammanträder kommunfullmäktige."}, "the public page is as it was"
    with database.writing() as session:
        undo(session, hall.town.anna, batch)
    with database.reading() as session:
        assert state_of_hall(session, hall) is PageState.PUBLISHED


def test_a_correction_that_is_no_rule_is_not_offered_until_it_is_taken_up(database: Database, hall: TownHall) -> None:
    town = hall.town
    with database.writing() as session:
        dismiss(session, town.anna, town.slug, "en", Replacement("Municipal council", "municipal ASSEMBLY"))
    with database.reading() as session:
        assert [found.dismissed for found in candidates(session, town.anna, town.slug, "en")] == [True]
        key = hall.pages["regler"].key(RULES)
        assert made_by_saving(session, town.anna, hall.pages["regler"].page_id, "en", key) is None
    with database.writing() as session:
        take_up(session, town.anna, town.slug, "en", ASSEMBLY)
    with database.reading() as session:
        assert not candidate(session, town.anna, town.slug, "en", WRONG, RIGHT).dismissed


@pytest.mark.parametrize("at_once", [1, recurring.AT_ONCE])
def test_saving_tells_when_a_correction_recurs(house: House, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "AT_ONCE", at_once)
    with house.database.writing() as session:
        hall = build_town_hall(session, house.town)
        page = hall.pages["regler"]
        hall.save(session, "regler", RULES, "The rules were adopted by the municipal assembly.")
        assert made_by_saving(session, hall.town.anna, page.page_id, "en", page.key(RULES)) is None
        hall.save(session, "regler", DECIDES, "It is the municipal assembly that decides.")
        found = made_by_saving(session, hall.town.anna, page.page_id, "en", page.key(DECIDES))
    assert found is not None
    assert found.replacement == ASSEMBLY


def test_the_log_says_how_each_text_came_about(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        undo(session, hall.town.anna, replace_all(session, hall).batch_id)
    with database.reading() as session:
        actions = [row.action for row in audit_rows(session, hall.town.carin, hall.town.site_id)]
    assert actions.count("segment.replace") == actions.count("segment.restore") == 2


def test_approvers_and_strangers_change_nothing(database: Database, hall: TownHall) -> None:
    with database.writing() as session:
        batch = replace_all(session, hall).batch_id
        stranger = build_town(session, slug="noise").anna
    with database.reading() as session:
        for act in (
            lambda actor: candidates(session, actor, hall.town.slug, "en"),
            lambda actor: replace_in(session, actor, hall.town.slug, "en", ASSEMBLY, {1: 1}),
            lambda actor: dismiss(session, actor, hall.town.slug, "en", ASSEMBLY),
            lambda actor: undo(session, actor, batch),
        ):
            with pytest.raises(NotAllowed):
                act(hall.town.bo)
            with pytest.raises(NotFound):
                act(stranger)


def test_what_does_not_recur_is_not_found(database: Database, hall: TownHall) -> None:
    with database.reading() as session:
        for old, new in (("", ""), ("council", "assembly"), (WRONG, "town hall")):
            with pytest.raises(NotFound):
                candidate(session, hall.town.anna, hall.town.slug, "en", old, new)
