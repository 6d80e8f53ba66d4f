"""Commands for independent reference translations, which scores are measured against where there are any."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import open_installation
from review_app.errors import BadFile
from review_app.exchange.references import read_references
from review_app.locale import N_
from review_app.reports.filters import Filter
from review_app.reports.slices import site_for
from review_app.scoring.filling import fill_language
from review_app.scoring.references import keep_references, reference_files

SITE = click.option("--site", "slug", required=True, help="Short name of the site.")
LANGUAGE = click.option("--to", "language", required=True, help="Target language.")


@click.group()
def references() -> None:
    """Translations made without seeing a machine's text, to measure machines against."""


@references.command("import")
@click.argument("file")
@SITE
@LANGUAGE
def import_command(file: str, slug: str, language: str) -> None:
    """Take in the translations of FILE: TMX, TSV or CSV whose first line names the languages, or JSONL."""
    path = Path(file)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadFile(N_("{file} cannot be read: {reason}."), file=file, reason=error.strerror or "") from error
    opened = open_installation()
    with opened.database.writing() as session:
        site = site_for(session, COMMAND_LINE, slug, Filter(language))
        pairs = read_references(path.name, body, site.source_language, language)
        kept = keep_references(session, COMMAND_LINE, site.id, language, pairs, path.name)
    fill_language(opened.database, site.id, language)
    click.echo(f"{path.name}\tnew: {kept.new}\tknown: {kept.known}\tnot on any page: {kept.unknown}")


@references.command("list")
@SITE
@LANGUAGE
def list_command(slug: str, language: str) -> None:
    """Print the files that references came from, with how many of them."""
    with open_installation().database.reading() as session:
        site = site_for(session, COMMAND_LINE, slug, Filter(language))
        for one in reference_files(session, COMMAND_LINE, site.id, language):
            click.echo(f"{one.name}\t{one.references}\t{one.added_at:%Y-%m-%d}")
