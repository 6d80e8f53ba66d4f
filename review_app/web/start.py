"""The start page: what this person should do next, what waits for their word, what came back; one click into each."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template

from review_app.accounts.permissions import Action
from review_app.review.decisions import returned, waiting
from review_app.review.service import today
from review_app.review.views import PageHead
from review_app.web.context import actor, current_site, db
from review_app.web.navigation import may_somewhere

blueprint = Blueprint("start", __name__)

MOST_ROWS = 12
"""Rows of "With you": the most urgent; the rest is in the matrix."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A person's work in one sentence: flagged and risky passages, spot checks, minutes, on how many pages."""

    passages: int
    spot_checks: int
    minutes: int
    pages: int
    first: PageHead | None


def plan(heads: Sequence[PageHead]) -> Plan:
    """Sum up what is left; the first page is the most urgent one that has a text to correct."""
    return Plan(
        passages=sum(head.risky for head in heads),
        spot_checks=sum(head.spot_checks for head in heads),
        minutes=sum(head.minutes_left for head in heads),
        pages=len({(head.page_id, head.language) for head in heads}),
        first=next((head for head in heads if head.has_work), None),
    )


@blueprint.get("/")
def home() -> Response:
    """Show what to do next."""
    me = actor()
    heads = [head for head in today(db(), me) if head.segments]
    mine = [head for head in heads if head.has_work]
    return make_response(
        render_template(
            "start/home.html",
            plan=plan(mine),
            heads=mine[:MOST_ROWS],
            more=len(mine) - MOST_ROWS,
            untranslated=len(heads) - len(mine),
            waiting=waiting(db(), me),
            returned=returned(db(), me),
            site=current_site(),
            corrects=may_somewhere(me, Action.CORRECT),
            approves=may_somewhere(me, Action.APPROVE),
            imports=may_somewhere(me, Action.IMPORT),
        )
    )


@blueprint.get("/approvals")
def approvals() -> Response:
    """Show every submission this person may decide on."""
    return make_response(render_template("start/approvals.html", waiting=waiting(db(), actor())))
