"""Use cases of publishing: put an approved page before the public, take it back, and look up what is shown."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer
from sqlalchemy.sql.base import ExecutableOption

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import among, utc_now
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.document import Document
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import PageView, addresses_of, body_of, get_page, hold_page, newest_version_ids
from review_app.publishing.content import Links, Shown, left_out, linked, main_content, weave_page, with_left_out
from review_app.publishing.editions import Edition, approved_edition, facts_of, machine_edition, passages_of
from review_app.publishing.notice import Facts
from review_app.publishing.tables import Publication
from review_app.publishing.wording import wording
from review_app.review.states import PageState
from review_app.review.views import PageHead
from review_app.segments.decided import rules_of_version
from review_app.segments.service import sources_of
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteView, site_by_id


@dataclass(frozen=True, slots=True)
class Issue:
    """What the public is to see of a page: each passage beside its source, and the facts its notice is built from."""

    version_id: int
    submission_id: int | None
    shown: tuple[Shown, ...]
    sources: tuple[str, ...]
    facts: Facts


def publish(session: Session, actor: Actor, page_id: int, language: str) -> int:
    """Put the page's newest approved texts before the public, and return the publication's id.

    Without an approval only the policy "machine at once" lets anything be shown. What was public before stays on
    record.
    """
    hold_page(session, page_id)
    page = get_page(session, page_id)
    actor.require(Action.PUBLISH, page.site_id, language)
    return _publish(session, actor, page, language)


def hash_of(html: str, passages: list[dict[str, Any]], facts: dict[str, Any]) -> str:
    """Return the SHA-256 that tells what the public was shown from anything else, in hex."""
    return hashlib.sha256(json.dumps([html, passages, facts], sort_keys=True).encode()).hexdigest()


def publish_at_once(session: Session, actor: Actor, page_id: int, language: str) -> int | None:
    """Publish a page whose policy asks for it as soon as it is machine-translated, unless a person approved it."""
    hold_page(session, page_id)
    page = get_page(session, page_id)
    actor.require(Action.TRANSLATE, page.site_id, language)
    site = site_by_id(session, page.site_id)
    if page.policy(site, language) is not LanguagePolicy.MACHINE_AT_ONCE:
        return None
    live = live_publications(session, [page_id], language).get(page_id)
    if live is not None and live.submission_id is not None:
        return None
    return _publish(session, actor, page, language)


def withdraw(session: Session, actor: Actor, page_id: int, language: str) -> None:
    """Take a page off the public side in one language, at once."""
    hold_page(session, page_id)
    page = get_page(session, page_id)
    actor.require(Action.PUBLISH, page.site_id, language)
    live = live_publications(session, [page_id], language).get(page_id)
    if live is None:
        raise NotFound(N_("This page is not published in this language."))
    _end(session, actor, live)
    record(
        session,
        actor,
        "page.withdraw",
        f"publication:{live.id}",
        site_id=page.site_id,
        before={"page": page.path, "language": language, "sha256": live.content_hash},
    )


def withdrawn_pages(session: Session, page_ids: Collection[int], language: str) -> dict[int, datetime]:
    """Return since when pages that were public in a language no longer are, by page id."""
    ended = (
        select(Publication.page_id, func.max(Publication.ended_at))
        .where(among(Publication.page_id, page_ids), Publication.language == language)
        .group_by(Publication.page_id)
        .having(func.count() == func.count(Publication.ended_at))
    )
    return {page_id: at for page_id, at in session.execute(ended) if at is not None}


def with_publications(session: Session, heads: Sequence[PageHead]) -> list[PageHead]:
    """Return the pages with what only publishing knows: since when they are public, and whether as approved."""
    languages = {head.language for head in heads}
    ids = [head.page_id for head in heads]
    live = {language: live_publications(session, ids, language, *_WHAT_IS_SHOWN) for language in languages}
    outdated = _outdated(session, [publication for found in live.values() for publication in found.values()])
    return [_overlaid(head, live[head.language].get(head.page_id), outdated) for head in heads]


_WHAT_IS_SHOWN = (defer(Publication.html), defer(Publication.passages), defer(Publication.facts))


def live_publications(
    session: Session, page_ids: Sequence[int], language: str, *without: ExecutableOption
) -> dict[int, Publication]:
    """Return what is public now, by page id; large columns may be left out until they are asked for."""
    rows = session.scalars(
        select(Publication)
        .where(Publication.page_id.in_(page_ids), Publication.language == language, Publication.ended_at.is_(None))
        .options(*without)
    )
    return {row.page_id: row for row in rows}


def find_live(session: Session, page_id: int, language: str) -> Publication | None:
    """Return what is public now of a page."""
    return live_publications(session, [page_id], language).get(page_id)


def live_pages(session: Session, page_ids: Collection[int], language: str) -> set[int]:
    """Return which of these pages are public now, without reading what is shown of them."""
    live = select(Publication.page_id).where(
        among(Publication.page_id, page_ids), Publication.language == language, Publication.ended_at.is_(None)
    )
    return set(session.scalars(live))


def links_of(session: Session, site: SiteView, language: str, *, but_also: PageView | None = None) -> Links:
    """Return what a site's pages are called; ``but_also`` is about to be published."""
    pages = {page.id: page for page in addresses_of(session, site.id)}
    live = {*live_pages(session, list(pages), language), *([but_also.id] if but_also else [])}
    paths = {page.id: f"/{site.slug}/{language}/{page.path}" for page in pages.values()}
    return Links(
        published={pages[page_id].url.rstrip("/"): paths[page_id] for page_id in live if page_id in pages},
        addresses={paths[page.id]: page.url for page in pages.values()},
    )


