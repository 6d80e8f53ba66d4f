"""Commands about the database."""

from pathlib import Path

import click

from review_app.cli.installation import explained, make_data_folder, read_settings
from review_app.migrations.backup import back_up
from review_app.migrations.service import restore, upgrade


@click.group("db")
def database() -> None:
    """Create, upgrade, back up or restore the database."""


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema. An SQLite file is copied first."""
    settings = read_settings()
    make_data_folder(settings)
    with explained():
        changed = upgrade(settings.sqlalchemy_url)
    click.echo("The database has been upgraded." if changed else "The database is up to date.")


@database.command("backup")
@click.argument("place", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="In a folder: how many copies stay there, the newest.")
def backup_command(place: Path, keep: int | None) -> None:
    """Copy an SQLite database to a file or into a folder (PLACE), also while it is in use."""
    settings = read_settings()
    with explained():
        copy = back_up(settings.sqlalchemy_url, place, keep)
    click.echo(f"Backed up to {copy}.")


@database.command("restore")
@click.argument("backup", type=click.Path(path_type=Path))
def restore_command(backup: Path) -> None:
    """Put a BACKUP of an SQLite database back. What is there until now is copied beside it first."""
    settings = read_settings()
    make_data_folder(settings)
    with explained():
        kept = restore(settings.sqlalchemy_url, backup)
    click.echo("Restored." if kept is None else f"Restored. What was there until now is in {kept}.")
