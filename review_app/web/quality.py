"""How far flags and risk can be trusted, in figures and charts; where checks are switched and models learned."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.checks import CHECKS
from review_app.checks.switches import switch_off, switch_on
from review_app.errors import BadInput, NotFound
from review_app.jobs.service import ask_for
from review_app.locale import N_
from review_app.quality.corrections import Narrowed, judged_engines
from review_app.quality.due import TRAIN
from review_app.quality.figures import Curve, Ratio
from review_app.quality.judged import Wanted, judged_texts
from review_app.quality.plugins import config_of, why_not
from review_app.quality.report import QualityReport, quality_report
from review_app.quality.sampling import SAMPLE_NAMES, Sample
from review_app.quality.service import LEAST_RETRAIN, MOST_RETRAIN, change_settings
from review_app.quality.training import LEAST_CORRECTIONS
from review_app.reports.behind import choice
from review_app.reports.filters import Filter, read_filter
from review_app.reports.plot import Axes, Line, Point, plot
from review_app.reports.slices import chosen_pages
from review_app.scoring.units import TOO_FEW
from review_app.web.context import actor, db, installation, open_site, send_after_commit, work
from review_app.web.htmx import go
from review_app.web.language import interface_language
from review_app.web.marking import changed, marked
from review_app.web.queue import default_language
from review_app.web.report_choices import filter_choices
from review_app.web.report_notes import notes_on
from review_app.web.report_parts import check_title, first_of, titles_of

blueprint = Blueprint("quality", __name__)

AT_ONCE = 25
"""Judged texts on a page of the list."""

N = TypeVar("N", int, float)

SHOWN_SHARES = (0.1, 0.2, 0.3, 0.5)
"""Shares of the texts that the table beside the triage curve tells of."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check as the page shows it; without enough flags in spot checks there is no share to tell."""

    name: str
    title: str
    off: bool
    right: Ratio | None
    flags: int

    @property
    def told(self) -> bool:
        """Whether there is something to tell of it: a flag that was judged, or that it is switched off."""
        return self.off or self.flags > 0


@dataclass(frozen=True, slots=True)
class CurveRow:
    """What reading so large a share of the texts finds, by risk, by chance and at best."""

    reviewed: float
    by_risk: float
    perfect: float


@blueprint.get("/sites/<site>/quality")
def overview(site: str) -> Response:
    """Show how right flags and risk were on this site's own corrections."""
    return _show(site)


@blueprint.get("/sites/<site>/quality/judged")
def judged(site: str) -> Response:
    """Show the judged texts behind a figure."""
    found = open_site(site)
    asked, first = read_filter(request.args, _language(found.languages)), first_of(request.args, AT_ONCE)
    part = request.args.get("bin", "")
    wanted = Wanted(
        known=bool(request.args.get("known")),
        bin=int(part) if part.isdecimal() and len(part) < 4 else None,
        check=choice(request.args, "check", CHECKS),
    )
    meant = _narrowed(found.id, asked)
    shown, count = judged_texts(db(), actor(), site, asked.language, wanted, first, AT_ONCE, meant)
    page = render_template(
        "reports/judged.html",
        site=found,
        language=asked.language,
        asked=asked,
        shown=shown,
        titles=titles_of({one.page_id for one in shown}),
        count=count,
        first=first,
        at_once=AT_ONCE,
        own={name: request.args[name] for name in ("known", "bin", "check") if request.args.get(name)},
        check_title=check_title(wanted.check) if wanted.check else None,
        sample_names=SAMPLE_NAMES,
        sample=asked.sample,
        changed=changed,
        marked=marked,
    )
    return make_response(page)


@blueprint.post("/sites/<site>/quality/checks/<check>/<any(off,on):verb>")
def switch(site: str, check: str, verb: str) -> Response:
    """Switch a check off at the site, or on again."""
    found = open_site(site)
    act = switch_off if verb == "off" else switch_on
    act(db(), actor(), found.id, check)
    return _back(site, "checks")


@blueprint.post("/sites/<site>/quality/settings")
def settings(site: str) -> Response:
    """Change the share of spot checks, and how often a model is learned."""
    found = open_site(site)
    try:
        share = _number(request.form.get("audit_share", ""), float) / 100
        every = _number(request.form.get("retrain_every", ""), int)
        change_settings(db(), actor(), found.id, audit_share=share, retrain_every=every)
    except BadInput as error:
        work().roll_back()
        return _show(site, error.render(gettext), 422)
    return _back(site, "learning")


