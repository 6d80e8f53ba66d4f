"""The command that takes pages in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import Opened, open_installation
from review_app.cli.running import run_here
from review_app.errors import BadFile, BadInput, BadPage, NotFound
from review_app.locale import N_
from review_app.pages.archive import pages_in_zip
from review_app.pages.crawls import DEEPEST, MOST_PAGES, Order, get_crawl, read_list, start_crawl
from review_app.pages.fetch import fetch
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import PATH_TAKEN, SHARED_PATH, normalise_path, pages_of
from review_app.pages.sitemap import looks_like_sitemap
from review_app.pages.states import CrawlState
from review_app.pages.visiting import Visitor
from review_app.segments.following import addresses_of_sitemap
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
@click.option("--list", "is_list", is_flag=True, help="SOURCE is a file of addresses, one a line.")
@click.option("--crawl", "follows", is_flag=True, help="Follow the links of the URL within its website.")
@click.option("--depth", type=click.IntRange(1, DEEPEST), default=3, show_default=True, help="Links to follow.")
@click.option("--pages", "most", type=click.IntRange(1, MOST_PAGES), default=500, show_default=True, help="At most.")
def import_pages(
    source: str, slug: str, path: str | None, url: str, is_list: bool, follows: bool, depth: int, most: int
) -> None:
    """Take pages in. SOURCE is an HTML file, a folder or a zip of them, a public URL, or a sitemap.xml.

    A list, a sitemap and a crawl go page by page: one that fails is told and does not stop the others.
    """
    opened = open_installation()
    with opened.database.reading() as session:
        site_id = get_site(session, slug).id
    addresses = _addresses(opened, source, is_list=is_list, follows=follows)
    if addresses is not None:
        crawl(opened, site_id, Order(source, addresses, depth if follows else 0, most))
        return
    incoming = _from_url(opened, source, path) if "://" in source else _from_disk(Path(source), path, url)
    for page in incoming:  # before the first is kept: a folder comes in whole or not at all
        _check(page)
    for page in incoming:  # each in a transaction of its own: whoever saves meanwhile waits for no more than a page
        with opened.database.writing() as session:
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
        note = f"version {done.version}" if done.changed else "unchanged"
        click.echo(f"{normalise_path(page.path)}\tsegments: {done.segments}\t{note}")
    with opened.database.writing() as session:
        share_parts(session, COMMAND_LINE, site_id)


def _check(page: Incoming) -> None:
    """Raise ``BadFile`` or ``BadInput`` for what cannot be taken in."""
    if (path := normalise_path(page.path)) == SHARED_PATH:
        raise BadInput(PATH_TAKEN, path=path)
    try:
        parse_guarded(page.body, page.charset)
    except BadPage as error:
        raise BadFile(N_("{origin}: {reason}"), origin=page.origin, reason=error) from error


def crawl(opened: Opened, site_id: int, order: Order) -> None:
    """Run a crawl here and now, with a progress bar, and say how it went; exits with 1 when pages failed."""
    with opened.database.writing() as session:
        crawl_id = start_crawl(session, COMMAND_LINE, site_id, order)
    run_here(opened, site_id, "crawl", {"crawl_id": crawl_id}, order.source)
    with opened.database.reading() as session:
        view = get_crawl(session, COMMAND_LINE, crawl_id)
    for trouble in view.troubles:
        click.echo(f"{trouble.url}: {trouble.error.format(**trouble.values)}", err=True)
    click.echo("\t".join(f"{state}: {count}" for state, count in sorted(view.counts.items())))
    if view.counts.get(CrawlState.FAILED):
        click.get_current_context().exit(1)


@click.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
def sync(slug: str) -> None:
    """Look again at every page that came from the website, and take in what has changed."""
    opened = open_installation()
    with opened.database.reading() as session:
        site_id = get_site(session, slug).id
        before = {page.id: page.version for page in pages_of(session, site_id) if page.url}
    if not before:
        raise NotFound(N_("No page of the site {site} came from its website. Import one by its URL."), site=slug)
    run_here(opened, site_id, "sync_site", {}, slug)
    with opened.database.reading() as session:
        pages = [page for page in pages_of(session, site_id) if page.url]
    for page in pages:
        changed = "vanished" if page.vanished_at else "changed" if page.version != before.get(page.id) else None
        if changed:
            click.echo(f"{page.path}\t{changed}")
    click.echo(f"pages: {len(pages)}")


def _addresses(opened: Opened, source: str, *, is_list: bool, follows: bool) -> tuple[str, ...] | None:
    """Return the addresses to begin with, when they are to be taken in one after the other."""
    if is_list:
        try:
            return read_list(_read(Path(source)).decode("utf-8"))
        except UnicodeDecodeError as error:
            raise BadFile(N_("{file} cannot be read as UTF-8 text. Save it as UTF-8."), file=source) from error
    if follows:
        return (source,)
    if looks_like_sitemap(source):
        visitor = Visitor(opened.settings.fetch_hosts)
        return addresses_of_sitemap(visitor, source, None if "://" in source else _read(Path(source)))
    return None


def _from_url(opened: Opened, url: str, path: str | None) -> list[Incoming]:
    fetched = fetch(url, allowed_hosts=opened.settings.fetch_hosts)
    found = path or urlsplit(fetched.final_url).path
    return [Incoming(fetched.body, found, fetched.final_url, fetched.charset, fetched.final_url)]


def _from_disk(source: Path, path: str | None, url: str) -> list[Incoming]:
    if source.suffix.lower() == ".zip" and not (path or url):
        return [Incoming(body, inner, f"{source}: {inner}") for inner, body in pages_in_zip(str(source), _read(source))]
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
