"""The queue page: which passages to read first, across the pages of a site, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request, url_for

from review_app.errors import NotFound
from review_app.locale import N_
from review_app.review.queue import Queued, queue
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.web.context import actor, db, open_site
from review_app.web.risk import RiskWords, risk_words

blueprint = Blueprint("queue", __name__)

MOST_ROWS = 40
"""Passages shown at a time: more than anybody reads in a day; they are ordered anew after each visit."""


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of the queue as it is shown."""

    item: Queued
    address: str
    told: RiskWords | None


@blueprint.get("/sites/<site>/queue")
def show(site: str) -> Response:
    """Show what waits in a language."""
    found = open_site(site)
    if not found.languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    language = request.args.get("language") or default_language(found.languages)
    waiting = queue(db(), actor(), site, language, MOST_ROWS)
    return make_response(
        render_template(
            "review/queue.html",
            site=found,
            language=language,
            languages=sorted(found.languages),
            queue=waiting,
            lines=[_line(site, language, item) for item in waiting.passages],
            class_names=CONTENT_CLASS_NAMES,
            spot_checks=[_line(site, language, item) for item in waiting.spot_checks],
        )
    )


def default_language(languages: Iterable[str]) -> str:
    """Return the language that is shown when none is asked for."""
    tags = sorted(languages)
    return "en" if "en" in tags else tags[0]


def _line(site: str, language: str, item: Queued) -> Line:
    address = url_for(
        "review.bench",
        site=site,
        page_id=item.page_id,
        language=language,
        show="risk",
        segment=item.key,
        _anchor=f"s-{item.key}",
    )
    return Line(item, address, risk_words(item.risk) if item.risk else None)
