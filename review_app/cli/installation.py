"""Opens this installation for a command: its settings and its database, ready to use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy import inspect
from sqlalchemy.exc import ArgumentError, DBAPIError

from review_app import logs
from review_app.db import Database
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.migrations.service import is_current, upgrade
from review_app.settings import ENV_FILE, Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """An installation a command works on."""

    settings: Settings
    database: Database


def read_settings(**overrides: object) -> Settings:
    """Read the settings; raises ``BadInput`` naming the one that is wrong.

    A file of settings that this user may not read is not theirs: ``sudo -u`` is typed in folders of others.
    """
    if not os.access(ENV_FILE, os.R_OK):
        overrides.setdefault("_env_file", None)
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(
            N_("The setting REVIEW_APP_{name} is not usable: {reason}. See docs/settings.md."),
            name=str(first["loc"][0]).upper(),
            reason=first["msg"],
        ) from error


def open_installation(settings: Settings | None = None, *, upgrading: bool = False) -> Opened:
    """Open the database; a new one gets its schema, an older one has to be upgraded first, or is if so asked.

    A command's database is closed when the command ends.
    """
    settings = settings or read_settings()
    _log_little(settings)
    make_data_folder(settings)
    with explained():
        database = Database(settings.sqlalchemy_url)
        if command := click.get_current_context(silent=True):
            command.call_on_close(database.dispose)
        if upgrading or not inspect(database.engine).has_table("alembic_version"):
            upgrade(settings.sqlalchemy_url)
        elif not is_current(settings.sqlalchemy_url):
            raise BadInput(N_("The database has an older schema. Run: review-app db upgrade"))
    return Opened(settings, database)


def _log_little(settings: Settings) -> None:
    """Log to standard error, and unless more is asked for only what a command does not tell itself."""
    asked = "log_level" in settings.model_fields_set
    logs.configure(settings if asked else settings.model_copy(update={"log_level": "ERROR"}))


def make_data_folder(settings: Settings) -> None:
    """Make the data folder if it is not there; raises ``BadInput`` when it cannot be."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            N_("The data folder {folder} cannot be made: {reason}. Set REVIEW_APP_DATA_DIR to another one."),
            folder=settings.data_dir,
            reason=error.strerror,
        ) from error


@contextmanager
def explained() -> Iterator[None]:
    """Say in a sentence why a database cannot be opened or upgraded; never its URL, which may hold a password."""
    try:
        yield
    except (ArgumentError, ImportError) as error:  # no URL, or one of a database that no driver is there for
        raise BadInput(
            N_("REVIEW_APP_DATABASE_URL names no database that can be used here. See docs/settings.md.")
        ) from error
    except DBAPIError as error:
        raise BadInput(
            N_("The database cannot be opened: {reason}. Check REVIEW_APP_DATABASE_URL and REVIEW_APP_DATA_DIR."),
            reason=str(error.orig).partition("\n")[0],
        ) from error
    except CommandError as error:
        raise BadInput(N_("The database was made by a newer version of the program. Install that version.")) from error