@blueprint.post("/sites/<site>/quality/train")
def train(site: str) -> Response:
    """Learn from the corrections now."""
    found = open_site(site)
    payload = {"language": _language(found.languages)}
    job_id, new = ask_for(db(), actor(), TRAIN, found.id, payload, needs=Action.ADMINISTER)
    if new:
        send_after_commit(job_id)
    return go(url_for("jobs.show", job_id=job_id))


def _show(site: str, problem: str | None = None, status: int = 200) -> Response:
    found = open_site(site)
    if not found.languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    asked = read_filter(request.args, _language(found.languages))
    report = quality_report(db(), actor(), site, asked.language, _narrowed(found.id, asked))
    enough = report.accuracy is not None and report.accuracy.texts >= TOO_FEW
    page = render_template(
        "reports/quality.html",
        site=found,
        report=report,
        asked=asked,
        notes=notes_on("quality", asked),
        **filter_choices(found, asked, judged_engines(db(), found.id, asked.language)),
        enough=enough,
        too_few=TOO_FEW,
        curve=_curve_chart(report.curve) if enough and report.curve else None,
        curve_rows=_curve_rows(report.curve) if enough and report.curve else [],
        calibration=_calibration_chart(report) if enough else None,
        checks=_checks(report),
        sample_names=SAMPLE_NAMES,
        audited=report.samples.get(Sample.AUDIT, 0),
        may_administer=actor().may(Action.ADMINISTER, found.id),
        unusable=_unusable() if actor().may(Action.ADMINISTER, found.id) else [],
        least_corrections=LEAST_CORRECTIONS,
        bounds=(LEAST_RETRAIN, MOST_RETRAIN),
        problem=problem,
        form=request.form,
    )
    return make_response(page, status)


def _unusable() -> list[tuple[str, str]]:
    """Return the plug-ins that are chosen and cannot be used here, each with how that is mended."""
    config = config_of(installation().settings)
    reasons = [(name, why_not(name, config)) for name in sorted(config.names)]
    return [(name, gettext(reason.template).format(**reason.values)) for name, reason in reasons if reason]


def _narrowed(site_id: int, asked: Filter) -> Narrowed:
    return Narrowed(chosen_pages(db(), site_id, asked), asked.engine, asked.since, asked.until, asked.sample)


def _language(languages: Collection[str]) -> str:
    return request.values.get("language") or default_language(languages)


def _back(site: str, anchor: str) -> Response:
    return go(url_for("quality.overview", site=site, language=request.form.get("language"), _anchor=anchor))


def _number(text: str, read: Callable[[str], N]) -> N:
    try:
        return read(text.strip().replace(",", "."))
    except ValueError:
        raise BadInput(N_("“{text}” is not a number."), text=text[:40]) from None


def _checks(report: QualityReport) -> list[CheckRow]:
    """Return the checks, those that are known to be wrong most often first, then by title."""
    rows = []
    for found in report.checks:
        right = found.precision.right if found.precision else None
        flags = right.total if right else 0
        shown = right if flags >= TOO_FEW else None
        rows.append(CheckRow(found.name, gettext(CHECKS[found.name].title), found.off, shown, flags))
    return sorted(rows, key=lambda row: (row.right is None, row.right.share if row.right else 0, -row.flags, row.title))


def _curve_rows(curve: Curve) -> list[CurveRow]:
    by_share = {round(share, 2): number for number, share in enumerate(curve.reviewed)}
    places = [by_share[share] for share in SHOWN_SHARES]
    return [CurveRow(curve.reviewed[at], curve.by_risk[at], curve.perfect[at]) for at in places]


def _curve_chart(curve: Curve) -> str:
    lines = [
        Line(gettext("riskiest first"), tuple(zip(curve.reviewed, curve.by_risk, strict=True))),
        Line(gettext("at best: most edited first"), tuple(zip(curve.reviewed, curve.perfect, strict=True)), 1),
        Line(gettext("by chance"), ((0.0, 0.0), (1.0, 1.0)), 2),
    ]
    axes = Axes(gettext("share of the texts that is read"), gettext("share of all changed words that is found"))
    title = gettext("What reading the riskiest texts first finds")
    return plot("triage-chart", title, axes, interface_language(), lines)


def _calibration_chart(report: QualityReport) -> str | None:
    if not report.bins:
        return None
    points = [Point(one.risk, one.changed.share, one.changed.low, one.changed.high) for one in report.bins]
    lines = [Line(gettext("if the risk were exactly right"), ((0.0, 0.0), (1.0, 1.0)), 1)]
    axes = Axes(
        gettext("risk that was foretold"),
        gettext("share that people changed"),
        gettext("texts of similar risk, with 95% interval"),
    )
    title = gettext("Risk that was foretold, and what people changed")
    return plot("calibration-chart", title, axes, interface_language(), lines, points)
