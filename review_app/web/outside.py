"""The workplace of outside translators: their jobs, the pages of one, and the bench of a page. Nothing else.

The bench is the colleagues': its views stand once more under the job's address, where they are lent the page for the
length of a request. A job's address says neither site nor language, so that there is nothing in it to guess.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template

from review_app.commissions import working
from review_app.commissions.bands import BAND_NAMES, words_of
from review_app.web import review
from review_app.web.commissions import counts_as_csv
from review_app.web.context import actor, db, enter_job
from review_app.web.twins import TWINS

blueprint = Blueprint("outside", __name__)
blueprint.context_processor(review.in_every_template)

ONE = "/commissions/<int:commission_id>"
PAGE = ONE + "/pages/<int:page_id>"


@blueprint.get("/commissions")
def mine() -> Response:
    """List one's jobs."""
    page = render_template("commissions/mine.html", jobs=working.own_commissions(db(), actor()), words_of=words_of)
    return make_response(page)


@blueprint.get(ONE)
def one(commission_id: int) -> Response:
    """Show a job: its pages, how far they are, and the words by match band."""
    job = working.own_commission(db(), actor(), commission_id)
    page = render_template(
        "commissions/one.html",
        job=job,
        heads=working.own_heads(db(), job),
        band_names=BAND_NAMES,
        words_of=words_of,
    )
    return make_response(page)


@blueprint.get(ONE + "/words.csv")
def table(commission_id: int) -> Response:
    """Give a job's words by match band as CSV."""
    return counts_as_csv(working.own_commission(db(), actor(), commission_id))


def add_twins(app: Flask) -> None:
    """Let the bench stand under the job's address, too, as ``TWINS`` says."""
    for rule in list(app.url_map.iter_rules()):
        if rule.endpoint in TWINS:
            rest = rule.rule.removeprefix(review.PAGE).removeprefix("/sites/<site>")
            app.add_url_rule(
                PAGE + rest,
                endpoint=TWINS[rule.endpoint],
                view_func=_lent(app.view_functions[rule.endpoint], rule.arguments),
                methods=(rule.methods or set()) - {"HEAD", "OPTIONS"},
            )


def _lent(view: Callable[..., Any], arguments: set[str]) -> Callable[..., Any]:
    """Return the view for somebody who is lent the page that it is about."""

    @wraps(view)
    def twin(commission_id: int, page_id: int, **values: Any) -> Any:
        job, holder = working.lent(db(), actor(), commission_id, page_id)
        enter_job(job, holder)
        values |= {"site": job.site_slug, "page_id": page_id, "language": job.language}
        return view(**{name: values[name] for name in arguments})

    return twin
