"""The command that prints how accurate the machine translation is."""

import click
from rich.console import Console
from rich.table import Table

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import open_installation
from review_app.languages import get_language
from review_app.pages.service import normalise_path
from review_app.reports.export import as_csv, as_json
from review_app.reports.filters import Filter
from review_app.reports.service import Report, build_report
from review_app.scoring.filling import fill_language
from review_app.scoring.summary import Score
from review_app.sites.service import get_site


@click.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
@click.option("--page", help="Path of one page; else all pages.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="Output."
)
def report(slug: str, language: str, page: str | None, form: str) -> None:
    """Score the raw machine translation against the texts that people accepted or corrected."""
    opened = open_installation()
    language, page = get_language(language).tag, normalise_path(page) if page else None
    with opened.database.reading() as session:
        site_id = get_site(session, slug).id
    fill_language(opened.database, site_id, language)
    with opened.database.reading() as session:
        built = build_report(session, COMMAND_LINE, slug, Filter(language, page))
    if form == "table":
        _print(built)
    else:
        click.echo(as_csv(built) if form == "csv" else as_json(built), nl=False)


def _print(built: Report) -> None:
    console = Console()
    if not built.engines:
        console.print(f"Nobody has accepted or corrected any of the {built.chosen.coverage.segments} segments yet.")
        return
    table = Table(
        "engine",
        "metric",
        "score",
        "95 % interval",
        "segments",
        title=f"{built.chosen.site.name} → {built.chosen.filter.language}",
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


def _figures(score: Score) -> tuple[str, str]:
    if score.too_few or score.low is None or score.high is None:
        return "too few", ""
    return f"{score.score:.1f}", f"{score.low:.1f}–{score.high:.1f}"
