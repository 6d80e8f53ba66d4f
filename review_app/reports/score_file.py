"""Scores of anyone's files as one HTML file that stands alone: no script, nothing fetched, charts and styles inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from review_app.locale import catalogue
from review_app.reports.chart import Axis, Row, dot_chart
from review_app.resources import TEMPLATES
from review_app.scoring import bootstrap, significance
from review_app.scoring.metrics import PLAIN_METRICS, Metric
from review_app.scoring.systems import EXAMPLES_BY, Result, System, SystemScore
from review_app.scoring.units import TOO_FEW


@dataclass(frozen=True, slots=True)
class Scored:
    """Systems, what they were measured against and called, and what was measured."""

    systems: Sequence[System]
    reference: System
    result: Result


def score_file(scored: Scored, language: str, styles: str) -> bytes:
    """Return the file in a language of the interface; ``styles`` are stylesheets of our own."""
    page = _environment(language).get_template("reports/scores.html")
    result = scored.result
    html = page.render(
        **_words(language),
        scored=scored,
        metrics=PLAIN_METRICS,
        charts={name: Markup(_chart(metric, result.scores, language)) for name, metric in PLAIN_METRICS.items()},  # noqa: S704 - the drawing escapes its texts
        rows=_by_system(result.scores),
        groups=_groups(result.groups),
        examples=[(pair.comparison, pair.examples) for pair in result.pairs if pair.examples],
        styles=Markup(styles),  # noqa: S704 - files of our own
    )
    return html.encode("utf-8", "replace")


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    return environment


def _words(language: str) -> dict[str, Any]:
    """Return what the page needs to write figures as its readers do, and the numbers behind the method."""

    def decimal(number: float, digits: int = 1) -> str:
        return format_decimal(number, format="#,##0." + "0" * digits, locale=language).replace("-", "−")

    def number(count: int) -> str:
        return format_decimal(count, locale=language)

    return {
        "locale": language,
        "decimal": decimal,
        "number": number,
        "too_few": TOO_FEW,
        "resamples": bootstrap.RESAMPLES,
        "trials": significance.TRIALS,
        "seed": bootstrap.SEED,
        "examples_by": EXAMPLES_BY,
    }


def _chart(metric: Metric, scores: Sequence[SystemScore], language: str) -> str:
    _ = catalogue(language).ugettext
    better = _("higher is better") if metric.higher_is_better else _("lower is better")
    rows = [Row(one.system, one.score, one.low, one.high) for one in scores if one.metric == metric.name]
    title = _("%(metric)s of each translation, with 95%% intervals") % {"metric": metric.name}
    name = f"chart-{list(PLAIN_METRICS).index(metric.name)}"
    return dot_chart(name, title, rows, Axis(f"{metric.name}: {better}"), language)


def _by_system(scores: Sequence[SystemScore]) -> list[tuple[SystemScore, ...]]:
    """Return the scores of each system in a row: they come a system after the other."""
    width = len(PLAIN_METRICS)
    return [tuple(scores[start : start + width]) for start in range(0, len(scores), width)]


def _groups(scores: Sequence[SystemScore]) -> Mapping[str, list[tuple[SystemScore, ...]]]:
    found: dict[str, list[tuple[SystemScore, ...]]] = {}
    for row in _by_system(scores):
        found.setdefault(row[0].group or "", []).append(row)
    return found
