"""A page as it reads now, for those who work on it: woven and sanitised as for the public, and nothing is published."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from review_app.pages.parsing import parse_guarded
from review_app.pages.service import PageView, body_of
from review_app.publishing.content import Shown, main_content, weave_page
from review_app.publishing.passages import PassageKind
from review_app.publishing.wording import wording
from review_app.segments.decided import rules_of_version
from review_app.sites.service import SiteView

Place = tuple[int, int]
"""A block of the page, and the position of a passage in it."""


def framed_content(session: Session, page: PageView, site: SiteView, language: str, texts: Mapping[Place, str]) -> str:
    """Return the sanitised main content of a page with these texts in their places; all else is in the source language.

    Each stands in a ``span`` whose ``data-passage`` names its place. What stands in an attribute, or around the main
    content, has none.
    """
    document = parse_guarded(*body_of(session, page.version_id))
    shown = [Shown(block, position, PassageKind.READ, text) for (block, position), text in texts.items()]
    say = wording(session, site.id, language).say
    rules = rules_of_version(session, page.version_id)
    woven = weave_page(document, shown, language, site.source_language, say, rules)
    return main_content(woven, base_url=page.url or site.base_url)
