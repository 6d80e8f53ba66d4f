"""The command that takes pages in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import Opened, open_installation
from review_app.errors import BadFile, BadInput, BadPage
from review_app.locale import N_
from review_app.pages.fetch import fetch
from review_app.pages.service import normalise_path
from review_app.segments.service import import_page
from review_app.sites.service import get_site
from review_app.translations.sharing import share_parts

HTML_ENDINGS = {".html", ".htm", ".xhtml"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A page's bytes and where they are from."""

    body: bytes
    path: str
    origin: str
    charset: str | None = None
    url: str = ""


@click.command("import")
@click.argument("source")
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--path", help="Path of the page on the site; else taken from the file's name or the URL.")
@click.option("--url", default="", help="Address of the page on the website, when SOURCE is a file.")
def import_pages(source: str, slug: str, path: str | None, url: str) -> None:
    """Take pages in. SOURCE is an HTML file, a folder of them, or a public URL."""
    opened = open_installation()
    with opened.database.reading() as session:
        site_id = get_site(session, slug).id
    incoming = _from_url(opened, source, path) if "://" in source else _from_disk(Path(source), path, url)
    told = []
    with opened.database.writing() as session:  # one transaction: a folder comes in whole or not at all
        for page in incoming:
            try:
                done = import_page(
                    session,
                    COMMAND_LINE,
                    site_id,
                    body=page.body,
                    path=page.path,
                    origin=page.origin,
                    charset=page.charset,
                    url=page.url,
                )
            except BadPage as error:
                raise BadFile(N_("{origin}: {reason}"), origin=page.origin, reason=error) from error
            note = f"version {done.version}" if done.changed else "unchanged"
            told.append(f"{normalise_path(page.path)}\tsegments: {done.segments}\t{note}")
        share_parts(session, COMMAND_LINE, site_id)
    for line in told:
        click.echo(line)


def _from_url(opened: Opened, url: str, path: str | None) -> list[Incoming]:
    fetched = fetch(url, allowed_hosts=opened.settings.fetch_hosts)
    found = path or urlsplit(fetched.final_url).path
    return [Incoming(fetched.body, found, fetched.final_url, fetched.charset, fetched.final_url)]


def _from_disk(source: Path, path: str | None, url: str) -> list[Incoming]:
    if source.is_dir():
        if path or url:
            raise BadInput(N_("--path and --url are about one file; {file} is a folder."), file=source)
        files = sorted(file for file in source.rglob("*") if file.suffix.lower() in HTML_ENDINGS and file.is_file())
        if not files:
            raise BadFile(N_("{file} holds no HTML files. Name a folder with .html files."), file=source)
        paths = {file: normalise_path(file.relative_to(source).as_posix()) for file in files}
        _refuse_twins(paths)
        return [Incoming(_read(file), paths[file], str(file)) for file in files]
    return [Incoming(_read(source), path or source.name, str(source), url=url)]


def _refuse_twins(paths: Mapping[Path, str]) -> None:
    """Refuse two files that would be one page, as a.htm and a.html would."""
    known: dict[str, Path] = {}
    for file, path in paths.items():
        other = known.setdefault(path, file)
        if other != file:
            raise BadFile(
                N_("{file} and {other} would both be the page {path}. Rename one of them."),
                file=file,
                other=other,
                path=path,
            )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Check the name and the rights."), file=file, reason=error.strerror
        ) from error
