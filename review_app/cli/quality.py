"""Commands around the risk of error: estimate it, learn it from a site's corrections, show how right it was."""

from collections.abc import Mapping
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.chosen import of_site
from review_app.cli.failing import FailingGroup
from review_app.cli.installation import open_installation
from review_app.cli.lexicon import train_lexicon
from review_app.cli.running import run_here
from review_app.languages import get_language
from review_app.quality.plugins import PLUGINS, config_of, scorers_of, why_not
from review_app.quality.report import QualityReport, quality_report
from review_app.quality.training import train as train_model
from review_app.review.recurring import candidates
from review_app.review.standing import places_of
from review_app.sites.service import get_site


@click.group(cls=FailingGroup)
def quality() -> None:
    """Risk of error: estimate it, learn it from a site's corrections, show how right it was."""


quality.add_command(train_lexicon)


@quality.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
def train(slug: str, language: str) -> None:
    """Learn from a site's corrections; the new model is used only if it is better on the newest of them."""
    opened = open_installation()
    language = get_language(language).tag
    with opened.database.reading() as session:
        site = of_site(get_site(session, slug), language)
    tried = train_model(opened.database, COMMAND_LINE, site, language, scorers_of(opened.settings))
    click.echo(f"version {tried.number}: {'better, in use' if tried.kept else 'not better, not used'}")
    for line in _told(tried.figures):
        click.echo(line)
    if tried.kept:
        run_here(opened, site.id, "assess_language", {"language": language}, f"risk of {slug} → {language}")


@quality.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", help="Target language; else every language of the site.")
def estimate(slug: str, language: str | None) -> None:
    """Check and estimate all texts of a site that newer checks or a newer model have not seen."""
    opened = open_installation()
    with opened.database.reading() as session:
        site = get_site(session, slug)
    languages = [get_language(language).tag] if language else sorted(site.languages)
    for tag in languages:
        run_here(opened, of_site(site, tag).id, "assess_language", {"language": tag}, f"{slug} → {tag}")
        click.echo(f"{slug}\t{tag}\tassessed")


@quality.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
def show(slug: str, language: str) -> None:
    """Show the model in use, every try to learn one, and how right the risk was on texts it had not seen."""
    opened = open_installation()
    with opened.database.reading() as session:
        report = quality_report(session, COMMAND_LINE, slug, get_language(language).tag)
    _print(report)


@quality.command()
def plugins() -> None:
    """Show the plug-ins that the risk may learn with: which are chosen and usable here, and why the others are not."""
    config = config_of(open_installation().settings)
    for name in (*PLUGINS, *sorted(config.names - PLUGINS.keys())):
        chosen, reason = "chosen" if name in config.names else "not chosen", why_not(name, config)
        if reason is not None:
            click.echo(f"{name}\t{chosen}\tnot usable: {reason.template.format(**reason.values)}")
            continue
        click.echo(f"{name}\t{chosen}\tusable\t{PLUGINS[name].version(config)}\t{PLUGINS[name].licence}")


@quality.command("recurring")
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
def show_recurring(slug: str, language: str) -> None:
    """Show which corrections recur: what people replaced by what, how often, and in how many texts it still stands."""
    opened = open_installation()
    language = get_language(language).tag
    with opened.database.reading() as session:
        site = of_site(get_site(session, slug), language)
        for found in candidates(session, COMMAND_LINE, slug, language):
            one, places = found.recurring, places_of(session, site.id, language, found.recurring.replacement)
            note = "\tno rule" if found.dismissed else ""
            click.echo(
                f"{one.replacement.old}\t{one.replacement.new}\tcorrected: {one.support}\tleft: {one.left}"
                f"\tstands: {len(places)}\toriginal: {one.source_word or '–'}{note}"
            )


def _told(figures: Mapping[str, Any]) -> list[str]:
    return [
        f"corrections\t{figures['corrections']}, the newest {figures['held_out']} held out",
        f"Brier score\t{_figure(figures['brier'])}\tbefore {_figure(figures['brier_before'])}\tlower is better",
        f"AUC\t{_figure(figures['area'])}\tbefore {_figure(figures['area_before'])}\thigher is better",
        *_told_of_plugins(figures),
    ]


def _told_of_plugins(figures: Mapping[str, Any]) -> list[str]:
    if not figures.get("tried_with"):
        return []
    outcome = "better with them" if figures["plugins"] else "not better with them"
    both = f"{_figure(figures['brier_with_plugins'])}\twithout {_figure(figures['brier_without_plugins'])}"
    return [f"plug-ins\t{figures['tried_with']}: {outcome}\tBrier score {both}"]


def _print(report: QualityReport) -> None:
    console = Console()
    console.print(f"Model in use: {report.model or 'none: the risk is not validated for this language'}")
    console.print(
        "Judged machine texts: " + (", ".join(f"{count} {sample}" for sample, count in report.samples.items()) or "0")
    )
    if report.accuracy is not None:
        right = report.accuracy
        interval = f" ({right.low:.3f}–{right.high:.3f})" if right.low is not None and right.high is not None else ""
        console.print(
            f"On {right.texts} texts its model had not seen, {right.changed} of them changed: "
            f"AUC {_figure(right.area)}{interval}, Brier score {_figure(right.brier)}",
            soft_wrap=True,
        )
    console.print(f"Lexicon in use: {_lexicon(report)}", soft_wrap=True)
    table = Table("version", "made", "used", "corrections", "held out", "Brier", "before", "AUC", "before")
    for tried in report.tries:
        kept, made, told = "yes" if tried.kept else "no", f"{tried.made_at:%Y-%m-%d %H:%M}", tried.figures
        counts = [str(told[name]) for name in ("corrections", "held_out")]
        figures = [_figure(told[name]) for name in ("brier", "brier_before", "area", "area_before")]
        table.add_row(str(tried.number), made, kept, *counts, *figures)
    if report.tries:
        console.print(table)


def _lexicon(report: QualityReport) -> str:
    if report.lexicon is None:
        return "the shipped one" if report.lexicon_ships else "none: nothing is said of words left out or put in"
    told = report.lexicon.figures
    return f"the site's own, number {report.lexicon.number}, of {told['sentences']} sentences and {told['words']} words"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
