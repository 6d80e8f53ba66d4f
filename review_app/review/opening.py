"""Opens a page, or one segment of it, for somebody who may; writes nothing."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, get_page
from review_app.review.work import Work, load_work
from review_app.segments.numbered import placed_by_key
from review_app.segments.service import find_own
from review_app.sites.service import SiteView, site_by_id


def open_page(
    session: Session, actor: Actor, page_id: int, language: str, action: Action, key: str | None = None
) -> tuple[PageView, Work]:
    """Return a page and what is known of it in a language (of one segment only, if its key is given).

    Raises ``NotFound`` for whoever does not belong to the site, and ``NotAllowed`` without the right to the action.
    """
    page, site = open_language(session, actor, page_id, language, action)
    some = None if key is None else placed_by_key(session, page.version_id, [key])
    return page, load_work(session, site, [page], language, some=some)


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment of a page's newest version that somebody works on in a language."""

    page: PageView
    site: SiteView
    language: str
    segment_id: int
    source: str


def open_segment(
    session: Session, actor: Actor, page_id: int, language: str, action: Action, key: str, *, hold: bool = False
) -> OpenSegment:
    """Return a segment of a page, and no more than that; raises as ``open_page`` does.

    If it is held, nobody else writes a text of it until the transaction ends: its texts are to be read after this.
    """
    page, site = open_language(session, actor, page_id, language, action)
    own = find_own(session, page.id, page.version_id, key, hold=hold)
    if own is None:
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    return OpenSegment(page, site, language, own.segment_id, own.source)


def open_language(
    session: Session, actor: Actor, page_id: int, language: str, action: Action
) -> tuple[PageView, SiteView]:
    """Return a page and its site; raises as ``open_page`` does."""
    page = get_page(session, page_id)
    if not actor.may_on(Action.READ, page.site_id, page.id, language):
        raise NotFound(N_("There is no such page."))  # a stranger is not told that it exists
    actor.require_on(action, page.site_id, page.id, language)
    site = site_by_id(session, page.site_id)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return page, site
