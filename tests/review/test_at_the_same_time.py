"""What two people, or two workers, do at the same moment ends as if one had come after the other."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.errors import Conflict
from review_app.exchange.corpus import import_corpus
from review_app.publishing.service import publish, withdraw
from review_app.publishing.tables import Publication
from review_app.review import decisions, service
from review_app.review.gating import allow
from review_app.review.states import Basis
from review_app.review.tables import Decision, Submission
from review_app.segments.service import import_page
from review_app.segments.tables import Occurrence, Segment
from review_app.translations.service import EngineOutput, history, keep_outputs
from review_app.translations.sharing import share_parts
from review_app.translations.tables import MachineTranslation
from tests.builders import HTML, build_page, say_yes
from tests.exchange.library import write_corpus
from tests.houses import House

Step = Callable[[Session], object]
MENU = "<nav><a href='/skola'>Skola</a> <a href='/bad'>Badhuset</a></nav>"


def together(house: House, *steps: Step) -> list[object]:
    """Do each step in a transaction of its own, all begun at the same moment; returns what each gave or raised."""
    begin = Barrier(len(steps))
    results: list[object] = [None] * len(steps)

    def do(number: int, step: Step) -> None:
        begin.wait()
        try:
            with house.database.writing() as session:
                results[number] = step(session)
        except Exception as error:
            results[number] = error

    threads = [Thread(target=do, args=each) for each in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def count(house: House, table: type, *conditions: object) -> int:
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def submit(house: House) -> int:
    with house.database.writing() as session:
        return decisions.submit(session, house.town.anna, house.page.page_id, "en")


def test_of_two_decisions_one_counts_and_the_other_is_told(house: House) -> None:
    submission = submit(house)
    with house.database.writing() as session:
        allow(session, house.town.carin, submission, reason="Checked.")

    def approve(session: Session) -> None:
        decisions.approve(session, house.town.bo, submission, basis=Basis.READS)

    def send_back(session: Session) -> None:
        decisions.send_back(session, house.town.bo, submission, comment="Fel datum.")

    results = together(house, approve, send_back)
    assert results.count(None) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert count(house, Decision) == 1


def test_a_page_submitted_twice_waits_once(house: House) -> None:
    def offer(session: Session) -> int:
        return decisions.submit(session, house.town.anna, house.page.page_id, "en")

    assert len(set(together(house, offer, offer, offer))) == 1
    assert count(house, Submission) == 1


def test_of_pages_published_twice_one_is_public(house: House) -> None:
    submission = submit(house)
    with house.database.writing() as session:
        say_yes(session, house.town, submission)
    page = house.page.page_id

    def put(session: Session) -> int:
        return publish(session, house.town.bo, page, "en")

    assert len(set(together(house, put, put, put))) == 1
    assert count(house, Publication) == 1

    def take_back(session: Session) -> None:
        withdraw(session, house.town.bo, page, "en")

    together(house, take_back, take_back)
    assert count(house, Publication, Publication.ended_at.is_(None)) == 0


def test_two_workers_keep_the_same_answers_once(house: House) -> None:
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, path="ny", machine={})
    outputs = [
        EngineOutput(one.segment_id, one.source, "fake", "1", date(2026, 11, 27), one.source.upper(), None)
        for one in page.segments
    ]

    def keep(session: Session) -> int:
        return keep_outputs(session, "en", outputs, drafts=True)

    def keep_backwards(session: Session) -> int:
        return keep_outputs(session, "en", outputs[::-1], drafts=True)

    assert sorted(map(repr, together(house, keep, keep_backwards, keep))) == ["0", "0", str(len(outputs))]
    ids = [one.segment_id for one in page.segments]
    assert count(house, MachineTranslation, MachineTranslation.segment_id.in_(ids)) == len(outputs)
    with house.database.reading() as session:
        assert [len(history(session, segment_id, "en")) for segment_id in ids] == [1] * len(ids)


def test_a_worker_s_draft_does_not_meet_a_person_s_first_text(house: House) -> None:
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, path="ny", machine={})
    segment = page.segments[0]
    output = EngineOutput(segment.segment_id, segment.source, "fake", "1", date(2026, 11, 27), "A library", None)

    def keep(session: Session) -> int:
        return keep_outputs(session, "en", [output], drafts=True)

    def write(session: Session) -> None:
        service.save(session, house.town.anna, page.page_id, "en", segment.key, text="The library", based_on=0)

    kept, written = together(house, keep, write)
    assert kept == 1
    with house.database.reading() as session:
        texts = [revision.text for revision in history(session, segment.segment_id, "en")]
    # Whoever came first has number 1; a person who came second is told so and sees both.
    assert texts == (["A library"] if isinstance(written, Conflict) else ["The library"])


def test_a_page_taken_in_twice_is_one_version(house: House) -> None:
    body = HTML.replace("20 böcker", "25 böcker").encode()

    def take(session: Session) -> bool:
        done = import_page(session, COMMAND_LINE, house.town.site_id, body=body, path="ny", origin="test")
        return done.changed

    assert sorted(map(repr, together(house, take, take, take))) == ["False", "False", "True"]


def test_pages_taken_in_beside_each_other_share_their_menu_once(house: House) -> None:
    def take(name: str) -> Step:
        def step(session: Session) -> int:
            body = f"<!doctype html><html lang=sv>{MENU}<main><h1>{name}</h1></main></html>".encode()
            import_page(session, COMMAND_LINE, house.town.site_id, body=body, path=name, origin="test")
            return share_parts(session, house.town.carin, house.town.site_id)

        return step

    results = together(house, *map(take, "abcd"))
    assert [result for result in results if isinstance(result, Exception)] == []
    with house.database.writing() as session:
        assert share_parts(session, house.town.carin, house.town.site_id) == 0, "nothing was left to share"
    with house.database.reading() as session:
        places = session.scalars(select(Occurrence.segment_id).where(Occurrence.source == "Skola")).all()
    assert len(places) == 5, "on four pages, and on what they share"
    assert len(set(places)) == 1


def test_a_corpus_imported_twice_is_there_once(house: House, tmp_path) -> None:
    folder = write_corpus(tmp_path)

    def take(session: Session) -> int:
        return len(import_corpus(session, COMMAND_LINE, house.town.site_id, folder))

    def rows() -> tuple[int, int]:
        return count(house, Segment), count(house, MachineTranslation)

    assert together(house, take, take) == [1, 1]
    before = rows()
    together(house, take)
    assert rows() == before
