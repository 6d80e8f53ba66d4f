"""Reports: how accurate the machine translation into a language is. What a page is about stands in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from babel.dates import format_timedelta
from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.checks import CHECKS
from review_app.checks.documentation import docstring, paragraphs
from review_app.checks.finding import Severity
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.service import pages_by_id, paths_of
from review_app.quality.sampling import SAMPLE_NAMES, Sample
from review_app.reports import errors, examples, pages, readers
from review_app.reports.edits import SMALL_EDIT, of_hundred
from review_app.reports.engines import compare_engines
from review_app.reports.export import FORMATS
from review_app.reports.filters import Filter, read_filter
from review_app.reports.languages import language_lines
from review_app.reports.overview import build_overview
from review_app.reports.reviewing import reviewing
from review_app.reports.service import Report, build_report
from review_app.reports.shares import SIZES, Shares
from review_app.reports.slices import Chosen, Extent, choose, engine_slices
from review_app.reports.trend import Step, trend
from review_app.scoring.bootstrap import Interval
from review_app.scoring.comparison import Comparison
from review_app.scoring.metrics import METRICS
from review_app.scoring.units import MIN_PAGES, TOO_FEW
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.web.checks import CATEGORY_NAMES
from review_app.web.context import actor, db, open_site
from review_app.web.language import interface_language
from review_app.web.marking import Mark, changed, marked
from review_app.web.report_charts import edit_labels, engine_chart, period_name, share_chart, trend_chart

blueprint = Blueprint("reports", __name__)

FIGURES = ("HTER", "BLEU", "chrF2++", "TER")
"""The metrics of the tables, the one a manager can picture first."""

CERTAIN = 0.05
"""Below this p, corrected for all comparisons, chance is no good explanation."""

MOST_SUGGESTED = 200
"""Paths that the filter suggests while somebody types."""

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

TABS = {
    "overview": N_("Overview"),
    "engines": N_("Engines"),
    "page_list": N_("Pages"),
    "error_types": N_("Error types"),
    "over_time": N_("Trend"),
    "by_language": N_("Languages"),
    "reading": N_("Reviewing"),
    "from_readers": N_("Readers"),
    "method": N_("Method"),
}
"""The pages of the reports, by the end of their endpoint, in the order of the menu."""


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

    size: str
    label: str
    count: int
    of_hundred: int
    interval: Interval | None


@blueprint.app_context_processor
def _menu() -> dict[str, Any]:
    """Give every page what the reports' menu takes: the page about flags and risk has the same one."""
    blueprint_name, _, page = (request.endpoint or "").partition(".")
    return {"tabs": TABS, "tab": page if blueprint_name == "reports" else ""}


@blueprint.context_processor
def _in_every_template() -> dict[str, Any]:
    return {
        "sample_names": SAMPLE_NAMES,
        "too_few": TOO_FEW,
        "min_pages": MIN_PAGES,
        "figures": FIGURES,
        "rests_on": lambda part: by_extent(part.extents),
        "share_parts": share_parts,
        "duration": _duration,
        "changed": changed,
        "marked": marked,
        "marks_of": lambda one: [Mark(one.span, one.severity)] if one.span else [],
    }


@blueprint.get("/sites/<site>/reports")
def overview(site: str) -> Response:
    """Show how accurate the translation is, whether it gets better, and what to do next."""
    chosen = _chosen(site)
    found = build_overview(db(), chosen)
    return _page(
        "overview",
        chosen,
        overview=found,
        shares=share_chart(found.shares.counts),
        trend=trend_chart(found.months, Step.MONTH),
        of_hundred=of_hundred(found.shares.counts.sizes),
    )


@blueprint.get("/sites/<site>/reports/engines")
def engines(site: str) -> Response:
    """Show the engines side by side, and where two of them differ most."""
    chosen = _chosen(site)
    slices, comparisons = engine_slices(chosen.segments), compare_engines(chosen.segments)
    pairs = list(dict.fromkeys((one.a, one.b) for one in comparisons))
    asked = (request.args.get("a", ""), request.args.get("b", ""))
    pair = asked if asked in pairs else next(iter(pairs), None)
    return _page(
        "engines",
        chosen,
        slices=slices,
        chart=engine_chart(slices, chosen.filter.language),
        verdicts=[verdict(one) for one in comparisons],
        pairs=pairs,
        pair=pair,
        differences=examples.differences(db(), chosen.segments, *pair) if pair else [],
    )


@blueprint.get("/sites/<site>/reports/pages")
def page_list(site: str) -> Response:
    """Show the pages, those that people had to change most first, with what is left to do."""
    chosen, first = _chosen(site), _first(pages.AT_ONCE)
    lines, count = pages.page_lines(db(), chosen, first)
    return _page("pages", chosen, lines=lines, count=count, first=first, at_once=pages.AT_ONCE)


@blueprint.get("/sites/<site>/reports/errors")
def error_types(site: str) -> Response:
    """Show which types of errors the checks found, and examples of one of them."""
    chosen = _chosen(site)
    where = chosen.site.id, chosen.filter.language, chosen.page_ids
    category, severity, check = (request.args.get(name) for name in ("category", "severity", "check"))
    shown = (
        errors.examples_of(db(), *where, category=category, severity=_severity(severity), check=check)
        if category or check
        else []
    )
    return _page(
        "errors",
        chosen,
        types=errors.error_types(db(), *where),
        shown=shown,
        shown_pages=_titles({one.page_id for one in shown}),
        category=category,
        severity=severity,
        check=check,
        category_name=lambda name: gettext(CATEGORY_NAMES.get(name, name)),
        check_name=lambda name: gettext(paragraphs(docstring(CHECKS[name].look))[0]) if name in CHECKS else name,
        most=errors.MOST_EXAMPLES,
    )


