"""The command that prints how accurate the machine translation is."""

from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from review_app.accounts.permissions import COMMAND_LINE
from review_app.app import create_app
from review_app.cli.apps import quiet_installation
from review_app.cli.installation import Opened, open_installation
from review_app.cli.writing import write_file
from review_app.errors import BadInput
from review_app.languages import get_language
from review_app.locale import INTERFACE_LANGUAGES, N_
from review_app.pages.service import normalise_path
from review_app.reports.columns import Value
from review_app.reports.export import FORMATS, Data, data_of_part, data_of_report
from review_app.reports.filters import FIELDS, Filter, read_filter
from review_app.reports.service import Report, build_report
from review_app.reports.slices import chosen_pages, site_for
from review_app.scoring.filling import fill_language
from review_app.scoring.summary import Score
from review_app.web.report_files import Wanted, file_for_command
from review_app.web.report_parts import PARTS


@click.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
@click.option("--page", help="Path of one page; else all pages.")
@click.option("--section", help="Only pages whose path begins like this.")
@click.option("--engine", help="Only this engine.")
@click.option("--from", "since", metavar="DAY", help="Only texts that were read on this day (2026-05-31) or later.")
@click.option("--to", "until", metavar="DAY", help="Only texts that were read on this day or earlier.")
@click.option("--class", "content_class", help="Only pages of a content class: normal, rights, news or crisis.")
@click.option("--sample", help="Only texts read for one reason: audit (spot checks), triage or elsewhere.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *FORMATS]),
    default="table",
    show_default=True,
    help="Output; xlsx needs a file to go to.",
)
@click.option("--output", type=click.Path(dir_okay=False, writable=True), help="File to write to.")
@click.option("--html", type=click.Path(dir_okay=False, writable=True), help="Also write the reports as one HTML file.")
@click.option("--pdf", type=click.Path(dir_okay=False, writable=True), help="Also write them as PDF (the extra “pdf”).")
@click.option("--part", type=click.Choice(list(PARTS)), help="Only this page of the reports.")
@click.option(
    "--in", "speaking", type=click.Choice(INTERFACE_LANGUAGES), help="Language of these; else the installation's."
)
def report(
    slug: str,
    language: str,
    form: str,
    output: str | None,
    html: str | None,
    pdf: str | None,
    part: str | None,
    speaking: str | None,
    **asked: str | None,
) -> None:
    """Score the raw machine translation against the texts that people accepted or corrected."""
    if form == "xlsx" and output is None:
        raise BadInput(N_("A spreadsheet is no text. Give the file it goes to: --output report.xlsx."))
    opened = open_installation()
    chosen = _filter(get_language(language).tag, asked)
    with opened.database.reading() as session:
        site_id = site_for(session, COMMAND_LINE, slug, chosen).id
        chosen_pages(session, site_id, chosen)  # what cannot be reported on is told before anything is stored
    fill_language(opened.database, site_id, chosen.language)
    with opened.database.reading() as session:
        built = build_report(session, COMMAND_LINE, slug, chosen)
        page = data_of_part(session, built.chosen, part, {}) if part else None
    files = {"html": html, "pdf": pdf}
    _write_files(opened, Wanted(slug, chosen, part, speaking), {end: path for end, path in files.items() if path})
    if form != "table":
        data: bytes = FORMATS[form](page or data_of_report(built))
        _write(data, output)
    elif output is None:
        _print(built, page, Console())
    else:
        with Path(output).open("w", encoding="utf-8") as file:
            _print(built, page, Console(file=file, width=120))


def _filter(language: str, asked: Mapping[str, str | None]) -> Filter:
    names = {field: name for name, field in FIELDS.items()}
    page = asked["page"]
    given = {names[field]: value for field, value in asked.items() if value} | {"language": language}
    return read_filter(given | ({"page": normalise_path(page)} if page else {}), language)


def _write_files(opened: Opened, wanted: Wanted, paths: Mapping[str, str]) -> None:
    """Write the reports as files to be read, by their ending."""
    if not paths:
        return
    installation = quiet_installation(opened)
    app = create_app(installation.settings, installation)
    for ending, path in paths.items():
        write_file(Path(path), file_for_command(app, wanted, ending))


def _write(data: bytes, output: str | None) -> None:
    if output is None:
        click.echo(data, nl=False)
    else:
        write_file(Path(output), data)


def _print(built: Report, page: Data | None, console: Console) -> None:
    title = f"{built.chosen.site.name} → {built.chosen.filter.language}"
    if page is not None:
        _print_page(page, title, console)
        return
    if not built.engines:
        console.print(f"Nobody has accepted or corrected any of the {built.chosen.coverage.segments} segments yet.")
        return
    table = Table(
        "engine",
        "metric",
        "score",
        "95 % interval",
        "segments",
        title=title,
    )
    for part in built.engines:
        for name, score in part.scores.items():
            table.add_row(part.engine, name, *_figures(score), str(score.n))
    console.print(table)
    shares, coverage = built.shares.counts, built.chosen.coverage
    console.print(
        f"Read by people: {coverage.read} of {coverage.segments} segments. Of {shares.total}: "
        f"{shares.unchanged} left unchanged, {shares.small} small edits, {shares.large} large edits.",
        soft_wrap=True,
    )
    for name, signature in {n: s.signature for p in built.engines for n, s in p.scores.items()}.items():
        console.print(f"{name}: {signature}", soft_wrap=True)


LONGEST_TEXT = 72
"""Characters of a line of a cell; what is longer is folded."""

WIDEST = 400
"""Characters that a table may be wide."""

IN_FILES_ONLY = frozenset({"versions", "unit", "too_few", "signature", "reference"})
"""Columns that leave no room for the others in a terminal; the page “method” has the signatures."""


def _print_page(page: Data, title: str, console: Console) -> None:
    if not page.rows:
        console.print("There is nothing to tell yet, or nothing passes the filters.")
        return
    table = _table_of(page, title)
    wide = console.measure(table, options=console.options.update(width=WIDEST)).maximum
    console.width = max(console.width, wide)  # lines that a narrow terminal breaks tell more than cells cut short
    console.print(table)


def _table_of(page: Data, title: str) -> Table:
    """Return the rows of a page of the reports."""
    hidden = IN_FILES_ONLY if page.document["report"] != "method" else frozenset()
    columns = [column for column in page.columns if column.name not in hidden]
    table = Table(title=title)
    for column in columns:
        table.add_column(column.name, overflow="fold", max_width=LONGEST_TEXT if column.kind == "text" else None)
    for row in page.rows:
        table.add_row(*(Text(_cell(row[column.name])) for column in columns))
    return table


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}" if abs(value) >= 1 or not value else f"{value:.3g}"
    return str(value)


def _figures(score: Score) -> tuple[str, str]:
    if score.too_few or score.low is None or score.high is None:
        return "too few", ""
    return f"{score.score:.1f}", f"{score.low:.1f}–{score.high:.1f}"
