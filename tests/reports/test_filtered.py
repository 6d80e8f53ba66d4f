"""What the filter leaves of flags, readers' reports, and what was read: by engine, by day, and by reason."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app.checks.service import add_reader_flag
from review_app.checks.tables import Flag
from review_app.quality.corrections import Narrowed, corrections_of
from review_app.quality.sampling import Sample
from review_app.quality.tables import Judgement
from review_app.reports.errors import Kind, error_types, examples_of
from review_app.reports.filters import read_filter
from review_app.reports.readers import reader_reports
from review_app.reports.readings import read_by_people, readings
from review_app.reports.slices import Chosen, choose
from review_app.review import service as review
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision
from tests.builders import BuiltPage, Town, build_page, build_town
from tests.databases import Backend

WRONG_NUMBER = "Du får låna 20 böcker åt gången."
IN_MAY, IN_JUNE = datetime(2026, 5, 10, tzinfo=UTC), datetime(2026, 6, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(backend: Backend) -> Iterator[tuple[Session, Town]]:
    """The same page by two engines. Of "fake" the sentence with the wrong number is read in May and a spot check, of
    "noise" in June and chosen; a reader reports each of them a month later than that.
    """
    with backend.database() as database, database.writing() as session:
        town = build_town(session)
        for engine, sample, day in (("fake", Sample.AUDIT, IN_MAY), ("noise", Sample.TRIAGE, IN_JUNE)):
            page = build_page(session, town.site_id, path=engine, engine=engine)
            read(session, town, page, sample, day)
        yield session, town


def read(session: Session, town: Town, page: BuiltPage, sample: Sample, day: datetime) -> None:
    segment = page.segment(WRONG_NUMBER)
    text = f"You may borrow 20 books at a time ({sample})."
    review.save(session, town.anna, page.page_id, "en", segment.key, text=text, based_on=1)
    head = newest_revisions(session, [segment.segment_id], "en")[segment.segment_id]
    told = add_reader_flag(session, head, f"Twenty? {sample}", "")
    later = day.replace(month=day.month + 1)
    session.execute(update(Revision).where(Revision.id == head.id).values(created_at=day))
    session.execute(update(Flag).where(Flag.id == told.id).values(created_at=later))
    session.execute(update(Judgement).where(Judgement.revision_id == head.id).values(sample=sample))
    session.flush()


def chosen(site: tuple[Session, Town], **asked: str) -> Chosen:
    session, town = site
    names = {"since": "from", "until": "to"}
    return choose(
        session, town.anna, town.slug, read_filter({names.get(key, key): value for key, value in asked.items()}, "en")
    )


def found(site: tuple[Session, Town], **asked: str) -> int:
    session, about = site[0], chosen(site, **asked)
    count = sum(outcomes.all for _, outcomes in error_types(session, about).checks)
    assert examples_of(session, about, Kind())[1] == count
    return count


def test_flags_are_those_of_an_engine(site: tuple[Session, Town]) -> None:
    both = found(site)
    assert both > 0
    assert found(site, engine="fake") == found(site, engine="noise") == both / 2
    assert found(site, engine="nobody") == 0


@pytest.mark.parametrize(
    ("asked", "engine"),
    [
        ({"sample": "audit"}, "fake"),
        ({"sample": "triage"}, "noise"),
        ({"sample": "elsewhere"}, None),
        ({"until": "2026-05-31"}, "fake"),
        ({"since": "2026-05-11"}, "noise"),
        ({"since": "2026-05-10", "until": "2026-05-10"}, "fake"),
        ({"since": "2026-05-11", "until": "2026-06-09"}, None),
        ({"sample": "audit", "since": "2026-06-01"}, None),
        ({"sample": "audit", "engine": "noise"}, None),
    ],
)
def test_days_and_reason_are_those_of_the_reading(
    site: tuple[Session, Town], asked: dict[str, str], engine: str | None
) -> None:
    session, about = site[0], chosen(site, **asked)
    shown, _ = examples_of(session, about, Kind())
    assert {one.source for one in shown} == ({WRONG_NUMBER} if engine else set())
    assert found(site, **asked) == (found(site, engine=engine, **asked) if engine else 0)
    texts, count = readings(session, read_by_people(about, about.filter.since, about.filter.until), None)
    assert [one.text.rpartition("(")[2].rstrip(").") for one in texts] == (
        [{"fake": "audit", "noise": "triage"}[engine]] if engine else []
    )
    assert count == len(texts)
    meant = Narrowed(about.page_ids, about.filter.engine, about.filter.since, about.filter.until, about.filter.sample)
    judged = corrections_of(session, about.site.id, "en", meant)
    assert [str(one.sample) for one in judged] == ([{"fake": "audit", "noise": "triage"}[engine]] if engine else [])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, ["Twenty? triage", "Twenty? audit"]),
        ({"engine": "fake"}, ["Twenty? audit"]),
        ({"until": "2026-06-30"}, ["Twenty? audit"]),
        ({"since": "2026-07-10", "until": "2026-07-10"}, ["Twenty? triage"]),
        ({"page": "noise"}, ["Twenty? triage"]),
        ({"sample": "audit"}, ["Twenty? triage", "Twenty? audit"]),
    ],
)
def test_readers_reports_go_by_the_day_they_came_and_by_the_engine(
    site: tuple[Session, Town], asked: dict[str, str], words: list[str]
) -> None:
    assert [one.words for one in reader_reports(site[0], chosen(site, **asked)).all] == words


def test_what_was_taken_in_counts_as_read_elsewhere(site: tuple[Session, Town]) -> None:
    session = site[0]
    ours = select(Revision.id).where(Revision.origin == Origin.HUMAN, Revision.text.endswith("(audit)."))
    revision_id = session.scalars(ours).one()
    noted = session.get_one(Judgement, revision_id)
    session.expunge(noted)
    with session.begin_nested() as undone:
        session.execute(Judgement.__table__.delete().where(Judgement.revision_id == revision_id))
        session.execute(update(Revision).where(Revision.id == revision_id).values(origin=Origin.IMPORT))
        assert found(site, sample="elsewhere") == found(site, sample="elsewhere", engine="fake") > 0
        assert found(site, sample="audit") == 0
        undone.rollback()
