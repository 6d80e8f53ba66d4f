"""The command that writes what may be given to researchers: public texts with their machine translations and scores."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import open_installation
from review_app.cli.writing import require_folder, write_file
from review_app.languages import get_language
from review_app.reports.filters import Filter
from review_app.reports.open_data import LICENCE, as_archive, open_data
from review_app.reports.slices import site_for
from review_app.scoring.filling import fill_language


@click.command("open-data")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
@click.option("--licence", default=LICENCE, show_default=True, help="What the data is given under.")
def export_open_data(file: Path, slug: str, language: str, licence: str) -> None:
    """Write FILE, a ZIP archive: source, machine translation, correction and scores of what is public and approved."""
    require_folder(file)
    opened = open_installation()
    tag = get_language(language).tag
    with opened.database.reading() as session:
        site_id = site_for(session, COMMAND_LINE, slug, Filter(tag)).id
    fill_language(opened.database, site_id, tag)
    with opened.database.writing() as session:
        data = open_data(session, COMMAND_LINE, slug, tag)
        archive = as_archive(session, COMMAND_LINE, data, licence)
    write_file(file, archive)
    click.echo(f"{file}: {len(data.rows)} sentences; {data.hidden} left out because they may be personal")
