"""The command that takes in how often pages are visited."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import open_installation
from review_app.errors import BadFile
from review_app.exchange.visits import paths_of, read_visits
from review_app.locale import N_
from review_app.pages.service import set_visits
from review_app.sites.service import get_site


@click.command()
@click.argument("file")
@click.option("--site", "slug", required=True, help="Short name of the site.")
def visits(file: str, slug: str) -> None:
    """Take in how often pages are visited, so that what most readers meet is corrected first.

    FILE is a CSV with a column of addresses (url, page, adress, sida) and one of visits (visits, views, besök).
    """
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise BadFile(N_("{file} cannot be read: {reason}."), file=file, reason=error.strerror or "") from error
    counted = read_visits(file, data)
    with open_installation().database.writing() as session:
        site = get_site(session, slug)
        known = set_visits(session, COMMAND_LINE, site.id, paths_of(counted, site.base_url))
    click.echo(f"visits of {known} pages; {len(counted)} addresses in the file")
