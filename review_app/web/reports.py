"""Reports: how accurate the machine translation into a language is, on a page that a manager reads in a minute."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.errors import NotFound
from review_app.languages import name_in
from review_app.locale import N_
from review_app.pages.service import pages_of
from review_app.reports.chart import Axis, Row, Share, dot_chart, share_bar
from review_app.reports.edits import SMALL_EDIT, of_hundred
from review_app.reports.export import as_csv, as_json
from review_app.reports.filters import Filter, read_filter
from review_app.reports.service import Report, build_report
from review_app.reports.slices import Extent, PageSlices, Slice
from review_app.scoring.comparison import Comparison
from review_app.scoring.metrics import METRICS
from review_app.scoring.summary import Score
from review_app.scoring.units import MIN_PAGES, TOO_FEW
from review_app.web.context import actor, db, open_site
from review_app.web.language import interface_language

blueprint = Blueprint("reports", __name__)

FIGURES = ("HTER", "BLEU", "chrF2++", "TER")
"""The metrics of the tables, the one a manager can picture first."""

CERTAIN = 0.05
"""Below this p, corrected for all comparisons, chance is no good explanation."""

CHARTED = "chrF2++"
"""The metric that is drawn: of the three, it agrees best with people on single languages and needs no tokeniser."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two engines by one metric, told from the better one's side; ``certain`` when chance does not explain it."""

    metric: str
    better: str
    worse: str
    difference: float
    p: float
    certain: bool
    n: int
    wins: int
    ties: int
    losses: int


@dataclass(frozen=True, slots=True)
class SharePart:
    """A row of the table beside the share bar; no interval when too few sentences were read."""

    label: str
    count: int
    of_hundred: int
    interval: tuple[float, float] | None


@blueprint.get("/sites/<site>/reports")
def overview(site: str) -> Response:
    """Show how accurate the translation is, and what that rests on."""
    found = open_site(site)
    if not found.languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    asked = _asked(sorted(found.languages))
    report = build_report(db(), actor(), site, asked)
    return make_response(
        render_template(
            "reports/overview.html",
            site=found,
            report=report,
            asked=asked,
            of_hundred=of_hundred(
                (report.shares.counts.unchanged, report.shares.counts.small, report.shares.counts.large)
            ),
            shares=_share_chart(report),
            share_table=_share_table(report),
            chart=_engine_chart(report),
            verdicts=[verdict(one) for one in report.comparisons],
            figures=FIGURES,
            worst_first=sorted(report.pages, key=_worst),
            languages=sorted(found.languages),
            pages=pages_of(db(), found.id),
            too_few=TOO_FEW,
            min_pages=MIN_PAGES,
            small_edit=SMALL_EDIT,
            rests_on={part.engine: by_extent(part.extents) for part in report.engines},
            signatures={name: score.signature for part in report.engines for name, score in part.scores.items()},
        )
    )


@blueprint.get("/sites/<site>/reports.csv")
def as_table(site: str) -> Response:
    """Give the scores as CSV."""
    report = _report(site)
    return _download(as_csv(report).encode("utf-8-sig"), "text/csv", report, "csv")


@blueprint.get("/sites/<site>/reports.json")
def as_data(site: str) -> Response:
    """Give the scores as JSON."""
    report = _report(site)
    return _download(as_json(report).encode(), "application/json", report, "json")


def by_extent(extents: Mapping[str, Extent]) -> list[tuple[list[str], Extent]]:
    """Return what scores rest on, with the metrics that rest on the same."""
    found: dict[Extent, list[str]] = {}
    for name, extent in extents.items():
        found.setdefault(extent, []).append(name)
    return [(names, extent) for extent, names in found.items()]


def verdict(one: Comparison) -> Verdict:
    """Turn a comparison so that its better engine comes first."""
    forward = (one.difference >= 0) is METRICS[one.metric].higher_is_better
    return Verdict(
        metric=one.metric,
        better=one.a if forward else one.b,
        worse=one.b if forward else one.a,
        difference=abs(one.difference),
        p=one.p_holm,
        certain=one.p_holm < CERTAIN,
        n=one.n,
        wins=one.wins if forward else one.losses,
        ties=one.ties,
        losses=one.losses if forward else one.wins,
    )


def _asked(languages: list[str]) -> Filter:
    default = "en" if "en" in languages else languages[0]
    return read_filter(request.args, default)


def _report(site: str) -> Report:
    asked = _asked(sorted(open_site(site).languages) or ["en"])
    return build_report(db(), actor(), site, asked)


def _download(body: bytes, kind: str, report: Report, ending: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    name = f"{report.chosen.site.slug}-{report.chosen.filter.language}-{report.chosen.made_at:%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _share_table(report: Report) -> list[SharePart]:
    shares = report.shares.counts
    labels = (gettext("left unchanged"), gettext("small edits"), gettext("large edits"))
    counts = (shares.unchanged, shares.small, shares.large)
    intervals = report.shares.intervals or (None, None, None)
    whole = of_hundred(counts)
    return [SharePart(*row) for row in zip(labels, counts, whole, intervals, strict=True)]


def _share_chart(report: Report) -> str | None:
    if not report.shares.counts.total:
        return None
    parts = [Share(part.label, part.count) for part in _share_table(report)]
    return share_bar("share-chart", gettext("What people made of the machine's sentences"), parts, interface_language())


def _engine_chart(report: Report) -> str | None:
    rows = [_row(part) for part in report.engines if CHARTED in part.scores]
    if not any(row.value is not None for row in rows):
        return None
    language = interface_language()
    title = gettext(
        "%(metric)s of each engine into %(language)s, with 95%% intervals",
        metric=CHARTED,
        language=name_in(report.chosen.filter.language, language),
    )
    axis = Axis(gettext("%(metric)s, 0 to 100: higher is better", metric=CHARTED))
    return dot_chart("engine-chart", title, rows, axis, language)


def _row(part: Slice) -> Row:
    score = part.scores[CHARTED]
    if score.too_few:
        return Row(part.engine, None, note=gettext("too few (%(n)s of at least %(least)s)", n=score.n, least=TOO_FEW))
    return Row(part.engine, score.score, score.low, score.high, gettext("%(n)s sentences", n=score.n))


def _worst(page: PageSlices) -> tuple[bool, float]:
    """Order pages by how much of the machine's text people had to change; pages that cannot be judged come last."""
    rates = [score.score for part in page.engines for name, score in part.scores.items() if _is_rate(name, score)]
    return not rates, -max(rates, default=0.0)


def _is_rate(name: str, score: Score) -> bool:
    return name == "HTER" and not score.too_few
