"""``review-app score``: corpus BLEU, chrF2++ and TER of text files, a segment a line, without a database.

The files are anyone's, so their texts are scored as they are: a score equals plain sacreBLEU's to the last digit.
Everything is read and validated before anything is printed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from review_app.errors import BadFile
from review_app.locale import N_
from review_app.scoring import bootstrap, significance
from review_app.scoring.comparison import Comparison, compare, holm
from review_app.scoring.metrics import PLAIN_METRICS, Metric, Statistics
from review_app.scoring.units import TOO_FEW

WIDE = 500
"""Characters a line may have when the output is no terminal: a pipe shall not break a row in two."""


@dataclass(frozen=True, slots=True)
class FileScore:
    """One file's score by one metric; ``low`` and ``high`` bound its 95 % interval, if that was asked for."""

    hyp: str
    metric: str
    score: float
    signature: str
    low: float | None
    high: float | None
    n: int


@click.command()
@click.option("--ref", "reference", required=True, metavar="FILE", help="Reference translation, a segment a line.")
@click.option("--hyp", "hypotheses", required=True, multiple=True, metavar="FILE", help="Translation; may be repeated.")
@click.option("--confidence", is_flag=True, help="95 % intervals from 1,000 resamples of the segments.")
@click.option("--json", "as_json", is_flag=True, help='Print JSON: {"scores": […], "comparisons": […]}.')
def score(reference: str, hypotheses: tuple[str, ...], confidence: bool, as_json: bool) -> None:
    """Score translations in text files: BLEU, chrF2++ and TER, as sacreBLEU 2.6.0.

    Files are UTF-8 with a segment on each line; line 1 of a translation belongs to line 1 of the reference. Several
    translations are compared pairwise by paired approximate randomisation (10,000 trials), with Holm's correction for
    all comparisons made. Random draws have a fixed seed: the same files give the same figures.
    """
    expected = read_segments(reference)
    systems = [(click.format_filename(path), read_segments(path)) for path in hypotheses]
    for name, segments in systems:
        _require_same_length(click.format_filename(reference), expected, name, segments)
    with Console(stderr=True).status("Scoring …"):
        scores, comparisons = score_systems(systems, expected, confidence)
    if as_json:
        document = {"scores": [asdict(row) for row in scores], "comparisons": [row.as_json() for row in comparisons]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print_tables(scores, comparisons, confidence)


def score_systems(
    systems: Sequence[tuple[str, list[str]]], reference: list[str], confidence: bool
) -> tuple[list[FileScore], tuple[Comparison, ...]]:
    """Return each named system's scores against the reference, and the systems compared two by two."""
    scores: list[list[FileScore]] = [[] for _ in systems]
    comparisons = []
    for metric in PLAIN_METRICS.values():
        rows = [metric.statistics_many(segments, reference) for _, segments in systems]
        for found, (name, _), own in zip(scores, systems, rows, strict=True):
            found.append(_score(name, metric, own, confidence))
        for (a, of_a), (b, of_b) in combinations(zip(systems, rows, strict=True), 2):
            comparisons.append(compare(metric, a[0], b[0], of_a, of_b))
    return [row for found in scores for row in found], holm(comparisons)


def read_segments(path: str) -> list[str]:
    """Return the lines of a UTF-8 file; raises ``BadFile``.

    Only a line feed ends a line, and the last one may lack it, as sacreBLEU reads files. A byte order mark is skipped.
    """
    name = click.format_filename(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Give the path of a text file with a segment on each line."),
            file=name,
            reason=error.strerror or type(error).__name__,
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            N_("{file}: line {line} is not valid UTF-8. Save the file as UTF-8 and try again."),
            file=name,
            line=error.object[: error.start].count(b"\n") + 1,
        ) from error
    if not text:
        raise BadFile(N_("{file} is empty. Give a text file with a segment on each line."), file=name)
    return text.removesuffix("\n").split("\n")


def _require_same_length(reference: str, expected: Sequence[str], name: str, segments: Sequence[str]) -> None:
    if len(segments) != len(expected):
        raise BadFile(
            N_(
                "{file} and {reference} differ in length (lines: {lines} and {expected}). "
                "Give both a segment on each line, in the same order."
            ),
            file=name,
            lines=len(segments),
            reference=reference,
            expected=len(expected),
        )


def _score(name: str, metric: Metric, rows: Statistics, confidence: bool) -> FileScore:
    low, high = bootstrap.interval(metric, rows.astype(float)) if confidence else (None, None)
    return FileScore(name, metric.name, metric.score(rows.sum(axis=0)), metric.signature, low, high, len(rows))


def _print_tables(scores: Sequence[FileScore], comparisons: Sequence[Comparison], confidence: bool) -> None:
    terminal = Console(highlight=False)
    console = terminal if terminal.is_terminal else Console(highlight=False, width=WIDE)
    console.print(_score_table(scores, confidence))
    if comparisons:
        console.print()
        console.print(_comparison_table(comparisons))
    console.print()
    for line in _notes(scores[0].n, bool(comparisons), confidence):
        console.print(line, markup=False, soft_wrap=True)


def _notes(segments: int, compared: bool, confidence: bool) -> Iterator[str]:
    """Yield what one must know to repeat the figures, and to trust them."""
    for metric in PLAIN_METRICS.values():
        yield f"{metric.name}|{metric.signature}"
    if confidence:
        yield f"95 % interval: {bootstrap.RESAMPLES:,} resamples of segments, seed {bootstrap.SEED}"
    if compared:
        yield f"p: paired approximate randomisation, {significance.TRIALS:,} trials, seed {significance.SEED}"
        yield "A / = / B: segments where A is better, neither, B is better"
    if segments < TOO_FEW:
        yield f"Only {segments} segments: too few to rely on, {TOO_FEW} is the least."


def _score_table(scores: Sequence[FileScore], confidence: bool) -> Table:
    table = _table("File", "Metric", numbers=("Score", *(("95 % interval",) if confidence else ()), "Segments"))
    for row in scores:
        bounds = [f"{row.low:.2f}–{row.high:.2f}"] if row.low is not None else []
        table.add_row(Text(row.hyp), row.metric, f"{row.score:.2f}", *bounds, str(row.n))
    return table


def _comparison_table(comparisons: Sequence[Comparison]) -> Table:
    table = _table("A", "B", "Metric", numbers=("A − B", "p", "p (Holm)", "A / = / B"))
    for row in comparisons:
        counts = f"{row.wins} / {row.ties} / {row.losses}"
        figures = (f"{row.difference:+.2f}", f"{row.p:.4f}", f"{row.p_holm:.4f}", counts)
        table.add_row(Text(row.a), Text(row.b), row.metric, *figures)
    return table


def _table(*words: str, numbers: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in words:
        table.add_column(heading, overflow="fold", min_width=7)
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
