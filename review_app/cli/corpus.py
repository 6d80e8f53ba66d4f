"""Commands that take corpus folders in and write them; ``corpus/README.md`` defines the format."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import open_installation
from review_app.errors import BadFile
from review_app.exchange.corpus import import_corpus
from review_app.exchange.corpus_export import export_corpus
from review_app.locale import N_
from review_app.quality.ready import make_ready
from review_app.sites.service import get_site

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def corpus() -> None:
    """Pages with machine translations and corrections side by side, as folders of files."""


@corpus.command("import")
@click.argument("folder", type=FOLDER)
@click.option("--site", "slug", required=True, help="Short name of the site.")
def import_command(folder: Path, slug: str) -> None:
    """Take in every page of FOLDER, with translations, corrections and approvals."""
    make_ready()
    with open_installation().database.writing() as session:
        imported = import_corpus(session, COMMAND_LINE, get_site(session, slug).id, folder)
    for page in imported:
        languages = ", ".join(f"{language} {count}" for language, count in page.rows.items())
        click.echo(f"{page.path}\tsegments: {page.segments}\t{languages}")


@corpus.command("export")
@click.argument("folder", type=FOLDER)
@click.option("--site", "slug", required=True, help="Short name of the site.")
def export_command(folder: Path, slug: str) -> None:
    """Write every page of a site into FOLDER, one folder a page."""
    with open_installation().database.reading() as session:
        site_id = get_site(session, slug).id
        try:
            names = export_corpus(session, COMMAND_LINE, site_id, folder)
        except OSError as error:
            raise BadFile(
                N_("{file} cannot be written: {reason}. Check the name and the rights."),
                file=error.filename or folder,
                reason=error.strerror,
            ) from error
    for name in names:
        click.echo(folder / name)
