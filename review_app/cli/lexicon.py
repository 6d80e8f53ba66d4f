"""The command that learns which words translate each other at a site."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks.lexical.model import LexicalModel
from review_app.cli.chosen import of_site
from review_app.cli.installation import open_installation
from review_app.cli.running import run_here
from review_app.cli.writing import write_file
from review_app.exchange.learning_pairs import read_pairs
from review_app.languages import get_language
from review_app.quality.lexicon import train_lexicon as train
from review_app.sites.service import get_site


@click.command("train-lexicon")
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Target language.")
@click.option(
    "--from", "files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="A dictionary (.tsv: word, tab, translation) or a translation memory (.tmx); can be given several times.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write what was learned as a .tsv, used or not.")
def train_lexicon(slug: str, language: str, files: tuple[Path, ...], out: Path | None) -> None:
    """Learn which words translate each other, from files and from what people have written at the site.

    The checks of omission and addition use it if it tells translations apart better than what they
    use now.
    """
    opened = open_installation()
    language = get_language(language).tag
    with opened.database.reading() as session:
        site = of_site(get_site(session, slug), language)
    languages = site.source_language, language
    given = [pair for file in files for pair in read_pairs(file, languages)]
    done = train(opened.database, COMMAND_LINE, site, language, given)
    told, kept = done.tried.figures, done.tried.kept
    click.echo(f"lexicon {done.tried.number}: {'better, in use' if kept else 'not better, not used'}")
    click.echo(f"learned from\t{told['sentences']} sentences, {told['words']} words")
    click.echo(f"tried on\t{told['pairs']} sentences, {told['by_machine']} of them by machines")
    for name, key in (("another's text", "others"), ("a word replaced", "replaced"), ("a third missing", "left_out")):
        click.echo(f"told apart, {name}\t{told[key]:.3f}")
    before = "–" if told["before"] is None else f"{told['before']:.3f}"
    click.echo(f"mean\t{told['mean']:.3f}\tbefore {before}\thigher is better, 0.5 is chance")
    click.echo(f"flagged in error\t{told['flagged']} of {told['flagged_of']}")
    if out is not None:
        _write(out, done.model)
    if kept:
        run_here(opened, site.id, "assess_language", {"language": language}, f"{slug} → {language}")


def _write(file: Path, model: LexicalModel) -> None:
    """Write words and translations, the likeliest first; nothing in it begins like a spreadsheet's formula."""
    rows = [row for row in model.lexicon.rows() if row[0][0].isalpha() and row[1][0].isalpha()]
    rows.sort(key=lambda row: (-row[2] * row[3], row))
    lines = ["# word\ttranslation\tprobability\tprobability back\n"]
    lines += [f"{source}\t{target}\t{chance:.4f}\t{back:.4f}\n" for source, target, chance, back in rows]
    write_file(file, "".join(lines).encode())