def _publish(session: Session, actor: Actor, page: PageView, language: str) -> int:
    site = site_by_id(session, page.site_id)
    edition = approved_edition(session, site, page, language)
    if edition is None:
        edition = machine_edition(session, site, page, language)
    if edition is None:
        raise BadInput(N_("Nothing of this page is approved in this language. Have it approved first."))
    return publish_edition(session, actor, site, page, language, edition)


def publish_edition(
    session: Session, actor: Actor, site: SiteView, page: PageView, language: str, edition: Edition
) -> int:
    """Put an edition of a page that is held before the public, and return the publication's id."""
    shown, sources = passages_of(session, site, page, language, edition)
    issue = Issue(
        version_id=edition.version_id,
        submission_id=edition.submission.id if edition.submission else None,
        shown=tuple(shown),
        sources=tuple(sources),
        facts=facts_of(site, edition, shown),
    )
    return put_before_the_public(session, actor, site, page, language, issue)


def put_before_the_public(
    session: Session, actor: Actor, site: SiteView, page: PageView, language: str, issue: Issue
) -> int:
    """Make this what the public sees of a page that is held, from now on; what it saw until now stays on record.

    What it sees already is not published again.
    """
    document, html = content_of(session, site, page, language, issue.version_id, issue.shown)
    passages = [
        {"block": s.block, "position": s.position, "kind": s.kind, "text": s.text, "source": source}
        for s, source in zip(issue.shown, issue.sources, strict=True)
    ]
    content_hash = hash_of(html, passages, issue.facts.as_json())
    live = live_publications(session, [page.id], language).get(page.id)
    if live is not None:
        if (live.content_hash, live.submission_id, live.page_version_id) == (
            content_hash,
            issue.submission_id,
            issue.version_id,
        ):
            return live.id
        _end(session, actor, live)
    publication = Publication(
        page_id=page.id,
        page_version_id=issue.version_id,
        submission_id=issue.submission_id,
        language=language,
        title=attribute_text(document, issue.shown, "title") or page.title,
        description=attribute_text(document, issue.shown, "content") or "",
        html=html,
        passages=passages,
        facts=issue.facts.as_json(),
        content_hash=content_hash,
        published_by=actor.person_id,
        published_at=utc_now(),
    )
    session.add(publication)
    session.flush()
    record(
        session,
        actor,
        "page.publish",
        f"publication:{publication.id}",
        site_id=site.id,
        after={"page": page.path, "language": language, "sha256": publication.content_hash},
    )
    return publication.id


def content_of(
    session: Session, site: SiteView, page: PageView, language: str, version_id: int, shown: Sequence[Shown]
) -> tuple[Document, str]:
    """Return a page version as it is stored, and the content the public is given with these passages in it."""
    document = parse_guarded(*body_of(session, version_id))
    say = wording(session, site.id, language).say
    rules = rules_of_version(session, version_id)
    woven = weave_page(document, shown, language, site.source_language, say, rules)
    base_url = page.url or site.base_url
    content = main_content(woven, base_url=base_url)
    elsewhere = left_out(woven, base_url=base_url)
    links = links_of(session, site, language, but_also=page)
    return document, linked(with_left_out(content, elsewhere, site.source_language, say), links, say)


def attribute_text(document: Document, shown: Sequence[Shown], kind: str) -> str | None:
    """Return the published text of the page's title or description."""
    block = next((block.number for block in document.blocks if block.kind == kind), None)
    return " ".join(passage.text for passage in shown if passage.block == block) or None


def _outdated(session: Session, publications: Iterable[Publication]) -> set[int]:
    """Return the ids of those publications whose page says something else now."""
    if not publications:
        return set()
    newest = newest_version_ids(session, [publication.page_id for publication in publications])
    doubtful = [one for one in publications if one.page_version_id != newest[one.page_id]]
    if not doubtful:
        return set()
    versions = {version for one in doubtful for version in (one.page_version_id, newest[one.page_id])}
    sources = sources_of(session, versions)
    return {one.id for one in doubtful if sources[one.page_version_id] != sources[newest[one.page_id]]}


def _overlaid(head: PageHead, live: Publication | None, outdated: Collection[int]) -> PageHead:
    if live is None:
        return head
    as_approved = head.state is PageState.APPROVED and live.submission_id == head.submission_id
    as_approved = as_approved and live.id not in outdated
    return replace(head, state=PageState.PUBLISHED if as_approved else head.state, published_at=live.published_at)


def _end(session: Session, actor: Actor, live: Publication) -> None:
    live.ended_at, live.ended_by = utc_now(), actor.person_id
    session.flush()
