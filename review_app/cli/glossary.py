"""Commands for a site's glossary as a table: terms, names that stay, official names of agencies."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.failing import FailingGroup
from review_app.cli.installation import open_installation
from review_app.cli.writing import write_file
from review_app.errors import BadFile
from review_app.exchange.terms import export_terms, import_terms
from review_app.locale import N_
from review_app.sites.service import get_site

SITE = click.option("--site", "slug", required=True, help="Short name of the site.")


@click.group(cls=FailingGroup)
def glossary() -> None:
    """The glossary: what words and agencies are called, and which names stay."""


@glossary.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@SITE
def import_command(file: Path, slug: str) -> None:
    """Take in the terms of FILE, a CSV whose first line names the columns: source;language;target;forbidden."""
    try:
        body = file.read_bytes()
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Check the name and the rights."), file=file, reason=error.strerror
        ) from error
    with open_installation().database.writing() as session:
        changed = import_terms(session, COMMAND_LINE, get_site(session, slug), file.name, body)
    click.echo(f"{file.name}\tnew or changed: {changed}")


@glossary.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@SITE
def export_command(file: Path, slug: str) -> None:
    """Write the glossary into FILE, in the columns that are taken in."""
    with open_installation().database.reading() as session:
        table = b"".join(export_terms(session, COMMAND_LINE, get_site(session, slug)))
    write_file(file, table)