@blueprint.get("/sites/<site>/reports/trend")
def over_time(site: str) -> Response:
    """Show week by week or month by month how much people had to change."""
    chosen = _chosen(site)
    step = Step.WEEK if request.args.get("step") == Step.WEEK else Step.MONTH
    periods = trend(db(), chosen.site.id, chosen.segments, chosen.page_ids, step)
    names = [(period, period_name(period, step)) for period in periods]
    return _page("trend", chosen, periods=names, step=step, steps=tuple(Step), chart=trend_chart(periods, step))


@blueprint.get("/sites/<site>/reports/languages")
def by_language(site: str) -> Response:
    """Show the site's languages side by side."""
    chosen = _chosen(site)
    return _page("languages", chosen, lines=language_lines(db(), chosen))


@blueprint.get("/sites/<site>/reports/reviewing")
def reading(site: str) -> Response:
    """Show how much is read, and how long pages wait for approval; nothing per person."""
    chosen = _chosen(site)
    found = reviewing(db(), chosen.site.id, chosen.filter.language, chosen.page_ids)
    return _page("reviewing", chosen, reviewing=found)


@blueprint.get("/sites/<site>/reports/readers")
def from_readers(site: str) -> Response:
    """Show what readers have reported."""
    chosen = _chosen(site)
    found = readers.reader_reports(db(), chosen.site.id, chosen.filter.language, chosen.page_ids)
    titles = _titles({report.page_id for report in found.newest})
    return _page("readers", chosen, reports=found, titles=titles, most=readers.MOST_SHOWN)


@blueprint.get("/sites/<site>/reports/method")
def method(site: str) -> Response:
    """Say how everything is measured: metrics, signatures, samples, assumptions."""
    chosen = _chosen(site)
    slices = engine_slices(chosen.segments, sure=False)
    return _page("method", chosen, slices=slices, metrics=METRICS, small_edit=SMALL_EDIT)


@blueprint.get("/sites/<site>/reports/sentences")
def sentences(site: str) -> Response:
    """Show the sentences behind a figure, those that people changed most first."""
    chosen, first, size = _chosen(site), _first(examples.AT_ONCE), request.args.get("size")
    if size is not None and size not in SIZES:
        raise BadInput(N_("“{text}” is not one of {choices}."), text=size[:40], choices=", ".join(SIZES))
    segments = examples.of_size(chosen.segments, size)
    shown = examples.sentences(db(), segments, first)
    return _page(
        "sentences",
        chosen,
        sentences=shown,
        titles=_titles({one.page_id for one in shown}),
        count=len(segments),
        first=first,
        at_once=examples.AT_ONCE,
        size=size,
        sizes=dict(zip(SIZES, edit_labels(), strict=True)),
    )


@blueprint.get("/sites/<site>/reports.<any(csv,json,xlsx):ending>")
def as_file(site: str, ending: str) -> Response:
    """Give the scores as a file; a mark of UTF-8 makes spreadsheets read CSV as such."""
    report = _report(site)
    data = FORMATS[ending](report)
    return _download(b"\xef\xbb\xbf" + data if ending == "csv" else data, report, ending)


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


def share_parts(shares: Shares) -> list[SharePart]:
    """Return the rows of the table beside a share bar."""
    intervals = shares.intervals or (None, None, None)
    sizes = shares.counts.sizes
    return [SharePart(*row) for row in zip(SIZES, edit_labels(), sizes, of_hundred(sizes), intervals, strict=True)]


def _page(name: str, chosen: Chosen, **values: Any) -> Response:
    paths = [path for _, path in paths_of(db(), chosen.site.id)]
    return make_response(
        render_template(
            f"reports/{name}.html",
            site=chosen.site,
            chosen=chosen,
            asked=chosen.filter,
            languages=sorted(chosen.site.languages),
            paths=paths[:MOST_SUGGESTED],
            engine_names=chosen.segments.engines(),
            samples=[(str(sample), gettext(SAMPLE_NAMES[sample])) for sample in Sample],
            classes=[(str(code), gettext(name)) for code, name in CONTENT_CLASS_NAMES.items()],
            **values,
        )
    )


def _chosen(site: str) -> Chosen:
    return choose(db(), actor(), site, _asked(site))


def _report(site: str) -> Report:
    return build_report(db(), actor(), site, _asked(site))


def _asked(site: str) -> Filter:
    languages = sorted(open_site(site).languages)
    if not languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    return read_filter(request.args, "en" if "en" in languages else languages[0])


def _first(at_once: int) -> int:
    """Return the place of the first row of the page of a list that the address asks for; pages count from 1."""
    number = request.args.get("nr", "1")
    return (max(1, int(number)) - 1) * at_once if number.isdecimal() and len(number) < 10 else 0


def _severity(name: str | None) -> Severity | None:
    return Severity(name) if name in set(Severity) else None


def _titles(page_ids: set[int]) -> dict[int, str]:
    return {page.id: page.title for page in pages_by_id(db(), page_ids)}


def _duration(time: timedelta) -> str:
    return str(format_timedelta(time, locale=interface_language(), threshold=1.5))


def _download(body: bytes, report: Report, ending: str) -> Response:
    response = make_response(body)
    chosen = report.chosen
    response.headers["Content-Type"] = CONTENT_TYPES[ending]
    name = f"{chosen.site.slug}-{chosen.filter.language}-{chosen.made_at:%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
