"""Reports: how accurate the machine translation into a language is. What a page is about stands in its address."""

from datetime import timedelta
from typing import Any

from babel.dates import format_timedelta
from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import paths_of
from review_app.quality.sampling import SAMPLE_NAMES, Sample
from review_app.reports.export import FORMATS
from review_app.reports.filters import Filter, read_filter
from review_app.reports.service import Report, build_report
from review_app.reports.slices import Chosen, choose
from review_app.scoring.units import MIN_PAGES, TOO_FEW
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.web.context import actor, db, open_site
from review_app.web.language import interface_language
from review_app.web.marking import Mark, changed, marked
from review_app.web.report_figures import by_extent, share_parts
from review_app.web.report_parts import PARTS, SENTENCES, Part

blueprint = Blueprint("reports", __name__)

FIGURES = ("HTER", "BLEU", "chrF2++", "TER")
"""The metrics of the tables, the one a manager can picture first."""

MOST_SUGGESTED = 200
"""Paths that the filter suggests while somebody types."""

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.app_context_processor
def _menu() -> dict[str, Any]:
    """Give every page what the reports' menu takes: the page about flags and risk has the same one."""
    blueprint_name, _, page = (request.endpoint or "").partition(".")
    tabs = {part.endpoint: part.label for part in PARTS.values()}
    return {"tabs": tabs, "tab": page if blueprint_name == "reports" else ""}


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
    return _page(site, "overview")


@blueprint.get("/sites/<site>/reports/engines")
def engines(site: str) -> Response:
    """Show the engines side by side, and where two of them differ most."""
    return _page(site, "engines")


@blueprint.get("/sites/<site>/reports/pages")
def page_list(site: str) -> Response:
    """Show the pages, those that people had to change most first, with what is left to do."""
    return _page(site, "pages")


@blueprint.get("/sites/<site>/reports/errors")
def error_types(site: str) -> Response:
    """Show which types of errors the checks found, and examples of one of them."""
    return _page(site, "errors")


@blueprint.get("/sites/<site>/reports/trend")
def over_time(site: str) -> Response:
    """Show week by week or month by month how much people had to change."""
    return _page(site, "trend")


@blueprint.get("/sites/<site>/reports/languages")
def by_language(site: str) -> Response:
    """Show the site's languages side by side."""
    return _page(site, "languages")


@blueprint.get("/sites/<site>/reports/reviewing")
def reading(site: str) -> Response:
    """Show how much is read, and how long pages wait for approval; nothing per person."""
    return _page(site, "reviewing")


@blueprint.get("/sites/<site>/reports/readers")
def from_readers(site: str) -> Response:
    """Show what readers have reported."""
    return _page(site, "readers")


@blueprint.get("/sites/<site>/reports/method")
def method(site: str) -> Response:
    """Say how everything is measured: metrics, signatures, samples, assumptions."""
    return _page(site, "method")


@blueprint.get("/sites/<site>/reports/sentences")
def sentences(site: str) -> Response:
    """Show the sentences behind a figure, those that people changed most first."""
    return _page(site, "sentences")


@blueprint.get("/sites/<site>/reports.<any(csv,json,xlsx):ending>")
def as_file(site: str, ending: str) -> Response:
    """Give the scores as a file; a mark of UTF-8 makes spreadsheets read CSV as such."""
    report = build_report(db(), actor(), site, _asked(site))
    data = FORMATS[ending](report)
    return _download(b"\xef\xbb\xbf" + data if ending == "csv" else data, report, ending)


def _page(site: str, name: str) -> Response:
    chosen = choose(db(), actor(), site, _asked(site))
    part: Part = PARTS.get(name, SENTENCES)
    return make_response(
        render_template(
            f"reports/{name}.html",
            **_about(chosen),
            **part.build(chosen, request.args),
            languages=sorted(chosen.site.languages),
            paths=[path for _, path in paths_of(db(), chosen.site.id)][:MOST_SUGGESTED],
            engine_names=chosen.segments.engines(),
            samples=[(str(sample), gettext(SAMPLE_NAMES[sample])) for sample in Sample],
            classes=[(str(code), gettext(name)) for code, name in CONTENT_CLASS_NAMES.items()],
        )
    )


def _about(chosen: Chosen) -> dict[str, Any]:
    return {"site": chosen.site, "chosen": chosen, "asked": chosen.filter}


def _asked(site: str) -> Filter:
    languages = sorted(open_site(site).languages)
    if not languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    return read_filter(request.args, "en" if "en" in languages else languages[0])


def _duration(time: timedelta) -> str:
    return str(format_timedelta(time, locale=interface_language(), threshold=1.5))


def _download(body: bytes, report: Report, ending: str) -> Response:
    response = make_response(body)
    chosen = report.chosen
    response.headers["Content-Type"] = CONTENT_TYPES[ending]
    name = f"{chosen.site.slug}-{chosen.filter.language}-{chosen.made_at:%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
