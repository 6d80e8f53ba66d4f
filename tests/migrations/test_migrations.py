"""Migrations, tried with data on SQLite and on PostgreSQL."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from review_app.accounts.permissions import COMMAND_LINE
from review_app.db import Database
from review_app.migrations import service as migrations
from review_app.migrations.service import is_current, upgrade
from review_app.pages.service import get_page
from review_app.publishing.public import public_page
from review_app.publishing.service import publish
from review_app.quality.filling import fill
from review_app.review import decisions, service
from review_app.review.recurring import candidates, dismiss
from review_app.review.replacing import replace_in, undo
from review_app.review.standing import places_of
from review_app.schema import metadata
from review_app.sites.service import site_by_id
from tests.builders import build_page, build_town, say_yes
from tests.databases import Backend
from tests.review.town_hall import ASSEMBLY, build_town_hall

FIRST_DATA = (Path(__file__).parent / "first_data.sql").read_text("utf-8").split(";\n")
"""What the first version of the program could have stored."""

BEFORE_RESTARTS = "0042"
"""The first schema that runs somewhere in several processes while the next comes."""

HTML = "<!doctype html><html lang=sv><title>Bibliotek</title><main><h1>Biblioteket</h1><p>Öppet kl. 9.00.</p></main>"
MACHINE = {"Biblioteket": "The library", "Öppet kl. 9.00.": "Open at 9.00.", "Bibliotek": "Library"}


@pytest.fixture
def url(backend: Backend) -> Iterator[str]:
    with backend.url() as found:
        yield found


def test_a_new_database_is_what_the_models_say(url: str) -> None:
    assert upgrade(url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_again_does_nothing(url: str) -> None:
    upgrade(url)
    assert is_current(url)
    assert not upgrade(url)


def test_an_upgrade_that_fails_at_its_end_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_connection: object) -> None:
        raise RuntimeError("the last check failed")

    monkeypatch.setattr(migrations, "_verify", refuse)
    with pytest.raises(RuntimeError, match="last check"):
        upgrade(url)
    assert inspect(create_engine(url, poolclass=NullPool)).get_table_names() == []


def test_data_goes_along_through_every_step(url: str) -> None:
    """A page about rights, with a block and a text, as the first version of the program stored them."""
    engine = create_engine(url, poolclass=NullPool)
    step(url, "0001")
    with engine.begin() as connection:
        for statement in filter(None, FIRST_DATA):
            connection.execute(text(statement))
    step(url, "0009")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO term (site_id, source, language, target) VALUES (1, 'bad', 'en', 'pool')"))
    upgrade(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT path, content_class FROM section")).all() == [("bygglov", "rights")]
        assert connection.execute(text("SELECT path, shared FROM page ORDER BY id")).all() == [
            ("bygglov", False),
            ("bad", False),
        ]
        assert connection.execute(text("SELECT kind, around FROM block")).all() == [("p", False)]
        assert connection.execute(text("SELECT text, carried_from_id FROM revision")).all() == [("Open", None)]
        assert connection.execute(text("SELECT target, forbidden FROM term")).all() == [("pool", "")]
        assert connection.execute(text("SELECT name, fix FROM flag")).all() == [("empty", None)]


def test_roles_of_before_are_for_every_language(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    step(url, "0001")
    with engine.begin() as connection:
        for statement in filter(None, FIRST_DATA):
            connection.execute(text(statement))
        person = (
            "INSERT INTO person (id, email, name, active, created_at) VALUES (7, 'a@b.se', 'A', true, '2026-11-01')"
        )
        connection.execute(text(person))
        connection.execute(text("INSERT INTO membership (person_id, site_id, role) VALUES (7, 1, 'translator')"))
    upgrade(url)
    with engine.begin() as connection:
        held = text("SELECT role, language FROM membership ORDER BY language")
        assert connection.execute(held).all() == [("translator", "")]
        connection.execute(text("INSERT INTO membership VALUES (7, 1, 'translator', 'ar')"))
        assert connection.execute(held).all() == [("translator", ""), ("translator", "ar")]


def test_texts_of_before_are_no_spot_checks_and_their_corrections_are_learned_from(url: str) -> None:
    """The town of before had its library page corrected without judgements being noted."""
    upgrade(url)
    database = Database(url)
    with database.writing() as session:
        town = build_town(session)
        page = build_page(session, town.site_id, html=HTML, machine=MACHINE)
        service.save(session, town.anna, page.page_id, "en", page.key("Öppet"), text="We open at 9.00.", based_on=1)
        session.execute(text("DELETE FROM judgement"))
        session.execute(text("DELETE FROM estimate"))
        site = site_by_id(session, town.site_id)
    fill(database, site, "en", lambda _done, _total: None)
    with database.reading() as session:
        assert session.execute(text("SELECT sample FROM judgement")).all() == [("triage",)]
        assert session.execute(text("SELECT count(*) FROM audit_draw")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM estimate")).scalar() == 3
    database.dispose()


def test_of_editions_that_stand_beside_each_other_the_last_stays_public(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    edition = text(
        "INSERT INTO publication (page_id, page_version_id, language, title, description, html, passages, facts,"
        " content_hash, published_at) SELECT page_id, id, 'en', :title, '', '', '[]', '{}', '', :at FROM page_version"
    )
    step(url, "0001")
    with engine.begin() as connection:
        for statement in filter(None, FIRST_DATA):
            connection.execute(text(statement))
    step(url, "0021")
    with engine.begin() as connection:
        for day in (1, 2, 3):
            connection.execute(edition, {"title": f"day {day}", "at": f"2026-11-0{day} 12:00:00"})
    upgrade(url)
    with engine.begin() as connection:
        ended = connection.execute(text("SELECT title, ended_at IS NULL, CAST(ended_at AS TEXT) FROM publication"))
        assert {(title, bool(public), (at or "")[:10]) for title, public, at in ended} == {
            ("day 1", False, "2026-11-03"),
            ("day 2", False, "2026-11-03"),
            ("day 3", True, ""),
        }
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(edition, {"title": "day 4", "at": "2026-11-04 12:00:00"})


def test_jobs_of_before_are_listed_and_none_is_urgent(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    step(url, "0001")
    with engine.begin() as connection:
        for statement in filter(None, FIRST_DATA):
            connection.execute(text(statement))
    step(url, "0041")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO job (id, name, site_id, payload, state, done, total, attempts, interrupted, stuck,"
                " created_at, once) VALUES ('j1', 'crawl', 1, '{}', 'waiting', 0, 0, 0, 0, 0, '2026-11-01', 'x')"
            )
        )
        connection.execute(
            text("INSERT INTO report_file VALUES ('j1', 1, 'a.pdf', :content, '2026-11-01')"), {"content": b"%PDF"}
        )
    upgrade(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, urgent FROM job")).all() == [("j1", False)]
        assert connection.execute(text("SELECT job_id FROM report_file")).all() == [("j1",)]
        assert {index["name"] for index in inspect(engine).get_indexes("job")} >= {
            "ix_job_once", "ix_job_once_created_at", "ix_job_site_id_created_at", "ix_job_finished_at",
        }  # fmt: skip


def step(url: str, revision: str) -> None:
    """Migrate up to a revision, as an older program would have."""
    config = migrations._config()
    with migrations._engine(url).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_the_program_of_before_can_write_while_its_processes_are_restarted_one_by_one(url: str) -> None:
    """It knows nothing of new columns: each may be left out, so that its rows are taken."""
    engine = create_engine(url, poolclass=NullPool)
    steps = [one.revision for one in reversed(list(ScriptDirectory.from_config(migrations._config()).walk_revisions()))]
    step(url, BEFORE_RESTARTS)
    for revision in steps[steps.index(BEFORE_RESTARTS) + 1 :]:
        before = columns(engine)
        step(url, revision)
        after = columns(engine)
        added = {
            (table, name) for table in before.keys() & after for name in after[table].keys() - before[table].keys()
        }
        asked_for = {(table, name) for table, name in added if after[table][name]}
        assert asked_for == set(), f"{revision}: leave a server_default, in the migration and in the model"


def columns(engine: Engine) -> dict[str, dict[str, bool]]:
    """Return whether a new row must have a value there, by table and column."""
    found = inspect(engine)
    return {
        table: {
            column["name"]: not column["nullable"] and column["default"] is None for column in found.get_columns(table)
        }
        for table in found.get_table_names()
    }


def test_processes_that_upgrade_at_once_do_not_get_in_each_other_s_way(url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "REVIEW_APP_DATABASE_URL": url, "REVIEW_APP_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "review_app", "db", "upgrade"]
    running = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate()[1] for process in running]
    assert told == [""] * 3
    assert [process.returncode for process in running] == [0] * 3
    assert is_current(url)


def test_the_whole_way_works_on_the_migrated_schema(url: str) -> None:
    upgrade(url)
    database = Database(url)
    with database.writing() as session:
        town = build_town(session)
        page = build_page(session, town.site_id, html=HTML, machine=MACHINE)
    with database.writing() as session:
        service.save(session, town.anna, page.page_id, "en", page.key("Öppet"), text="We open at 9.00.", based_on=1)
    with database.writing() as session:
        submission = decisions.submit(session, town.anna, page.page_id, "en")
    with database.writing() as session:
        say_yes(session, town, submission)
        publish(session, COMMAND_LINE, page.page_id, "en")
    with database.reading() as session:
        shown = public_page(session, town.slug, "en", get_page(session, page.page_id).path)
    assert "We open at 9.00." in shown.html
    database.dispose()


def test_a_recurring_correction_is_made_and_undone_on_the_migrated_schema(url: str) -> None:
    upgrade(url)
    database = Database(url)
    with database.writing() as session:
        hall = build_town_hall(session, build_town(session))
        hall.correct_twice(session)
    town = hall.town
    with database.writing() as session:
        chosen = {place.segment_id: place.revision for place in places_of(session, town.site_id, "en", ASSEMBLY)}
        batch = replace_in(session, town.anna, town.slug, "en", ASSEMBLY, chosen).batch_id
    with database.writing() as session:
        assert undo(session, town.anna, batch).changed == 2
        dismiss(session, town.anna, town.slug, "en", ASSEMBLY)
    with database.reading() as session:
        assert [found.dismissed for found in candidates(session, town.anna, town.slug, "en")] == [True]
    database.dispose()


def test_an_sqlite_file_with_data_is_copied_before_it_is_upgraded(tmp_path: Path) -> None:
    file = tmp_path / "review.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("CREATE TABLE keepsake (word TEXT)")
        connection.execute("INSERT INTO keepsake VALUES ('kvar')")
    upgrade(f"sqlite:///{file}")
    (copy,) = tmp_path.glob("review.db.before-*")
    for database in (file, copy):
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("SELECT word FROM keepsake").fetchall() == [("kvar",)]
