"""Commands about the database."""

import click

from review_app.cli.installation import explained, make_data_folder, read_settings
from review_app.migrations.service import upgrade


@click.group("db")
def database() -> None:
    """Create or upgrade the database."""


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema. An SQLite file is copied first."""
    settings = read_settings()
    make_data_folder(settings)
    with explained():
        changed = upgrade(settings.sqlalchemy_url)
    click.echo("The database has been upgraded." if changed else "The database is up to date.")
