"""Opens this installation for a command: its settings and its database, ready to use."""

from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import inspect

from review_app.db import Database
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.migrations.service import is_current, upgrade
from review_app.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """An installation a command works on."""

    settings: Settings
    database: Database


def read_settings(**overrides: object) -> Settings:
    """Read the settings; raises ``BadInput`` naming the one that is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(
            N_("The setting REVIEW_APP_{name} is not usable: {reason}. See docs/settings.md."),
            name=str(first["loc"][0]).upper(),
            reason=first["msg"],
        ) from error


def open_installation(settings: Settings | None = None) -> Opened:
    """Open the database; a new one gets its schema, an older one has to be upgraded first."""
    settings = settings or read_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.sqlalchemy_url)
    if not inspect(database.engine).has_table("alembic_version"):
        upgrade(settings.sqlalchemy_url)
    elif not is_current(settings.sqlalchemy_url):
        raise BadInput(N_("The database has an older schema. Run: review-app db upgrade"))
    return Opened(settings, database)
