"""The approved versions of a page: a list, one of them as it read, two compared, and one before the public again."""

from flask import Blueprint, Response, make_response, render_template, request, url_for

from review_app.accounts.permissions import Action
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import get_page
from review_app.publishing.versions import Version, roll_back, versions
from review_app.web import bench_context, desk_page
from review_app.web.address import Address
from review_app.web.context import actor, db, open_site
from review_app.web.htmx import go

blueprint = Blueprint("versions", __name__)

VERSIONS = "/sites/<site>/pages/<int:page_id>/<language>/versions"


@blueprint.get(VERSIONS)
def show(site: str, page_id: int, language: str) -> Response:
    """List what was approved; show one of them, with what leads to it from another, if that is asked for."""
    found, page = open_site(site), get_page(db(), page_id)
    if page.site_id != found.id or language not in found.languages:
        raise NotFound(N_("There is no such page."))
    listed = versions(db(), actor(), page_id, language)
    chosen, against = _asked(listed, "show"), _asked(listed, "against")
    return make_response(
        render_template(
            "review/versions.html",
            site=found,
            page=page,
            at=Address(site, page_id, language),
            versions=listed,
            unseen=bench_context.UNSEEN,
            kind_word=bench_context.kind_word,
            chosen=chosen,
            against=against,
            may_publish=actor().may(Action.PUBLISH, found.id, language),
            sheet=desk_page.sheet(chosen.submission_id, against.submission_id if against else None) if chosen else None,
        )
    )


@blueprint.post(VERSIONS + "/<int:submission_id>/publish")
def publish_again(site: str, page_id: int, language: str, submission_id: int) -> Response:
    """Put an approved version before the public again."""
    found = open_site(site)
    actor().require(Action.PUBLISH, found.id, language)
    if submission_id not in {version.submission_id for version in versions(db(), actor(), page_id, language)}:
        raise NotFound(N_("There is no such submission."))
    roll_back(db(), actor(), submission_id)
    return go(url_for("versions.show", site=site, page_id=page_id, language=language, told="rolled_back"))


def _asked(listed: list[Version], name: str) -> Version | None:
    """Return the version that the address names, if it is one of these."""
    number = request.args.get(name, type=int)
    return next((version for version in listed if version.submission_id == number), None)
