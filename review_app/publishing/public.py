"""What the public sees: a published page, the list of them, the Swedish original. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import SHARED_PATH, PageView, body_of, find_page, normalise_path, pages_of
from review_app.pages.tables import PageVersion
from review_app.publishing.content import linked, main_content, passage_places, with_older
from review_app.publishing.embedding import Swaps, swaps
from review_app.publishing.notice import MARK_MACHINE, MARK_OLDER, MARK_READ, MARK_SOURCE, Facts, facts_from, notice
from review_app.publishing.passages import PassageKind
from review_app.publishing.service import links_of, live_publications
from review_app.publishing.tables import AccuracyStatement, Publication, WordingChange, WordingConfirmation
from review_app.publishing.wording import Wording, wording
from review_app.segments.decided import rules_of_version
from review_app.segments.rules import read_through
from review_app.segments.service import occurrences_of
from review_app.sites.service import SiteView, all_sites, get_site
from review_app.text.placeholders import plain


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A published page, ready for the public template; ``facts`` is ``None`` for the Swedish original.

    ``older`` holds the places (``block.position``) of its passages whose Swedish is another one now, or gone.
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
    wording: Wording
    older: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a page of the customer's own gets: the languages it is public in, and its texts in the one asked for.

    ``page`` and ``swaps`` are ``None`` for the source language, and when the page is not public in the language.
    """

    site: SiteView
    path: str
    languages: tuple[str, ...]
    wording: Wording
    page: PublicPage | None
    swaps: Swaps | None


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
    words = wording(session, site.id, language)
    older = _older(session, page, live)
    return PublicPage(
        site=site,
        language=language,
        path=path,
        title=live.title,
        description=live.description,
        html=linked(with_older(live.html, older, words.say), links_of(session, site, language), words.say),
        facts=facts_from(live.facts),
        languages=(site.source_language, *languages),
        published_at=live.published_at,
        content_hash=live.content_hash,
        original_url=page.url,
        wording=words,
        older=older,
    )


@dataclass(frozen=True, slots=True)
class LivePage:
    """What is public of a page, as it was published: its version and its passages with their places."""

    site_id: int
    page_version_id: int
    passages: Sequence[Mapping[str, Any]]


def live_page(session: Session, site_slug: str, language: str, path: str, edition: str = "") -> LivePage:
    """Return the passages of a public page, of the edition whose hash begins so if one has; raises ``NotFound``."""
    site = get_site(session, site_slug)
    page = find_page(session, site.id, path)
    live = live_publications(session, [page.id], language).get(page.id) if page and not page.shared else None
    if live is None:
        raise NotFound(N_("This page is not published here."))
    if edition and not live.content_hash.startswith(edition):
        seen = select(Publication).where(
            Publication.page_id == live.page_id,
            Publication.language == language,
            Publication.content_hash.startswith(edition, autoescape=True),
        )
        live = session.scalars(seen.order_by(Publication.id.desc()).limit(1)).first() or live
    return LivePage(site.id, live.page_version_id, live.passages)


def notice_of(shown: PublicPage) -> str | None:
    """Return a page's notice in its readers' language; ``None`` for the Swedish original."""
    if shown.facts is None:
        return None
    return notice(shown.facts, shown.language, len(shown.older), shown.wording.say)


def embedded_page(session: Session, site_slug: str, language: str, address: str) -> Embedded:
    """Return what the page at an address of the website gets; ``address`` is its path there. Raises ``NotFound``."""
    site = get_site(session, site_slug)
    path = _known_path(session, site, address)
    page = find_page(session, site.id, path) if path else None
    public = _public_languages(session, page.id) if page and not page.shared else ()
    languages = (site.source_language, *public) if public else ()
    if page is None or language not in public:
        return Embedded(site, path, languages, wording(session, site.id, site.source_language), None, None)
    live = live_publications(session, [page.id], language)[page.id]
    shown = public_page(session, site_slug, language, path)
    return Embedded(site, path, languages, shown.wording, shown, _swaps_of(session, live))


def _known_path(session: Session, site: SiteView, address: str) -> str:
    """Return the path that a page of the website has here, however its address is written; empty if it has none."""
    for spelling in (address, quote(address, safe="/%:@!$&'()*+,;=~-._")):
        try:
            path = normalise_path(spelling)
        except BadInput:
            return ""
        if find_page(session, site.id, path) is not None:
            return path
    return ""


def _swaps_of(session: Session, live: Publication) -> Swaps:
    body, charset = body_of(session, live.page_version_id)
    rules = rules_of_version(session, live.page_version_id)
    return swaps(parse_guarded(body, charset), live.passages, live.language, rules)


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage of a public page beside its Swedish, both without markup; ``mark`` says how it came about."""

    place: str
    text: str
    source: str
    kind: PassageKind
    mark: str


_MARKS = {PassageKind.READ: MARK_READ, PassageKind.MACHINE: MARK_MACHINE, PassageKind.SOURCE: MARK_SOURCE}


def shown_passages(session: Session, shown: PublicPage) -> list[ShownPassage]:
    """Return the passages that a public page shows, in page order."""
    places = passage_places(shown.html)
    return [
        ShownPassage(
            place=place_of(one),
            text=plain(one["text"]),
            source=plain(one["source"]),
            kind=PassageKind(one["kind"]),
            mark=MARK_OLDER if place_of(one) in shown.older else _MARKS[PassageKind(one["kind"])],
        )
        for one in live_page(session, shown.site.slug, shown.language, shown.path).passages
        if not places or place_of(one) in places
    ]


def _older(session: Session, page: PageView, live: Publication) -> frozenset[str]:
    """Return the places of the published passages whose source the page does not have any more."""
    if live.page_version_id == page.version_id:
        return frozenset()
    present = {place.source for place in occurrences_of(session, page.version_id)}
    present = read_through(present, rules_of_version(session, page.version_id))
    present = read_through(present, rules_of_version(session, live.page_version_id))
    return frozenset(place_of(passage) for passage in live.passages if passage["source"] not in present)


def place_of(passage: Mapping[str, Any]) -> str:
    """Return where a published passage stands, as pages and forms name it: ``block.position``."""
    return f"{passage['block']}.{passage['position']}"


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
    """Return what tells whether any public page may have changed: publications, versions, words, and the sites."""
    publications = session.execute(
        select(func.max(Publication.id), func.count(Publication.ended_at), func.max(Publication.ended_at))
    ).one()
    statements = session.execute(select(func.max(AccuracyStatement.id), func.count(AccuracyStatement.ended_at))).one()
    versions = session.scalar(select(func.max(PageVersion.id)))
    words = [session.scalar(select(func.max(table.id))) for table in (WordingChange, WordingConfirmation)]
    return (*publications, *statements, versions, *words, *((site.id, repr(site)) for site in all_sites(session)))


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
        wording=wording(session, site.id, site.source_language),
    )


@lru_cache(maxsize=16)
def _original_html(content_hash: str, body: bytes, charset: str, base_url: str) -> str:
    """Return the Swedish page's sanitised content; kept by the content's hash, since versions never change."""
    return main_content(parse_guarded(body, charset).text, base_url=base_url)
