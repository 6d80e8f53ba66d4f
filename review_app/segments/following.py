"""Steps of following a website: take a crawl's pages in, look at known pages again. Each stores its page by itself."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import Sessions
from review_app.errors import BadInput, FetchFailed, Gone
from review_app.pages import crawls
from review_app.pages.fetch import Fetched
from review_app.pages.links import LinkKind, leads
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import PageView, note_fetched, note_unchanged, note_vanished
from review_app.pages.sitemap import looks_like_sitemap, read_sitemap
from review_app.pages.states import CrawlState
from review_app.pages.visiting import Unwelcome, Visitor
from review_app.segments.service import Imported, import_page

DEEPEST_SITEMAP = 3
"""Indexes of indexes are read this deep."""

MOST_SITEMAPS = 200
NOTED_AT_ONCE = 50
"""Unchanged pages that are noted in one transaction."""

Report = Callable[[int, int], None]


def addresses_of_sitemap(visitor: Visitor, url: str, body: bytes | None = None) -> tuple[str, ...]:
    """Return the pages that a sitemap names, those of the sitemaps in it too, of its own host only."""
    pages: dict[str, None] = {}
    waiting, seen = [(url, body, 0)], {url}
    while waiting and len(seen) <= MOST_SITEMAPS:
        address, given, depth = waiting.pop(0)
        found = read_sitemap(address, given if given is not None else visitor.sitemap(address))
        pages.update(dict.fromkeys(page for page in found.pages if body is not None or _same_host(page, url)))
        for inner in found.sitemaps:
            if depth < DEEPEST_SITEMAP and inner not in seen and (body is not None or _same_host(inner, url)):
                seen.add(inner)
                waiting.append((inner, None, depth + 1))
    return tuple(pages)


def run_crawl(database: Sessions, visitor: Visitor, actor: Actor, crawl_id: int, site_id: int, report: Report) -> None:
    """Take in a crawl's addresses until none is left or somebody stops it; one that fails does not end it."""
    while True:
        with database.reading() as session:
            found = crawls.next_address(session, crawl_id)
            view = crawls.get_crawl(session, actor, crawl_id)
        report(view.done, view.total)
        if found is None:
            return
        try:
            if looks_like_sitemap(found.url):
                named = read_sitemap(found.url, visitor.sitemap(found.url))
                with database.writing() as session:
                    crawls.expand(session, crawl_id, found.id, [*named.sitemaps, *named.pages])
                continue
            fetched = visitor.page(found.url)
            pages = _pages_linked(fetched)
            with database.writing() as session:
                imported = _take_in(session, actor, site_id, fetched)
                crawls.settle(session, found.id, CrawlState.TAKEN if imported.changed else CrawlState.UNCHANGED)
                crawls.follow(session, crawl_id, pages, found.depth)
        except (BadInput, FetchFailed) as error:
            state = CrawlState.SKIPPED if isinstance(error, Unwelcome) else CrawlState.FAILED
            with database.writing() as session:
                crawls.settle(session, found.id, state, error)


def look_again(
    database: Sessions,
    visitor: Visitor,
    actor: Actor,
    pages: Sequence[PageView],
    report: Report,
    *,
    since: datetime | None = None,
) -> dict[str, int]:
    """Fetch known pages that have changed, mark those that are gone; returns how many were what.

    Pages that were looked at ``since`` are left: whoever began it has died of it, or was stopped.
    """
    left = [page for page in pages if since is None or page.checked_at is None or page.checked_at < since]
    done = len(pages) - len(left)
    counts = dict.fromkeys(("changed", "unchanged", "vanished", "failed"), 0)
    unchanged: list[int] = []

    def note() -> None:
        if unchanged:
            with database.writing() as session:
                note_unchanged(session, unchanged)
            unchanged.clear()

    report(done, len(pages))
    for number, page in enumerate(left, start=done + 1):
        counts[_look(database, visitor, actor, page, unchanged)] += 1
        if len(unchanged) >= NOTED_AT_ONCE or number == len(pages):
            note()
            report(number, len(pages))
    note()
    return counts


def _look(database: Sessions, visitor: Visitor, actor: Actor, page: PageView, unchanged: list[int]) -> str:
    try:
        fetched = visitor.page(page.url, page.known)
        if fetched.unchanged:
            unchanged.append(page.id)
            return "unchanged"
        with database.writing() as session:
            return "changed" if _take_in(session, actor, page.site_id, fetched, page).changed else "unchanged"
    except Gone:
        with database.writing() as session:
            note_vanished(session, actor, page.id)
        return "vanished"
    except (BadInput, FetchFailed):
        return "failed"  # the page stays as it is, and is looked at the next time


def _take_in(session: Session, actor: Actor, site_id: int, fetched: Fetched, page: PageView | None = None) -> Imported:
    done = import_page(
        session,
        actor,
        site_id,
        body=fetched.body,
        path=page.path if page else urlsplit(fetched.final_url).path,
        origin=fetched.final_url,
        charset=fetched.charset,
        url=page.url if page else fetched.final_url,
    )
    note_fetched(session, done.page_id, fetched)
    return done


def _pages_linked(fetched: Fetched) -> Iterable[str]:
    links = parse_guarded(fetched.body, fetched.charset, links=True).links
    return [
        found.address
        for found in leads(links, fetched.final_url)
        if found.kind is LinkKind.PAGE and not looks_like_sitemap(found.address)
    ]


def _same_host(address: str, other: str) -> bool:
    return urlsplit(address).netloc.lower() == urlsplit(other).netloc.lower()
