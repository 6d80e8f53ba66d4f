"""Where approvers and administrators have errors marked: rounds, who marks them, how far they are; how errors weigh."""

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.annotations import service
from review_app.annotations.marks import Protocol
from review_app.annotations.sampling import OUTPUTS_NAMES, SAMPLED_NAMES, Outputs, Sampled
from review_app.annotations.service import MOST_TEXTS, Plan
from review_app.annotations.settings import Settings, change_settings, settings_of
from review_app.annotations.weights import Weights
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.queue import default_language

blueprint = Blueprint("rounds", __name__)

Choice = TypeVar("Choice", bound=StrEnum)

PAGE = "/sites/<site>/rounds"
ONE = PAGE + "/<int:round_id>"

PROPOSED = 100
"""Sentences of a round, unless somebody says otherwise: about two hours for one person."""

PROTOCOL_NAMES = {
    Protocol.ESA: N_("places and how bad they are (ESA)"),
    Protocol.MQM: N_("also which kind of error each is (MQM)"),
}

WEIGHT_NAMES = {
    "minor": N_("A minor error"),
    "major": N_("A major error"),
    "critical": N_("A critical error"),
    "minor_punctuation": N_("A minor error of punctuation"),
    "non_translation": N_("No translation at all"),
}


@blueprint.get(PAGE)
def show(site: str) -> Response:
    """List the rounds of a site, with the form that opens one, and how errors are marked and weighed."""
    return _shown(_assigning(site))


@blueprint.post(PAGE)
def start(site: str) -> Response:
    """Open a round with texts drawn by lot."""
    found, form = _assigning(site), request.form
    try:
        plan = Plan(
            language=form.get("language", "")[:35],
            name=form.get("name", ""),
            size=int(_number(form.get("size", ""))),
            annotators=form.getlist("annotator", type=int),
            sampled=_choice(Sampled, form.get("sampled", "")),
            outputs=_choice(Outputs, form.get("outputs", "")),
        )
        service.open_round(db(), actor(), found.id, plan)
    except BadInput as error:
        work().roll_back()
        return _shown(found, error)
    return _back(site, "round-opened")


@blueprint.post(ONE + "/give")
def give(site: str, round_id: int) -> Response:
    """Let more people mark a round."""
    found = _assigning(site)
    try:
        service.give_round(db(), actor(), found.id, round_id, request.form.getlist("annotator", type=int))
    except BadInput as error:
        work().roll_back()
        return _shown(found, error)
    return _back(site, "saved")


@blueprint.post(ONE + "/close")
def close(site: str, round_id: int) -> Response:
    """Close a round: its marks count from now on."""
    found = _assigning(site)
    service.close_round(db(), actor(), found.id, round_id)
    return _back(site, "round-closed")


@blueprint.post(PAGE + "/settings")
def settings(site: str) -> Response:
    """Change how errors are marked in the next rounds, and how they are weighed in reports."""
    found, form = _assigning(site), request.form
    actor().require(Action.ADMINISTER, found.id)
    try:
        weights = Weights(**{name: _number(form.get(name, "")) for name in WEIGHT_NAMES})
        change_settings(db(), actor(), found.id, Settings(_choice(Protocol, form.get("protocol", "")), weights))
    except BadInput as error:
        work().roll_back()
        return _shown(found, error)
    return _back(site, "saved")


def _shown(site: SiteView, problem: BadInput | None = None) -> Response:
    form = request.form
    page = render_template(
        "annotations/rounds.html",
        site=site,
        language=form.get("language") or request.args.get("language") or default_language(site.languages),
        rounds=service.rounds_of(db(), actor(), site.id),
        people=service.annotators_for(db(), site.id),
        chosen=set(form.getlist("annotator", type=int)),
        settings=settings_of(db(), site.id),
        may_administer=actor().may(Action.ADMINISTER, site.id),
        form=form,
        problem=problem.render(gettext) if problem else None,
        proposed=PROPOSED,
        most=MOST_TEXTS,
        sampled_names=SAMPLED_NAMES,
        outputs_names=OUTPUTS_NAMES,
        protocol_names=PROTOCOL_NAMES,
        weight_names=WEIGHT_NAMES,
    )
    return make_response(page, status_of(problem) if problem else 200)


def _assigning(slug: str) -> SiteView:
    site = open_site(slug)
    actor().require(Action.ASSIGN, site.id)
    return site


def _back(site: str, told: str) -> Response:
    return go(url_for("rounds.show", site=site, language=request.form.get("language"), told=told))


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise BadInput(N_("“{text}” is not a number."), text=text[:40]) from None


def _choice(kind: type[Choice], text: str) -> Choice:
    try:
        return kind(text)
    except ValueError:
        raise BadInput(N_("“{text}” is not one of {choices}."), text=text[:40], choices=", ".join(kind)) from None
