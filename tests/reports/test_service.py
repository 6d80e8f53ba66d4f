"""Reports of a small site, against plain sacreBLEU."""

from collections.abc import Iterator

import pytest
import sacrebleu
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import Database
from review_app.errors import NotFound
from review_app.reports.edits import EditShares
from review_app.reports.filters import Filter
from review_app.reports.service import Report, build_report
from review_app.reports.slices import Slice
from review_app.scoring.metrics import METRICS
from tests.builders import Town, build_town
from tests.databases import Backend
from tests.reports.many import build_many, correct, drafts, others, references


@pytest.fixture(scope="module")
def built(backend: Backend) -> Iterator[tuple[Database, Town, Actor]]:
    """A town and a stranger, made once: hashing passwords takes its time."""
    with backend.database() as database:
        with database.writing() as session:
            town = build_town(session)
            stranger = build_town(session, slug="noise").carin
        yield database, town, stranger


@pytest.fixture
def session(built: tuple[Database, Town, Actor]) -> Iterator[Session]:
    """A session whose changes are undone when the test is over."""
    with Session(built[0].engine) as session:
        yield session


@pytest.fixture
def town(built: tuple[Database, Town, Actor]) -> Town:
    return built[1]


def report_of(session: Session, town: Town, page: str | None = None) -> Report:
    return build_report(session, town.anna, town.slug, Filter("en", page))


def engine(report: Report, name: str) -> Slice:
    return next(part for part in report.engines if part.engine == name)


def test_nothing_read_gives_a_report_of_nothing(session: Session, town: Town) -> None:
    build_many(session, town, 3)
    report = report_of(session, town)
    assert (report.chosen.coverage.read, report.chosen.coverage.segments, report.engines, report.pages) == (
        0,
        3,
        (),
        (),
    )
    assert report.shares.counts == EditShares(0, 0, 0)


def test_scores_equal_plain_sacrebleu_s(session: Session, town: Town) -> None:
    correct(session, town, build_many(session, town, 36, other="other"), references(36))
    report = report_of(session, town)
    wanted = [references(36)]
    for name, texts in (("fake", drafts(36)), ("other", others(36))):
        scores = engine(report, name).scores
        assert scores["BLEU"].score == sacrebleu.corpus_bleu(texts, wanted).score
        assert scores["chrF2++"].score == sacrebleu.corpus_chrf(texts, wanted, word_order=2).score
        assert scores["TER"].score == sacrebleu.corpus_ter(texts, wanted).score
        assert all(score.low <= score.score <= score.high for score in scores.values())
    cased = sacrebleu.corpus_ter(drafts(36), wanted, case_sensitive=True).score
    assert engine(report, "fake").scores["HTER"].score == cased
    assert "HTER" not in engine(report, "other").scores


def test_a_score_says_what_it_rests_on(session: Session, town: Town) -> None:
    correct(session, town, build_many(session, town, 36), references(36))
    part = engine(report_of(session, town), "fake")
    extent = part.extents["BLEU"]
    assert (extent.segments, extent.words, extent.pages) == (36, 36 * 7, 1)
    assert part.scores["BLEU"].n == 36
    assert part.scores["BLEU"].signature == METRICS["BLEU"].signature
    assert part.versions == ("1",)


def test_shares_tell_what_people_changed(session: Session, town: Town) -> None:
    correct(session, town, build_many(session, town, 36), references(36))
    report = report_of(session, town)
    assert report.shares.counts == EditShares(unchanged=27, small=0, large=9)
    (low, high), small, _ = report.shares.intervals
    assert low < 75 < high
    assert small == (0, 0)


@pytest.mark.parametrize(("read", "too_few"), [(29, True), (30, False)])
def test_thirty_segments_are_the_least(session: Session, town: Town, read: int, too_few: bool) -> None:
    correct(session, town, build_many(session, town, 36, other="other"), references(read))
    report = report_of(session, town)
    assert report.chosen.coverage.read == read
    for score in report.engines[0].scores.values():
        assert (score.n, score.too_few, score.low is None) == (read, too_few, too_few)
    assert bool(report.comparisons) is not too_few
    assert bool(report.shares.intervals) is not too_few


def test_engines_are_compared_on_what_both_translated(session: Session, town: Town) -> None:
    correct(session, town, build_many(session, town, 36, other="other"), references(36))
    correct(session, town, build_many(session, town, 5, path="mer"), references(5))
    comparisons = report_of(session, town).comparisons
    assert [(one.metric, one.a, one.b, one.n) for one in comparisons] == [
        (metric, "fake", "other", 36) for metric in ("BLEU", "chrF2++", "TER")
    ]
    assert all(one.p_holm >= one.p and one.p_holm < 0.05 for one in comparisons)
    assert all(one.wins + one.ties + one.losses == 36 and one.wins >= 27 for one in comparisons)


def test_segments_are_resampled_until_there_are_ten_pages(session: Session, town: Town) -> None:
    for number in range(9):
        correct(session, town, build_many(session, town, 4, path=f"sida-{number}"), references(4))
    assert report_of(session, town).shares.unit == "segment"
    correct(session, town, build_many(session, town, 4, path="sida-9"), references(4))
    report = report_of(session, town)
    assert report.shares.unit == "page"
    assert {score.unit for score in report.engines[0].scores.values()} == {"page"}


def test_a_page_s_report_is_that_page_s_part_of_the_whole(session: Session, town: Town) -> None:
    correct(session, town, build_many(session, town, 36), references(36))
    correct(session, town, build_many(session, town, 31, path="mer"), references(31))
    whole, one = report_of(session, town), report_of(session, town, "mer")
    assert {page.path for page in whole.pages} == {"lana", "mer"}
    assert one.engines == next(page.engines for page in whole.pages if page.path == "mer")
    assert (one.chosen.coverage.read, one.chosen.coverage.segments, whole.chosen.coverage.read) == (31, 31, 67)


def test_strangers_and_unknown_names_find_nothing(
    session: Session, town: Town, built: tuple[Database, Town, Actor]
) -> None:
    build_many(session, town, 3)
    with pytest.raises(NotFound):
        build_report(session, built[2], town.slug, Filter("en"))
    with pytest.raises(NotFound):
        build_report(session, town.anna, town.slug, Filter("de"))
    with pytest.raises(NotFound):
        report_of(session, town, "finns-inte")
