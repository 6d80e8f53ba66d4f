"""``review-app score``: corpus BLEU, chrF2++ and TER of files, a segment a line, without a database.

The files are anyone's, so their texts are scored as they are: a score equals plain sacreBLEU's to the last digit.
Everything is read and validated before anything is printed or written.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from review_app.cli.score_tables import print_tables
from review_app.cli.writing import require_folder, write_file
from review_app.errors import BadFile, BadInput
from review_app.exchange.segment_files import read_texts
from review_app.locale import INTERFACE_LANGUAGES, N_
from review_app.reports.score_file import Scored, score_file
from review_app.scoring.systems import Pair, Result, System, SystemScore, score_systems
from review_app.web.static_files import inline_styles


@click.command()
@click.option("--ref", "reference", required=True, metavar="FILE", help="Reference translation, a segment a line.")
@click.option("--hyp", "hypotheses", required=True, multiple=True, metavar="FILE", help="Translation; may be repeated.")
@click.option("--confidence", is_flag=True, help="95 % intervals from 1,000 resamples of the segments.")
@click.option("--paired", is_flag=True, help="Intervals of the differences, too, and where translations differ most.")
@click.option("--by", metavar="FILE", help="A label for each segment: scores of every group, too.")
@click.option("--html", metavar="OUT", type=click.Path(dir_okay=False, writable=True), help="Also write one HTML file.")
@click.option("--in", "speaking", type=click.Choice(INTERFACE_LANGUAGES), default="en", help="Language of that file.")
@click.option("--json", "as_json", is_flag=True, help='Print JSON: {"scores": […], "groups": […], "comparisons": […]}.')
def score(
    reference: str,
    hypotheses: tuple[str, ...],
    confidence: bool,
    paired: bool,
    by: str | None,
    html: str | None,
    speaking: str,
    as_json: bool,
) -> None:
    """Score translations in files: BLEU, chrF2++ and TER, as sacreBLEU 2.6.0.

    Files are UTF-8 with a segment on each line; line 1 of a translation belongs to line 1 of the reference. Of files
    with several texts a segment, say which: pairs.tsv#heading (or #2, the second column of a file without headings),
    outputs.jsonl#field, memory.tmx#en.

    Several translations are compared pairwise by paired approximate randomisation (10,000 trials), with Holm's
    correction for all comparisons made. Random draws have a fixed seed: the same files give the same figures.
    """
    if paired and len(hypotheses) < 2:
        raise BadInput(N_("Give --paired two translations or more: --hyp one.txt --hyp two.txt."))
    if html is not None:
        require_folder(Path(html))
    expected = _system(reference)
    systems = [_system(address) for address in hypotheses]
    labels = None if by is None else _system(by)
    for one in [*systems, *([labels] if labels else [])]:
        _require_same_length(expected, one)
    with Console(stderr=True).status("Scoring …"):
        result = score_systems(
            systems,
            expected.texts,
            confidence=confidence or html is not None,
            paired=paired,
            labels=labels.texts if labels else None,
        )
    if html is not None:
        write_file(Path(html), score_file(Scored(systems, expected, result), speaking, inline_styles()))
    if as_json:
        click.echo(json.dumps(_document(result), ensure_ascii=False, indent=2))
    else:
        print_tables(result, systems, expected)


def _system(address: str) -> System:
    return System(click.format_filename(address), read_texts(address))


def _require_same_length(expected: System, one: System) -> None:
    if len(one.texts) != len(expected.texts):
        raise BadFile(
            N_(
                "{file} and {reference} differ in length (lines: {lines} and {expected}). "
                "Give both a segment on each line, in the same order."
            ),
            file=one.name,
            lines=len(one.texts),
            reference=expected.name,
            expected=len(expected.texts),
        )


def _document(result: Result) -> dict[str, Any]:
    return {
        "scores": _rows(result.scores),
        "groups": [{"group": one.group, **row} for one, row in zip(result.groups, _rows(result.groups), strict=True)],
        "comparisons": [_pair(pair) for pair in result.pairs],
    }


def _rows(scores: Sequence[SystemScore]) -> list[dict[str, Any]]:
    names = ("metric", "score", "signature", "low", "high", "n")
    return [{"hyp": one.system, **{name: getattr(one, name) for name in names}} for one in scores]


def _pair(pair: Pair) -> dict[str, Any]:
    """Return a comparison; a segment of its examples counts from 1, as lines do."""
    examples = [{"segment": one.place + 1, "a": one.score_a, "b": one.score_b} for one in pair.examples]
    more = {"low": pair.low, "high": pair.high, **({"differ_most": examples} if examples else {})}
    return asdict(pair.comparison) | (more if pair.low is not None else {})
