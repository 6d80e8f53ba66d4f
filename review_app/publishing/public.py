"""What the public sees: a published page, the list of them, the Swedish original. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import SHARED_PATH, PageView, body_of, find_page, pages_of
from review_app.pages.tables import PageVersion
from review_app.publishing.content import main_content
from review_app.publishing.notice import Facts, facts_from
from review_app.publishing.service import live_publications
from review_app.publishing.tables import Publication
from review_app.segments.service import occurrences_of
from review_app.sites.service import SiteView, all_sites, get_site


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A published page, ready for the public template; ``facts`` is ``None`` for the Swedish original.

    ``older`` counts its passages whose Swedish is another one now, or gone.
    """

    site: SiteView
    language: str
    path: str
    title: str
    description: str
    html: str
    facts: Facts | None
    languages: tuple[str, ...]
    published_at: datetime
    content_hash: str
    original_url: str
    older: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A published page in a list."""

    path: str
    title: str


def public_page(session: Session, site_slug: str, language: str, path: str) -> PublicPage:
    """Return what the public sees of a page; raises ``NotFound``."""
    site = get_site(session, site_slug)
    page = find_page(session, site.id, path)
    languages = _public_languages(session, page.id) if page else ()
    if page is None or page.shared or not languages:
        raise NotFound(N_("This page is not published here."))
    if language == site.source_language:
        return _original(session, site, page, languages)
    live = live_publications(session, [page.id], language).get(page.id)
    if live is None:
        raise NotFound(N_("This page is not published here."))
    return PublicPage(
        site=site,
        language=language,
        path=path,
        title=live.title,
        description=live.description,
        html=live.html,
        facts=facts_from(live.facts),
        languages=(site.source_language, *languages),
        published_at=live.published_at,
        content_hash=live.content_hash,
        original_url=page.url,
        older=_older(session, page, live),
    )


@dataclass(frozen=True, slots=True)
class LivePage:
    """What is public of a page, as it was published: its version and its passages with their places."""

    site_id: int
    page_version_id: int
    passages: Sequence[Mapping[str, Any]]


def live_page(session: Session, site_slug: str, language: str, path: str) -> LivePage:
    """Return the passages of a public page; raises ``NotFound``."""
    site = get_site(session, site_slug)
    page = find_page(session, site.id, path)
    live = live_publications(session, [page.id], language).get(page.id) if page and not page.shared else None
    if live is None:
        raise NotFound(N_("This page is not published here."))
    return LivePage(site.id, live.page_version_id, live.passages)


def _older(session: Session, page: PageView, live: Publication) -> int:
    """Count the published passages whose source the page does not have any more."""
    if live.page_version_id == page.version_id:
        return 0
    present = {place.source for place in occurrences_of(session, page.version_id)}
    return sum(passage["source"] not in present for passage in live.passages)


def published_passages(session: Session, shown: PublicPage) -> list[dict[str, Any]]:
    """Return every passage of a published page with its source, and those of what the site's pages share."""
    pages = [page for page in (find_page(session, shown.site.id, path) for path in (shown.path, SHARED_PATH)) if page]
    live = live_publications(session, [page.id for page in pages], shown.language)
    return [passage for page in pages if page.id in live for passage in live[page.id].passages]


def public_index(session: Session, site_slug: str, language: str) -> tuple[SiteView, list[Listed], tuple[str, ...]]:
    """Return a site, its pages that are public in a language, and the languages it is public in."""
    site = get_site(session, site_slug)
    pages = {page.id: page for page in pages_of(session, site.id) if not page.shared}
    rows = session.scalars(
        select(Publication).where(Publication.page_id.in_(pages), Publication.ended_at.is_(None))
    ).all()
    languages = tuple(sorted({row.language for row in rows}))
    if language == site.source_language:
        shown = {row.page_id for row in rows}
        listed = [Listed(page.path, page.title) for page in pages.values() if page.id in shown]
    else:
        listed = [Listed(pages[row.page_id].path, row.title) for row in rows if row.language == language]
    return site, sorted(listed, key=lambda item: item.title.casefold()), (site.source_language, *languages)


def public_state(session: Session) -> tuple[object, ...]:
    """Return what tells whether any public page may have changed: publications, their ends, versions, and the sites."""
    publications = session.execute(
        select(func.max(Publication.id), func.count(Publication.ended_at), func.max(Publication.ended_at))
    ).one()
    versions = session.scalar(select(func.max(PageVersion.id)))
    return (*publications, versions, *((site.id, repr(site)) for site in all_sites(session)))


def public_sites(session: Session) -> list[SiteView]:
    """Return the sites that have anything published."""
    return [site for site in all_sites(session) if public_index(session, site.slug, site.source_language)[1]]


def _public_languages(session: Session, page_id: int) -> tuple[str, ...]:
    rows = session.scalars(
        select(Publication.language)
        .where(Publication.page_id == page_id, Publication.ended_at.is_(None))
        .order_by(Publication.language)
    )
    return tuple(rows)


def _original(session: Session, site: SiteView, page: PageView, languages: tuple[str, ...]) -> PublicPage:
    body, charset = body_of(session, page.version_id)
    version = session.get_one(PageVersion, page.version_id)
    return PublicPage(
        site=site,
        language=site.source_language,
        path=page.path,
        title=page.title,
        description="",
        html=_original_html(version.content_hash, body, charset, page.url or site.base_url),
        facts=None,
        languages=(site.source_language, *languages),
        published_at=version.taken_at,
        content_hash=version.content_hash,
        original_url=page.url,
    )


@lru_cache(maxsize=256)
def _original_html(content_hash: str, body: bytes, charset: str, base_url: str) -> str:
    """Return the Swedish page's sanitised content; kept by the content's hash, since versions never change."""
    return main_content(parse_guarded(body, charset).text, base_url=base_url, link=str)
