"""What an import of a corpus brings in, for whom, and that a second one changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import ALLOWED, COMMAND_LINE, Action, Actor, Role
from review_app.accounts.service import find_person
from review_app.accounts.signing_in import sign_in
from review_app.accounts.tables import Person
from review_app.errors import NotAllowed, NotSignedIn
from review_app.exchange.corpus import import_corpus
from review_app.pages.service import find_page
from review_app.publishing.service import live_publications, withdraw
from review_app.resources import DEMO_CORPUS
from review_app.review.decisions import send_back, waiting
from review_app.review.desk import desk
from review_app.review.service import bench, page_heads
from review_app.review.states import Basis, PageState, Verdict
from review_app.review.tables import Submission
from review_app.review.views import PageHead, SegmentRow
from review_app.segments.service import find_segment, placed_segments, rename_keys
from review_app.segments.tables import Segment
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.service import add_site, site_by_id
from tests.exchange.library import PAGE, contents, row, rows, write_corpus
from tests.houses import House

PUBLISHED = {"en": {"state": "published", "basis": "reads"}}
APPROVED = [
    row("title", "Badhuset", "The bath house", "approved"),
    row("heading", "Badhuset i Älvby", "The bath house in Älvby", "approved"),
    row("price", "Det kostar 40 kronor.", "It costs 50 kronor.", "approved", correction="It costs 40 kronor."),
    row("link", "Läs <1>mer</1> här.", "Read <1>more</1> here.", "approved"),
]


def take_in(house: House, folder: Path, actor: Actor = COMMAND_LINE) -> dict[str, int]:
    with house.database.writing() as session:
        import_corpus(session, actor, house.town.site_id, folder)
    with house.database.reading() as session:
        return contents(session)


def page_id(session: Session, house: House) -> int:
    page = find_page(session, house.town.site_id, "badhus")
    assert page is not None
    return page.id


def head(session: Session, house: House) -> PageHead:
    found = page_heads(session, COMMAND_LINE, house.town.site_id)
    return next(one for one in found if (one.path, one.language) == ("badhus", "en"))


def texts(session: Session, house: House) -> dict[str, SegmentRow]:
    return {one.key: one for one in bench(session, house.town.carin, page_id(session, house), "en").rows}


def test_pages_texts_and_states_come_in_side_by_side(house: House, tmp_path: Path) -> None:
    with house.database.writing() as session:
        (told,) = import_corpus(session, house.town.carin, house.town.site_id, write_corpus(tmp_path / "c"))
        found = texts(session, house)
    assert (told.path, told.segments, told.rows) == ("badhus", 4, {"en": 4})
    assert [(key, one.text, str(one.state), one.approved) for key, one in found.items()] == [
        ("title", "The bath house", "accepted", True),
        ("heading", "The bath house in Älvby", "accepted", False),
        ("price", "It costs 40 kronor.", "edited", False),
        ("link", "Read <1>more</1> here.", "machine", False),
    ]


def test_a_language_that_the_site_lacks_is_added_with_its_usual_policy(house: House, tmp_path: Path) -> None:
    take_in(house, write_corpus(tmp_path, language="fit"))
    with house.database.reading() as session:
        assert site_by_id(session, house.town.site_id).languages["fit"] is LanguagePolicy.HUMAN_ONLY


def test_the_content_class_is_taken_over(house: House, tmp_path: Path) -> None:
    take_in(house, write_corpus(tmp_path, content_class="rights"))
    with house.database.reading() as session:
        page = find_page(session, house.town.site_id, "badhus")
    assert page is not None
    assert page.content_class is ContentClass.RIGHTS


# Approvals


@pytest.mark.parametrize("who", ["anna", "bo"])
def test_who_may_not_import_pages_may_not_import_a_corpus(house: House, tmp_path: Path, who: str) -> None:
    with house.database.reading() as session:
        before = contents(session)
    with pytest.raises(NotAllowed):
        take_in(house, write_corpus(tmp_path), house.town.people[who])
    with house.database.reading() as session:
        assert contents(session) == before


def test_an_administrator_elsewhere_may_not(house: House, tmp_path: Path) -> None:
    with house.database.writing() as session:
        other = add_site(session, slug="annan", name="Annan", base_url="https://www.annan.example/")
    stranger = replace(house.town.carin, roles=((other, frozenset({Role.ADMINISTRATOR})),))
    with pytest.raises(NotAllowed):
        take_in(house, write_corpus(tmp_path), stranger)


def test_approvals_of_an_importer_who_is_no_administrator_are_edits(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ALLOWED, Action.IMPORT, frozenset({Role.TRANSLATOR}))  # as a later version might allow
    found = take_in(house, write_corpus(tmp_path, APPROVED, languages=PUBLISHED), house.town.anna)
    assert [found[table] for table in ("submission", "decision", "publication")] == [0, 0, 0]
    with house.database.reading() as session:
        assert {(str(one.state), one.approved) for one in texts(session, house).values()} == {
            ("accepted", False),
            ("edited", False),
        }
        assert head(session, house).state is PageState.WORK


def test_an_administrators_import_restores_approval_and_publication(house: House, tmp_path: Path) -> None:
    take_in(house, write_corpus(tmp_path, APPROVED, languages=PUBLISHED), house.town.carin)
    with house.database.reading() as session:
        assert head(session, house).state is PageState.APPROVED
        (submission,) = session.scalars(select(Submission))
        assert submission.imported
        found = desk(session, house.town.bo, submission.id)
        assert found.decision is not None
        assert (found.decision.by, found.decision.verdict, found.decision.basis) == (
            "Bo",
            Verdict.APPROVED,
            Basis.READS,
        )
        (live,) = live_publications(session, [page_id(session, house)], "en").values()
        assert live.submission_id == submission.id


def test_one_text_that_was_not_approved_keeps_the_page_from_being_so(house: House, tmp_path: Path) -> None:
    take_in(house, write_corpus(tmp_path))
    with house.database.reading() as session:
        assert head(session, house).state is PageState.WORK


def test_a_submitted_page_waits_for_an_approver_and_its_author_is_the_last_named(house: House, tmp_path: Path) -> None:
    sheet = [row("title", "Badhuset", "The bath house", "accepted"), *rows()[1:3]]
    sheet[2]["who"] = "carin@alvby.example"
    take_in(house, write_corpus(tmp_path, sheet, languages={"en": {"state": "submitted"}}))
    with house.database.reading() as session:
        (found,) = waiting(session, house.town.bo)
        submission = session.scalars(select(Submission)).one()
    assert (found.path, submission.submitted_by) == ("badhus", house.town.carin.person_id)


# Twice


@pytest.mark.parametrize("state", ["work", "submitted", "published"])
def test_the_same_import_again_changes_nothing(house: House, tmp_path: Path, state: str) -> None:
    sheet = APPROVED if state == "published" else rows()
    folder = write_corpus(tmp_path, sheet, languages={"en": {"state": state}})
    assert take_in(house, folder) == take_in(house, folder)


def test_the_whole_demo_again_changes_nothing(house: House) -> None:
    assert take_in(house, DEMO_CORPUS) == take_in(house, DEMO_CORPUS)


def test_the_same_import_again_does_not_undo_a_decision(house: House, tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, languages={"en": {"state": "submitted"}})
    take_in(house, folder)
    with house.database.writing() as session:
        newest = session.scalars(select(Submission.id).order_by(Submission.id.desc())).first()
        assert newest is not None
        send_back(session, house.town.bo, newest, comment="The price is wrong.")
    take_in(house, folder)
    with house.database.reading() as session:
        assert head(session, house).state is PageState.RETURNED


def test_the_same_import_again_does_not_publish_what_was_withdrawn(house: House, tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, APPROVED, languages=PUBLISHED)
    take_in(house, folder)
    with house.database.writing() as session:
        withdraw(session, house.town.bo, page_id(session, house), "en")
    take_in(house, folder)
    with house.database.reading() as session:
        assert live_publications(session, [page_id(session, house)], "en") == {}


# People


def test_an_unknown_person_comes_in_by_address_and_cannot_sign_in(house: House, tmp_path: Path) -> None:
    sheet = rows()
    sheet[1]["who"] = "Dan.Berg@alvby.example"
    take_in(house, write_corpus(tmp_path, sheet))
    with house.database.writing() as session:
        person_id = find_person(session, "dan.berg@alvby.example")
        assert person_id is not None
        assert texts(session, house)["heading"].author == "Dan.Berg"
        person = session.get_one(Person, person_id)
        assert (person.password_hash, person.active) == (None, False)
        with pytest.raises(NotSignedIn):
            sign_in(session, email="dan.berg@alvby.example", password="", days=1)


def test_a_known_person_is_credited_and_not_added_again(house: House, tmp_path: Path) -> None:
    with house.database.reading() as session:
        before = contents(session)["person"]
    assert take_in(house, write_corpus(tmp_path))["person"] == before
    with house.database.reading() as session:
        assert texts(session, house)["heading"].author == "Anna"


# Changed sources


def test_a_correction_of_an_older_source_comes_in_stale_and_is_kept(house: House, tmp_path: Path) -> None:
    sheet = rows()
    sheet[2] |= {"corrected_source": "Det kostar 30 kronor.", "correction": "It costs 30 kronor."}
    folder = write_corpus(tmp_path, sheet)
    (folder / "badhus" / "page.previous.html").write_text(PAGE.replace("40", "30"), "utf-8")
    found = take_in(house, folder)
    assert found["page_version"] == 1 + 2
    assert take_in(house, folder)["revision"] == found["revision"]
    with house.database.reading() as session:
        price = texts(session, house)["price"]
    assert (price.source, price.text) == ("Det kostar 40 kronor.", "It costs 30 kronor.")
    assert price.stale
    assert price.old_source == "Det kostar 30 kronor."


def test_an_approved_row_of_an_older_source_is_not_approved_now(house: House, tmp_path: Path) -> None:
    sheet = [dict(one) for one in APPROVED]
    sheet[2]["corrected_source"] = "Det kostar 30 kronor."
    take_in(house, write_corpus(tmp_path, sheet, languages=PUBLISHED))
    with house.database.reading() as session:
        assert {key: one.approved for key, one in texts(session, house).items()} == {
            "title": True,
            "heading": True,
            "price": False,
            "link": True,
        }
        assert head(session, house).state is PageState.WORK


def test_an_id_that_an_earlier_sentence_had_can_be_used_again(house: House) -> None:
    with house.database.writing() as session:
        first, second, third = (one.segment_id for one in house.page.segments[:3])
        rename_keys(session, house.page.page_id, {first: "price"})
        rename_keys(session, house.page.page_id, {second: "price"})
        assert find_segment(session, house.page.page_id, "price") == second
        assert session.get_one(Segment, first).key != "price"
        rename_keys(session, house.page.page_id, {second: "other", third: "price"})
        placed = placed_segments(session, [house.page.version_id])[house.page.version_id]
        assert [one.key for one in placed[1:3]] == ["other", "price"]
