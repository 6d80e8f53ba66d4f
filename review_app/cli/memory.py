"""Commands for a site's translation memory: take pairs in, write them, look one up, fill it from approvals."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import open_installation
from review_app.cli.running import run_here
from review_app.errors import BadFile, BadInput
from review_app.exchange.memory import FORMATS, add_file, export_pairs, files_of
from review_app.locale import N_
from review_app.memory.service import Pair
from review_app.publishing.pulling import fill_memory
from review_app.review.remembering import matches, phrases
from review_app.sites.service import SiteView, get_site
from review_app.text.normalise import normalise

SITE = click.option("--site", "slug", required=True, help="Short name of the site.")
LANGUAGE = click.option("--to", "language", required=True, help="Target language.")


@click.group()
def memory() -> None:
    """The translation memory: pairs of texts that were approved, or came from files."""


@memory.command("import")
@click.argument("file")
@SITE
def import_command(file: str, slug: str) -> None:
    """Take in the pairs of FILE: TMX, or a CSV whose first line names the languages (sv,en)."""
    path = Path(file)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadFile(N_("{file} cannot be read: {reason}."), file=file, reason=error.strerror or "") from error
    opened = open_installation()
    with opened.database.writing() as session:
        site = get_site(session, slug)
        file_id = add_file(session, COMMAND_LINE, site, path.name, body)
    run_here(opened, site.id, "import_memory", {"file_id": file_id}, path.name)
    with opened.database.reading() as session:
        done = next(one for one in files_of(session, site.id) if one.id == file_id)
    click.echo(f"{done.name}\tpairs: {done.pairs}\tleft out: {done.left_out}")


@memory.command("export")
@click.argument("file")
@SITE
@LANGUAGE
def export_command(file: str, slug: str, language: str) -> None:
    """Write every pair of a language that still holds into FILE; its ending, .tmx or .csv, says how."""
    path = Path(file)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise BadInput(N_("{file}: the name has to end with .tmx or .csv."), file=file)
    with open_installation().database.reading() as session:
        site = get_site(session, slug)
        _require_language(site, language)
        try:
            with path.open("wb") as out:
                out.writelines(export_pairs(session, COMMAND_LINE, site, language, kind))
        except OSError as error:
            raise BadFile(
                N_("{file} cannot be written: {reason}. Check the name and the rights."),
                file=file,
                reason=error.strerror,
            ) from error


@memory.command("search")
@click.argument("text")
@SITE
@LANGUAGE
@click.option("--words", is_flag=True, help="Find pairs that have these words, instead of sources like the text.")
def search_command(text: str, slug: str, language: str, *, words: bool) -> None:
    """Print the pairs most like TEXT: percent, source, translation, where from."""
    with open_installation().database.reading() as session:
        site = get_site(session, slug)
        _require_language(site, language)
        find = phrases if words else matches
        found = find(session, COMMAND_LINE, site, language, normalise(text))
    for pair in found:
        percent = "" if words else f"{pair.percent:.0f}"
        click.echo(f"{percent}\t{pair.source}\t{pair.target}\t{_origin(pair)}")


@memory.command("fill")
@SITE
def fill_command(slug: str) -> None:
    """Put every approved text that still holds into the memory, as approvals made before there was one."""
    with open_installation().database.writing() as session:
        new = fill_memory(session, COMMAND_LINE, get_site(session, slug).id)
    click.echo(f"new pairs: {new}")


def _require_language(site: SiteView, language: str) -> None:
    if language not in site.languages:
        raise BadInput(N_("The site is not translated into {language}. Add the language first."), language=language)


def _origin(pair: Pair) -> str:
    where = f"/{pair.page}" if pair.page is not None else pair.file or ""
    return " ".join(part for part in (str(pair.kind), where, pair.author or "") if part)
