"""The page about one page: where it is from, what is at stake in it, what is public of it, and taking that off."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.administration import change_rule
from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action
from review_app.checks.source_notes import passages_to_mend
from review_app.errors import NotFound, ReviewAppError
from review_app.locale import N_
from review_app.pages.links import LINK_NAMES, Leads, untranslated_links
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import PageView, body_of, get_page
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import with_publications, withdraw
from review_app.review.assigning import with_holders
from review_app.review.commented import notes_on_source
from review_app.review.commenting import settle_note
from review_app.review.service import heads_of
from review_app.sites.policy import CONTENT_CLASS_NAMES, POLICY_NAMES
from review_app.sites.sections import find_rule, rule_for, rules_of
from review_app.sites.service import SiteView
from review_app.web.checks import shown_notes
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.marking import marked
from review_app.web.rules import read_rule

blueprint = Blueprint("page", __name__)

PAGE = "/sites/<site>/pages/<int:page_id>"


@blueprint.get(PAGE)
def about(site: str, page_id: int) -> Response:
    """Show what there is to know of a page."""
    return _about(*_opened(site, page_id))


@blueprint.post(PAGE)
def change(site: str, page_id: int) -> Response:
    """Say how much is at stake in the page, and what readers may see of it."""
    found, page = _opened(site, page_id)
    try:
        change_rule(db(), actor(), found.id, read_rule(page.path, found))
    except ReviewAppError as error:
        work().roll_back()
        return _about(found, page, error.render(gettext), status_of(error))
    return go(url_for("page.about", site=site, page_id=page_id, told="saved"))


@blueprint.post(PAGE + "/<language>/withdraw")
def take_off(site: str, page_id: int, language: str) -> Response:
    """Take the page off the public side in one language."""
    _opened(site, page_id)
    withdraw(db(), actor(), page_id, language)
    return go(url_for("page.about", site=site, page_id=page_id, told="withdrawn"))


@blueprint.post(PAGE + "/<language>/segments/<key>/pull")
def pull(site: str, page_id: int, language: str, key: str) -> Response:
    """Show the Swedish instead of one passage's public text."""
    _opened(site, page_id)
    pull_passage(db(), actor(), page_id, language, key)
    return go(url_for("review.bench", site=site, page_id=page_id, language=language, segment=key, told="pulled"))


@blueprint.post(PAGE + "/notes/<key>/<int:comment_id>/<any(close, reopen):verb>")
def decide_note(site: str, page_id: int, key: str, comment_id: int, verb: str) -> Response:
    """Close what somebody said of a source text, or open it again."""
    found, _ = _opened(site, page_id)
    settle_note(db(), actor(), found.id, page_id, key, comment_id=comment_id, closed=verb == "close")
    return go(url_for("page.about", site=site, page_id=page_id, told="saved", _anchor="said-of-source"))


def _opened(slug: str, page_id: int) -> tuple[SiteView, PageView]:
    site, page = open_site(slug), get_page(db(), page_id)
    if page.site_id != site.id:
        raise NotFound(N_("There is no such page."))
    return site, page


def _untranslated(page: PageView) -> list[Leads]:
    """Return where the page leads that stays Swedish."""
    if page.shared:
        return []
    body, charset = body_of(db(), page.version_id)
    return untranslated_links(parse_guarded(body, charset, links=True).links, page.url or page.origin)


def _about(site: SiteView, page: PageView, problem: str | None = None, status: int = 200) -> Response:
    me = actor()
    around = rule_for([rule for rule in rules_of(db(), site.id) if rule.path != page.path], page.path)
    shown = render_template(
        "pages/page.html",
        site=site,
        page=page,
        heads=with_holders(db(), site, with_publications(db(), heads_of(db(), me, page.id))),
        people={tag: who_may(db(), Action.CORRECT, site.id, tag) for tag in site.languages},
        me=me.person_id,
        may_assign={tag for tag in site.languages if me.may(Action.ASSIGN, site.id, tag)},
        may_correct={tag for tag in site.languages if me.may(Action.CORRECT, site.id, tag)},
        rule=find_rule(db(), site.id, page.path),
        around=around,
        classes=[(str(name), gettext(word)) for name, word in CONTENT_CLASS_NAMES.items()],
        policies=[(str(name), gettext(word)) for name, word in POLICY_NAMES.items()],
        class_names=CONTENT_CLASS_NAMES,
        policy_names=POLICY_NAMES,
        problem=problem,
        untranslated=_untranslated(page),
        passages=[shown_notes(passage) for passage in passages_to_mend(db(), me, page.id)],
        marked=marked,
        said=notes_on_source(db(), me, page.id),
        link_names=LINK_NAMES,
        form=request.form,
        may_administer=me.may(Action.ADMINISTER, site.id),
        may_publish=me.may(Action.PUBLISH, site.id),
    )
    return make_response(shown, status)
