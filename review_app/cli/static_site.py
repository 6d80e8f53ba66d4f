"""The command that writes a site's public pages as plain files, for any web server."""

import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from review_app.app import create_public_app
from review_app.cli.apps import quiet_installation
from review_app.cli.installation import Opened, open_installation
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.publishing.public import public_index
from review_app.sites.service import get_site
from review_app.web.static_files import STATIC_FILES

MARKER = ".review-app-export"
"""Stands in a folder that this command may replace."""

_LINK = re.compile(r'(?P<before>\b(?:href|src)=")(?P<path>/[^"?#]*)(?P<after>[^"]*")')
_SCRIPT = re.compile(r"<script\b[^>]*></script>\s*")
"""What asks the server for more; the page does without."""


@click.command("export-site")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--site", "slug", required=True, help="Short name of the site.")
def export_site(folder: Path, slug: str) -> None:
    """Write what is public of a site into FOLDER: a page a file, with styles and links that work from anywhere.

    FOLDER is replaced as a whole, and only if it is empty or an earlier export.
    """
    opened = open_installation()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise BadInput(
            N_("{folder} holds other files. Name an empty folder, or one of an earlier export."), folder=folder
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        made = Path(beside) / "made"
        count = _write(opened, slug, made)
        if folder.exists():
            folder.rename(Path(beside) / "before")
        made.rename(folder)
    click.echo(f"{folder}: {count} pages")


def _write(opened: Opened, slug: str, folder: Path) -> int:
    installation = quiet_installation(opened)
    settings = installation.settings
    reader = create_public_app(settings, installation).test_client()
    count = 0
    for path in _paths(opened, slug):
        answer = reader.get(path, base_url=opened.settings.public_url)
        if answer.status_code != 200:
            continue  # withdrawn while the others were written
        file = folder / _file(path, slug)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_relative(answer.text, path, slug, settings.public_url.rstrip("/")), "utf-8")
        count += 1
    if not count:
        raise BadInput(N_("Nothing of the site {site} is public yet."), site=slug)
    shutil.copytree(STATIC_FILES, folder / "static", ignore=shutil.ignore_patterns("*.js", "vendor"))
    (folder / MARKER).write_text("", "utf-8")
    return count


def _paths(opened: Opened, slug: str) -> Iterator[str]:
    with opened.database.reading() as session:
        source = get_site(session, slug).source_language
        _, _, languages = public_index(session, slug, source)
        for language in languages:
            _, listed, _ = public_index(session, slug, language)
            if listed:
                yield f"/{slug}/{language}/"
            yield from (f"/{slug}/{language}/{page.path}" for page in listed)


def _file(path: str, slug: str) -> str:
    """Return the file of a public path: a folder with an index, so that addresses need no ending."""
    return posixpath.join(path.removeprefix(f"/{slug}/").strip("/"), "index.html")


def _relative(html: str, path: str, slug: str, served: str) -> str:
    """Make links lead from file to file; what only the server can do, such as taking reports, stays with it."""
    here = posixpath.dirname(_file(path, slug))

    def link(match: re.Match[str]) -> str:
        address = match["path"]
        if address.startswith("/static/"):
            return match["before"] + posixpath.relpath(address[1:], here) + '"'
        if address.startswith(f"/{slug}/") and address != f"/{slug}/":
            return match["before"] + posixpath.relpath(_file(address, slug), here) + match["after"]
        return match["before"] + served + address + match["after"]

    return _LINK.sub(link, _SCRIPT.sub("", html))
