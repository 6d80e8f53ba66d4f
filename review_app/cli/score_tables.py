"""Scores of files as tables for a terminal."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from review_app.scoring import bootstrap, significance
from review_app.scoring.metrics import PLAIN_METRICS
from review_app.scoring.systems import EXAMPLES_BY, Pair, Result, System, SystemScore
from review_app.scoring.units import TOO_FEW

WIDE = 500
"""Characters a line may have when the output is no terminal: a pipe shall not break a row in two."""


def print_tables(result: Result, systems: Sequence[System], reference: System) -> None:
    """Print all there is to say, and what one must know to repeat the figures."""
    terminal = Console(highlight=False)
    console = terminal if terminal.is_terminal else Console(highlight=False, width=WIDE)
    console.print(_score_table(result.scores))
    if result.groups:
        console.print()
        console.print(_group_table(result.groups))
    if result.pairs:
        console.print()
        console.print(_pair_table(result.pairs))
    for line in _examples(result.pairs, systems, reference):
        console.print(line, markup=False, soft_wrap=True)
    console.print()
    for line in _notes(result):
        console.print(line, markup=False, soft_wrap=True)


def _examples(pairs: Sequence[Pair], systems: Sequence[System], reference: System) -> Iterator[str]:
    texts = {system.name: system.texts for system in systems}
    for pair in pairs:
        a, b = pair.comparison.a, pair.comparison.b
        if pair.examples:
            yield f"\nWhere {a} and {b} differ most, by {EXAMPLES_BY} of the segment:"
        for one in pair.examples:
            yield f"\nSegment {one.place + 1}"
            yield f"  {reference.name}: {reference.texts[one.place]}"
            yield f"  {a} ({one.score_a:.1f}): {texts[a][one.place]}"
            yield f"  {b} ({one.score_b:.1f}): {texts[b][one.place]}"


def _notes(result: Result) -> Iterator[str]:
    for metric in PLAIN_METRICS.values():
        yield f"{metric.name}|{metric.signature}"
    if result.scores[0].low is not None:
        yield f"95 % interval: {bootstrap.RESAMPLES:,} resamples of segments, seed {bootstrap.SEED}"
    if result.pairs:
        yield f"p: paired approximate randomisation, {significance.TRIALS:,} trials, seed {significance.SEED}"
        yield "A / = / B: segments where A is better, neither, B is better"
    segments = result.scores[0].n
    if segments < TOO_FEW:
        yield f"Only {segments} segments: too few to rely on, {TOO_FEW} is the least."
    elif any(row.n < TOO_FEW for row in result.groups):
        yield f"*: fewer than {TOO_FEW} segments, too few to rely on."


def _score_table(scores: Sequence[SystemScore]) -> Table:
    sure = scores[0].low is not None
    table = _table("File", "Metric", numbers=("Score", *(("95 % interval",) if sure else ()), "Segments"))
    for row in scores:
        table.add_row(Text(row.system), row.metric, f"{row.score:.2f}", *_bounds(row.low, row.high), str(row.n))
    return table


def _group_table(scores: Sequence[SystemScore]) -> Table:
    sure = scores[0].low is not None
    table = _table("Group", "File", "Metric", numbers=("Score", *(("95 % interval",) if sure else ()), "Segments"))
    for row in scores:
        n = f"{row.n}*" if row.n < TOO_FEW else str(row.n)
        what = (Text(row.group or ""), Text(row.system), row.metric)
        table.add_row(*what, f"{row.score:.2f}", *_bounds(row.low, row.high), n)
    return table


def _pair_table(pairs: Sequence[Pair]) -> Table:
    sure = ("95 % interval",) if pairs[0].low is not None else ()
    table = _table("A", "B", "Metric", numbers=("A − B", *sure, "p", "p (Holm)", "A / = / B"))
    for pair in pairs:
        row = pair.comparison
        counts = f"{row.wins} / {row.ties} / {row.losses}"
        figures = (f"{row.difference:+.2f}", *_bounds(pair.low, pair.high, "+"), f"{row.p:.4f}", f"{row.p_holm:.4f}")
        table.add_row(Text(row.a), Text(row.b), row.metric, *figures, counts)
    return table


def _bounds(low: float | None, high: float | None, sign: str = "") -> list[str]:
    """Return the bounds as one cell, or none; with signs they stand apart from the dash."""
    dash = " – " if sign else "–"
    return [] if low is None or high is None else [f"{low:{sign}.2f}{dash}{high:{sign}.2f}"]


def _table(*words: str, numbers: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in words:
        table.add_column(heading, overflow="fold", min_width=7)
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
