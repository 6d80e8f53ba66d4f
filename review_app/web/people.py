"""Pages of a site's people: who they are, what they may do, in which languages."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts import invitations, membership
from review_app.accounts.permissions import BY_LANGUAGE, ROLE_NAMES, Action, Role
from review_app.errors import BadInput, ReviewAppError
from review_app.locale import N_
from review_app.notifications.links import kept_link
from review_app.notifications.mail import can_send, send
from review_app.settings import link_key
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, installation, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.language import day, interface_language

blueprint = Blueprint("people", __name__)

PAGE = "/sites/<site>/people"
ONE = PAGE + "/<int:person_id>"
INVITATION = PAGE + "/invitations/<int:invitation_id>"


@blueprint.get(PAGE)
def show(site: str) -> Response:
    """List the people of a site."""
    return _list(_administered(site))


@blueprint.post(PAGE)
def invite(site: str) -> Response:
    """Invite somebody to the site, with roles and languages."""
    found, form = _administered(site), request.form
    try:
        letter = invitations.invite(
            db(),
            actor(),
            found.id,
            email=form.get("email", "")[:320],
            name=form.get("name", "")[:200],
            roles=read_roles(form.getlist("role")),
            key=link_key(installation().settings),
        )
    except ReviewAppError as error:
        work().roll_back()
        return _list(found, error.render(gettext), status_of(error))
    return _sent(found, letter)


@blueprint.post(INVITATION + "/again")
def again(site: str, invitation_id: int) -> Response:
    """Give an invitation a new link."""
    found, key = _administered(site), link_key(installation().settings)
    return _sent(found, invitations.send_again(db(), actor(), found.id, invitation_id, key=key))


@blueprint.post(INVITATION + "/withdraw")
def revoke(site: str, invitation_id: int) -> Response:
    """Take an invitation back."""
    found = _administered(site)
    invitations.revoke(db(), actor(), found.id, invitation_id)
    return go(url_for("people.show", site=site, told="revoked"))


@blueprint.get(ONE)
def one(site: str, person_id: int) -> Response:
    """Show what a person may do at the site, with the form that changes it."""
    return _one(_administered(site), person_id)


@blueprint.post(ONE)
def change(site: str, person_id: int) -> Response:
    """Give a person exactly the roles that are ticked."""
    found = _administered(site)
    try:
        membership.set_roles(db(), actor(), found.id, person_id, read_roles(request.form.getlist("role")))
    except BadInput as error:
        work().roll_back()
        return _one(found, person_id, error.render(gettext), status_of(error))
    return go(url_for("people.show", site=site, told="saved"))


@blueprint.post(ONE + "/remove")
def remove(site: str, person_id: int) -> Response:
    """Take every role at the site from a person."""
    found = _administered(site)
    try:
        membership.set_roles(db(), actor(), found.id, person_id, {})
    except BadInput as error:
        work().roll_back()
        return _one(found, person_id, error.render(gettext), status_of(error))
    return go(url_for("people.show", site=site, told="removed"))


def read_roles(chosen: list[str]) -> membership.Roles:
    """Return the roles that are ticked in the form, each with its languages; raises ``BadInput``."""
    roles: dict[Role, tuple[str, ...]] = {}
    for name in chosen:
        if name not in set(Role):
            raise BadInput(N_("“{value}” is none of the choices. Choose one from the list."), value=name[:40])
        some = request.form.get(f"{name}-scope") == "some"
        roles[Role(name)] = tuple(request.form.getlist(f"{name}-language")) if some else ()
        if some and not roles[Role(name)]:
            raise BadInput(N_("Choose at least one language, or “every language”."))
    return roles


def _administered(slug: str) -> SiteView:
    site = open_site(slug)
    actor().require(Action.ADMINISTER, site.id)
    return site


def _sent(site: SiteView, letter: invitations.Letter) -> Response:
    """Mail an invitation's link, or show it once where there is no mail."""
    settings = installation().settings
    if not can_send(settings):
        link = settings.base_url.rstrip("/") + url_for("links.invitation", token=letter.link.token)
        return make_response(render_template("people/link.html", site=site, letter=letter, link=link))
    values = {"site": letter.site, "inviter": letter.inviter, "until": day(letter.expires_at).striptags()}
    values |= kept_link(url_for("links.invitation"), letter.link)
    language = interface_language()
    send(db(), to=letter.email, letter="invitation", values=values, language=language, expires_at=letter.expires_at)
    return go(url_for("people.show", site=site.slug, told="invited"))


def _list(site: SiteView, problem: str | None = None, status: int = 200) -> Response:
    page = render_template(
        "people/list.html",
        site=site,
        people=membership.members(db(), actor(), site.id),
        invited=invitations.open_invitations(db(), actor(), site.id),
        role_names=ROLE_NAMES,
        by_language=BY_LANGUAGE,
        problem=problem,
        form=request.form,
        wanted={role: request.form.getlist(f"{role}-language") for role in request.form.getlist("role")},
        mails=can_send(installation().settings),
    )
    return make_response(page, status)


def _one(site: SiteView, person_id: int, problem: str | None = None, status: int = 200) -> Response:
    page = render_template(
        "people/one.html",
        site=site,
        member=membership.get_member(db(), actor(), site.id, person_id),
        role_names=ROLE_NAMES,
        by_language=BY_LANGUAGE,
        problem=problem,
    )
    return make_response(page, status)
