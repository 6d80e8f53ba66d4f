"""Reports: how accurate the machine translation into a language is. What a page is about stands in its address."""

from datetime import timedelta
from typing import Any

from babel.dates import format_timedelta
from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.errors import NotFound
from review_app.locale import N_
from review_app.quality.sampling import SAMPLE_NAMES
from review_app.reports.filters import FIELDS, Filter, read_filter
from review_app.reports.ordered import Order, by_job, made_file, order
from review_app.reports.pdf import is_installed
from review_app.reports.schema import json_schema
from review_app.reports.slices import choose
from review_app.scoring.rows import DRAFTING_ONLY
from review_app.scoring.units import MIN_PAGES, TOO_FEW
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.web.context import actor, db, open_site, send_after_commit
from review_app.web.htmx import go
from review_app.web.language import interface_language
from review_app.web.marking import Mark, changed, marked
from review_app.web.report_choices import filter_choices
from review_app.web.report_figures import by_extent, share_parts
from review_app.web.report_files import as_data, as_html, file_name
from review_app.web.report_lists import LISTS
from review_app.web.report_notes import notes_on
from review_app.web.report_parts import MORE, PARTS, Part

blueprint = Blueprint("reports", __name__)

FIGURES = ("HTER", "BLEU", "chrF2++", "TER")
"""The metrics of the tables, the one a manager can picture first."""

FILES = (("html", "HTML"), ("pdf", "PDF"), ("xlsx", N_("Spreadsheet (XLSX)")), ("csv", "CSV"), ("json", "JSON"))
"""The files that a page of the reports, and all of them together, are given as: ending and name."""

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
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
        "class_names": CONTENT_CLASS_NAMES,
        "too_few": TOO_FEW,
        "min_pages": MIN_PAGES,
        "figures": FIGURES,
        "behind": _behind,
        "drafting_only": DRAFTING_ONLY,
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


@blueprint.get("/sites/<site>/reports/marked")
def marked_errors(site: str) -> Response:
    """Show what people marked in the machines' raw texts, and examples of one kind of error."""
    return _page(site, "marked")


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


@blueprint.get("/sites/<site>/reports/standing")
def standing(site: str) -> Response:
    """Show the sentences of the pages as they stand, those that are read, and those that are not."""
    return _page(site, "standing")


@blueprint.get("/sites/<site>/reports/readings")
def readings(site: str) -> Response:
    """Show what people have read in a time; nothing per person."""
    return _page(site, "readings")


@blueprint.get("/sites/<site>/reports/submissions")
def submissions(site: str) -> Response:
    """Show which pages were submitted for approval, and their answers."""
    return _page(site, "submissions")


@blueprint.get("/sites/<site>/reports/versions")
def versions(site: str) -> Response:
    """Show which pages have changed on the website."""
    return _page(site, "versions")


@blueprint.get("/sites/<site>/reports.<any(html,csv,json,xlsx):ending>")
def as_file(site: str, ending: str) -> Response:
    """Give the whole report as a file: every page as HTML, the scores as data; a job makes PDF (``order_file``)."""
    chosen = choose(db(), actor(), site, _asked(site))
    content = as_html(chosen, None, {}) if ending == "html" else as_data(chosen, None, {}, ending)
    return _download(file_name(chosen, None, ending), content)


@blueprint.get("/sites/<site>/reports/<part>.<any(html,csv,json,xlsx):ending>")
def part_as_file(site: str, part: str, ending: str) -> Response:
    """Give one page of the reports as a file."""
    _require_part(part)
    chosen, asked = choose(db(), actor(), site, _asked(site)), request.args
    content = as_html(chosen, part, asked) if ending == "html" else as_data(chosen, part, asked, ending)
    return _download(file_name(chosen, part, ending), content)


@blueprint.post("/sites/<site>/reports/files")
def order_file(site: str) -> Response:
    """Ask for a file that takes longer than a click."""
    form, part = request.form, request.form.get("part") or None
    ending = form.get("ending", "")
    if part is not None:
        _require_part(part)
    if ending not in CONTENT_TYPES or (ending == "pdf" and not is_installed()):
        raise NotFound(N_("There is no such page."))
    wanted = Order(
        site=open_site(site).slug,
        filter=read_filter(form, form.get("language", "")),
        part=part,
        ending=ending,
        interface=interface_language(),
        asked={name: form[name] for name in MORE if form.get(name)},
    )
    job_id, new = order(db(), actor(), wanted)
    if new:
        send_after_commit(job_id)
    return go(url_for("jobs.show", job_id=job_id))


@blueprint.get("/sites/<site>/reports/files/<job_id>")
def made(site: str, job_id: str) -> Response:
    """Give a file that a job has made."""
    open_site(site)
    return _download(*made_file(db(), actor(), job_id))


@blueprint.get("/reports.schema.json")
def schema() -> Response:
    """Give the JSON schema of the reports' JSON files."""
    return make_response(json_schema(), 200, {"Content-Type": "application/schema+json"})


def _page(site: str, name: str) -> Response:
    chosen = choose(db(), actor(), site, _asked(site))
    part: Part = PARTS.get(name) or LISTS[name]
    return make_response(
        render_template(
            f"reports/{name}.html",
            site=chosen.site,
            chosen=chosen,
            asked=chosen.filter,
            **part.build(chosen, request.args),
            layout="base.html",
            part=name,
            notes=notes_on(name, chosen.filter),
            own_query=chosen.filter.query() | {name: request.args[name] for name in MORE if name in request.args},
            files=_files(name),
            by_job=by_job(chosen.segments, list(CONTENT_TYPES)),
            **filter_choices(chosen.site, chosen.filter, chosen.engines),
        )
    )


def _files(name: str) -> list[tuple[str, str]]:
    """Return the files that a page is given as, ending and name; most lists are for the screen alone."""
    if name not in {*PARTS, "sentences"}:
        return []
    return [(ending, gettext(label)) for ending, label in FILES if ending != "pdf" or is_installed()]


def _behind(site: str, asked: Filter, of: str | None = None, **changes: str | None) -> str:
    """Return the address of the scored sentences behind a figure; some metrics rest on drafts alone."""
    which = "drafted" if of in DRAFTING_ONLY else None
    filtered = asked.query(**{name: value for name, value in changes.items() if name in FIELDS})
    own = {"which": which} | {name: value for name, value in changes.items() if name not in FIELDS}
    values: dict[str, Any] = {name: value for name, value in own.items() if value} | filtered
    return url_for("reports.sentences", site=site, **values)


def _asked(site: str) -> Filter:
    languages = sorted(open_site(site).languages)
    if not languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    return read_filter(request.args, "en" if "en" in languages else languages[0])


def _duration(time: timedelta) -> str:
    return str(format_timedelta(time, locale=interface_language(), threshold=1.5))


def _require_part(part: str) -> None:
    if part not in {*PARTS, "sentences"}:
        raise NotFound(N_("There is no such page."))


def _download(name: str, content: bytes) -> Response:
    """Give a file; a mark of UTF-8 makes spreadsheets read CSV as such."""
    ending = name.rpartition(".")[2]
    response = make_response(b"\xef\xbb\xbf" + content if ending == "csv" else content)
    response.headers["Content-Type"] = CONTENT_TYPES[ending]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
