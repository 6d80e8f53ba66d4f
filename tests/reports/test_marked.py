"""Reports of marked errors: figures from thirty sentences on, “wrong” from spot checks alone, examples, files."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.annotations.figures import ESA, PENALTY, WRONG
from review_app.annotations.sampling import Outputs, Sampled
from review_app.annotations.service import close_round
from review_app.checks.finding import Severity
from review_app.errors import BadInput
from review_app.quality.tables import AuditDraw
from review_app.reports.columns import OF_PARTS
from review_app.reports.export import as_csv, as_json, data_of_part
from review_app.reports.filters import Filter, read_filter
from review_app.reports.marked import Marked, build_marked
from review_app.reports.marked_behind import MarkedBehind, marked_behind
from review_app.reports.slices import choose
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision
from tests.annotations.rounds import mark_all, opened
from tests.builders import Town, build_town
from tests.databases import Backend
from tests.reports.many import build_many

CLUMSY = {f"Du får låna {n} ": Severity.MAJOR for n in (4, 8, 12, 16)}


def draw_all(session: Session) -> None:
    """Make every machine text a spot check."""
    machine = select(Revision.id).where(Revision.origin == Origin.MACHINE)
    session.add_all(AuditDraw(revision_id=id_, share=1, seed=1) for id_ in session.scalars(machine).all())
    session.flush()


def mark(session: Session, town: Town, *people: Actor, sampled: Sampled, outputs: Outputs = Outputs.DRAFTED) -> None:
    """Let people mark all there is; Anna finds four of the sentences wrong, Bo two of them."""
    round_id = opened(session, town, *people, sampled=sampled, outputs=outputs)
    for person in people:
        wrong = CLUMSY if person is town.anna else dict(list(CLUMSY.items())[:2])
        mark_all(session, person, round_id, wrong)
    close_round(session, town.carin, town.site_id, round_id)


@pytest.fixture(scope="module")
def site(backend: Backend) -> Iterator[tuple[Session, Town]]:
    """Thirty-two spot checks that Anna and Bo have marked; on another page six sentences of two engines, by lot."""
    with backend.database() as database, database.writing() as session:
        town = build_town(session)
        build_many(session, town, 32)
        draw_all(session)
        mark(session, town, town.anna, town.bo, sampled=Sampled.AUDIT)
        build_many(session, town, 6, path="noise", other="other")
        mark(session, town, town.anna, sampled=Sampled.RANDOM, outputs=Outputs.ALL)
        yield session, town


def marked(site: tuple[Session, Town], **asked: str) -> Marked:
    session, town = site
    return build_marked(session, choose(session, town.anna, town.slug, read_filter(asked, "en")))


def test_wrong_rests_on_spot_checks_and_a_sentence_counts_once(site: tuple[Session, Town]) -> None:
    found = marked(site)
    assert found.audit[WRONG].n == 32
    assert found.audit[WRONG].score == 100 * (2 * 1 + 2 * 0.5) / 32  # two by both, two by Anna alone
    assert found.audit[WRONG].low is not None
    assert found.audit[ESA].score == (28 * 90 + 2 * 30 + 2 * 60) / 32
    assert found.audit[PENALTY].score == 100 * (5 * 3) / (32 * 7)
    assert found.whole[ESA].n == 32 + 12


def test_engines_stand_beside_each_other_on_the_same_sentences(site: tuple[Session, Town]) -> None:
    found = marked(site)
    assert found.same
    assert [(one.engine, one.versions, one.figures[ESA].n) for one in found.engines] == [
        ("fake", ("1",), 6),
        ("other", ("7",), 6),
    ]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"sample": "audit"}, 32),
        ({"sample": "triage"}, 0),
        ({"engine": "other"}, 6),
        ({"page": "noise"}, 12),
        ({"to": "2020-01-01"}, 0),
        ({"from": "2020-01-01"}, 44),
    ],
)
def test_the_filter_of_reports_holds(site: tuple[Session, Town], asked: dict[str, str], count: int) -> None:
    assert len(marked(site, **asked).texts) == count


def test_kinds_are_counted_and_lead_to_examples(site: tuple[Session, Town]) -> None:
    found = marked(site, page="lana")
    assert found.cells == {("", "major"): 6}
    assert found.categories == ("",)
    major = behind(found, marked="all", category="", severity="major")
    assert [one.source.split()[3] for one in major.texts] == ["4", "8", "12", "16"]
    assert major.count == 6
    assert behind(found, marked="all", category="style").count == 0
    assert behind(found, marked="all", severity="minor").count == 0


def behind(found: Marked, **asked: str) -> MarkedBehind:
    texts = marked_behind(found, asked)
    assert texts is not None
    return texts


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"marked": "all"}, 44),
        ({"marked": "all", "of": "other"}, 6),
        ({"marked": "wrong"}, 4 + 2),
        ({"marked": "twice"}, 32),
        ({"marked": "same"}, 12),
        ({"marked": "same", "of": "fake"}, 6),
        ({"marked": "pair", "a": "fake", "b": "other"}, 6),
        ({"marked": "pair", "a": "fake", "b": "other", "won": "neither"}, 6),
        ({"marked": "pair", "a": "fake", "b": "nobody"}, 0),
    ],
)
def test_a_number_leads_to_the_texts_that_it_counts(
    site: tuple[Session, Town], asked: dict[str, str], count: int
) -> None:
    assert behind(marked(site), **asked).count == count


def test_a_page_without_such_a_question_lists_nothing_and_a_wrong_one_is_told(site: tuple[Session, Town]) -> None:
    assert marked_behind(marked(site), {}) is None
    with pytest.raises(BadInput):
        marked_behind(marked(site), {"marked": "best"})


def test_people_who_marked_the_same_are_compared(site: tuple[Session, Town]) -> None:
    agreement = marked(site).agreement
    assert agreement.texts == 32
    assert agreement.spans == 2 * 2 / (4 + 2)  # every mark is as long
    assert agreement.scores is not None
    assert 0 < agreement.scores < 1


def rows(site: tuple[Session, Town], part: str) -> list[dict[str, Any]]:
    session, town = site
    data = data_of_part(session, choose(session, town.anna, town.slug, Filter("en")), part, {})
    assert json.loads(as_json(data))["rows"] == data.rows
    assert next(csv.reader(io.StringIO(as_csv(data).decode()))) == [column.name for column in OF_PARTS[part]]
    return data.rows


def test_files_hold_the_same_and_name_how_it_was_computed(site: tuple[Session, Town]) -> None:
    found = rows(site, "marked")
    assert [(row["of"], row["engine"], row["figure"]) for row in found[:3]] == [
        ("all", None, "ESA"),
        ("all", None, "MQM"),
        ("all", None, "wrong"),
    ]
    assert [row["of"] for row in found].count("agreement") == 3
    few = next(row for row in found if row["engine"] == "other")
    assert (few["too_few"], few["score"], few["segments"]) == (True, None, 6)
    assert "critical:25" in next(row["signature"] for row in found if row["figure"] == "MQM")
    (row,) = [row for row in rows(site, "errors") if row["of"] == "marked" and row["severity"] == "major"]
    assert (row["name"], row["found"], row["put_right"]) == ("", 8, None)  # six, and two on the other page
    wrong = [row for row in rows(site, "overview") if row["edits"] == "wrong"]
    assert [(row["sample"], row["sentences"], row["share"]) for row in wrong] == [("audit", 32, 9.375)]


def test_the_file_of_the_method_tells_how_marked_errors_are_computed(site: tuple[Session, Town]) -> None:
    found = {row["metric"]: row for row in rows(site, "method")}
    assert list(found)[-3:] == ["ESA", "MQM", "wrong"]
    assert "critical:25" in found["MQM"]["signature"]
    assert [found[name]["higher_is_better"] for name in ("ESA", "MQM", "wrong")] == [True, False, False]


def test_what_is_given_out_names_nobody(site: tuple[Session, Town]) -> None:
    told = json.dumps([rows(site, part) for part in ("marked", "errors", "overview")])
    assert not any(name in told for name in ("Anna", 'Bo"', "Carin", "person"))
