"""The address that a publishing system calls when a page has changed. It has the site's secret and does not sign in."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, make_response, request

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.errors import BadInput, NotSignedIn
from review_app.jobs.service import ask_for
from review_app.locale import N_
from review_app.pages.addresses import read_url
from review_app.sites.service import get_site, may_push
from review_app.web.context import db, send_after_commit
from review_app.web.security import csrf
from review_app.web.throttle import FREE_TRIES, count_failed, own_network, seconds_to_wait

blueprint = Blueprint("push", __name__)
csrf.exempt(blueprint)


@blueprint.post("/push/<site>")
def push(site: str) -> Response:
    """Have one page looked at again: 202, and a job. The secret stands in the header ``Authorization: Bearer …``."""
    who = f"push {own_network()}"
    if seconds_to_wait({who: FREE_TRIES}):
        return make_response("", 429)
    found = get_site(db(), site)
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not may_push(db(), found.id, token.strip()):
        count_failed(who)
        raise NotSignedIn(N_("This address needs the site's push secret."))
    given = request.get_json(silent=True) if request.is_json else request.form
    url = str((given or {}).get("url", "")).strip()[:2000]
    own_host = (urlsplit(found.base_url).hostname or "").lower()
    if read_url(url, {own_host}).host != own_host:
        raise BadInput(N_("“{url}” is not an address of this site's website."), url=url[:200])
    job_id, new = ask_for(db(), COMMAND_LINE, "sync_site", found.id, {"url": url}, needs=Action.IMPORT)
    if new:
        send_after_commit(job_id)
    return make_response(jsonify(job=job_id), 202)
