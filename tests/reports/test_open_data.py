"""Open data: what is public and approved, without people, nothing that may be personal, under a licence."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.tables import AuditEntry
from review_app.db import Database
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.publishing.service import publish, withdraw
from review_app.reports.open_data import COLUMNS, LICENCE, as_archive, open_data
from review_app.review import decisions, service
from review_app.review.states import Basis
from review_app.sites.sections import Rule, set_rule
from review_app.translations.service import keep_outputs
from tests.builders import BuiltPage, Town, build_page
from tests.houses import House
from tests.reports.many import build_many, correct, drafts, others, outputs, references, sources

PERSONAL = "Call 070-123 45 67 or write to kim.berg@example.com."


def make_public(session: Session, town: Town, page: BuiltPage) -> None:
    submission = decisions.submit(session, town.anna, page.page_id, "en")
    decisions.approve(session, town.bo, submission, basis=Basis.READS)
    publish(session, town.bo, page.page_id, "en")


@pytest.fixture
def page(house: House) -> BuiltPage:
    """A public page of eight sentences, and another one that is read and not public."""
    with house.database.writing() as session:
        texts = [*sources(7), "Ring 070-123 45 67 eller skriv till kim.berg@example.com."]
        html = "".join(f"<p>{text}</p>" for text in texts)
        html = f"<!doctype html><html lang=sv><head><title></title></head><body><main>{html}</main></body></html>"
        machine = dict(zip(texts, [*drafts(7), PERSONAL], strict=True))
        page = build_page(session, house.town.site_id, html=html, path="lana", machine=machine, check=False)
        keep_outputs(session, "en", outputs(page, "=other", [*others(7), PERSONAL]), drafts=False)
        correct(session, house.town, page, [*references(7), PERSONAL])
        make_public(session, house.town, page)
        correct(session, house.town, build_many(session, house.town, 5, path="noise"), references(5))
        return page


def rows(database: Database, town: Town) -> list[dict[str, object]]:
    with database.reading() as session:
        return open_data(session, town.carin, town.slug, "en").rows


def archive(house: House, licence: str = LICENCE) -> zipfile.ZipFile:
    with house.database.writing() as session:
        data = open_data(session, house.town.carin, house.town.slug, "en")
        return zipfile.ZipFile(io.BytesIO(as_archive(session, house.town.carin, data, licence)))


def test_public_sentences_with_each_engine_s_text(house: House, page: BuiltPage) -> None:
    found = rows(house.database, house.town)
    assert len(found) == 2 * 7, "the eighth holds something personal"
    assert {row["page"] for row in found} == {"lana"}
    drafts = [row for row in found if row["drafted"]]
    assert {row["engine"] for row in drafts} == {"fake"}
    assert [row["unchanged"] for row in drafts].count(True) == 6
    assert all(row["HTER"] is None and row["chrF2++"] is not None for row in found if not row["drafted"])


def test_what_has_changed_since_or_is_withdrawn_is_not_given_out(house: House, page: BuiltPage) -> None:
    first = page.segments[0]
    with house.database.writing() as session:
        service.save(session, house.town.anna, page.page_id, "en", first.key, text="Borrow one film.", based_on=2)
    assert first.source not in {row["source"] for row in rows(house.database, house.town)}
    with house.database.writing() as session:
        withdraw(session, house.town.bo, page.page_id, "en")
    assert rows(house.database, house.town) == []


def test_pages_that_go_to_no_engine_are_not_given_out(house: House, page: BuiltPage) -> None:
    with house.database.writing() as session:
        set_rule(session, house.town.site_id, Rule("lana", None, {}, never_send=True))
    assert rows(house.database, house.town) == []


def test_the_files_say_the_same_and_name_no_person(house: House, page: BuiltPage) -> None:
    packed = archive(house, "CC0 1.0")
    assert packed.namelist() == [f"alvby-en/{name}" for name in ("README.md", "data.jsonl", "data.csv")]
    readme, lines, table = (packed.read(name).decode() for name in packed.namelist())
    read = [json.loads(line) for line in lines.splitlines()]
    assert len(read) == 14
    assert set(read[0]) == {column.name for column in COLUMNS}
    in_table = list(csv.DictReader(io.StringIO(table, newline="")))
    assert {row["engine"] for row in in_table} == {"fake", "'=other"}
    assert [row["source"] for row in in_table] == [row["source"] for row in read]
    assert "Licence: CC0 1.0." in readme
    assert "Left out: 2 sentences" in readme
    assert not any(name in readme + lines + table for name in ("Anna", "Bo", "Carin", "kim.berg"))


def test_that_it_was_given_out_is_recorded(house: House, page: BuiltPage) -> None:
    archive(house)
    with house.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "open_data.export")).one()
        assert entry.after == {"language": "en", "segments": 14, "licence": LICENCE}


def test_only_an_administrator_and_only_under_a_licence(house: House, page: BuiltPage) -> None:
    with house.database.reading() as session:
        for name in ("anna", "bo"):
            with pytest.raises(NotAllowed):
                open_data(session, house.town.people[name], "alvby", "en")
        with pytest.raises(NotFound):
            open_data(session, house.town.carin, "alvby", "de")
    with pytest.raises(BadInput, match="licence"):
        archive(house, "  ")
