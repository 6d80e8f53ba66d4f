"""Use cases of crawls: addresses that are taken in one after the other; they can be stopped, and go on later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput, NotFound, ReviewAppError
from review_app.locale import N_
from review_app.pages.addresses import read_url
from review_app.pages.states import CrawlState
from review_app.pages.tables import Crawl, CrawlAddress

MOST_PAGES = 5_000
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken in: where it is from in words, the first addresses, and how far links are followed."""

    source: str
    addresses: tuple[str, ...]
    depth: int = 0
    most_pages: int = MOST_PAGES


class Next(NamedTuple):
    """The next address of a crawl."""

    id: int
    url: str
    depth: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """An address that could not be taken in, with an English template that says why."""

    url: str
    error: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class CrawlView:
    """How a crawl stands: addresses by state, and those that made trouble."""

    id: int
    site_id: int
    source: str
    stopped: bool
    counts: dict[CrawlState, int]
    troubles: tuple[Trouble, ...]

    @property
    def total(self) -> int:
        """Addresses known so far."""
        return sum(self.counts.values()) - self.counts.get(CrawlState.SITEMAP, 0)

    @property
    def done(self) -> int:
        """Addresses that are settled, one way or another."""
        return self.total - self.counts.get(CrawlState.WAITING, 0)


def start_crawl(session: Session, actor: Actor, site_id: int, order: Order) -> int:
    """Store what is to be taken in; raises ``BadInput`` for no addresses or for limits that are none."""
    actor.require(Action.IMPORT, site_id)
    if not 0 <= order.depth <= DEEPEST or not 1 <= order.most_pages <= MOST_PAGES:
        raise BadInput(
            N_("Links are followed up to {deepest} deep, and up to {most} pages are taken in."),
            deepest=DEEPEST,
            most=MOST_PAGES,
        )
    addresses = list(dict.fromkeys(urldefrag(address.strip()).url for address in order.addresses if address.strip()))
    if not addresses:
        raise BadInput(N_("{source} names no pages."), source=order.source)
    for address in addresses[: order.most_pages]:
        read_url(address, _hosts(addresses))  # whether it may be fetched is decided when it is
    crawl = Crawl(site_id=site_id, source=order.source[:2000], depth=order.depth, most_pages=order.most_pages)
    session.add(crawl)
    session.flush()
    _add(session, crawl.id, addresses[: order.most_pages], 0)
    record(
        session,
        actor,
        "crawl.start",
        f"crawl:{crawl.id}",
        site_id=site_id,
        after={"source": order.source, "addresses": len(addresses), "depth": order.depth},
    )
    return crawl.id


def next_address(session: Session, crawl_id: int) -> Next | None:
    """Return what is to be taken in next, nearest to the first addresses first; ``None`` at the end, or if stopped."""
    if session.get_one(Crawl, crawl_id).stopped:
        return None
    row = session.scalar(
        select(CrawlAddress)
        .where(CrawlAddress.crawl_id == crawl_id, CrawlAddress.state == CrawlState.WAITING)
        .order_by(CrawlAddress.depth, CrawlAddress.id)
        .limit(1)
    )
    return Next(row.id, row.url, row.depth) if row else None


def settle(session: Session, address_id: int, state: CrawlState, error: ReviewAppError | None = None) -> None:
    """Say what became of an address."""
    row = session.get_one(CrawlAddress, address_id)
    row.state = state
    if error is not None:
        row.error, row.error_values = error.template, {name: str(value) for name, value in error.values.items()}
    session.flush()


def follow(session: Session, crawl_id: int, found: Iterable[str], from_depth: int) -> None:
    """Add the pages that a page leads to: of the same website, not known yet, within the crawl's limits."""
    crawl = session.get_one(Crawl, crawl_id)
    if from_depth >= crawl.depth:
        return
    rows = session.execute(select(CrawlAddress.url, CrawlAddress.depth).where(CrawlAddress.crawl_id == crawl_id)).all()
    known = {url for url, _ in rows}
    hosts = _hosts([url for url, depth in rows if depth == 0])
    new = [url for url in dict.fromkeys(found) if url not in known and (urlsplit(url).hostname or "").lower() in hosts]
    _add(session, crawl_id, new[: max(0, crawl.most_pages - len(known))], from_depth + 1)


def expand(session: Session, crawl_id: int, address_id: int, found: Iterable[str]) -> None:
    """Put what a sitemap names in its place: addresses of its own website, within the crawl's limits."""
    crawl = session.get_one(Crawl, crawl_id)
    known = set(session.scalars(select(CrawlAddress.url).where(CrawlAddress.crawl_id == crawl_id)))
    hosts = _hosts([session.get_one(CrawlAddress, address_id).url])
    new = [url for url in dict.fromkeys(found) if url not in known and (urlsplit(url).hostname or "").lower() in hosts]
    _add(session, crawl_id, new[: max(0, crawl.most_pages - len(known))], 0)
    settle(session, address_id, CrawlState.SITEMAP)


def stop_crawl(session: Session, actor: Actor, crawl_id: int, *, stopped: bool = True) -> None:
    """Stop a crawl after the page in hand, or let it go on where it stopped."""
    crawl = _crawl(session, actor, crawl_id)
    actor.require(Action.IMPORT, crawl.site_id)
    crawl.stopped = stopped
    record(session, actor, "crawl.stop" if stopped else "crawl.resume", f"crawl:{crawl.id}", site_id=crawl.site_id)
    session.flush()


def get_crawl(session: Session, actor: Actor, crawl_id: int) -> CrawlView:
    """Return how a crawl stands; raises ``NotFound`` for whoever does not belong to its site."""
    crawl = _crawl(session, actor, crawl_id)
    counts = session.execute(
        select(CrawlAddress.state, func.count()).where(CrawlAddress.crawl_id == crawl_id).group_by(CrawlAddress.state)
    ).all()
    troubles = session.scalars(
        select(CrawlAddress)
        .where(CrawlAddress.crawl_id == crawl_id, CrawlAddress.error.is_not(None))
        .order_by(CrawlAddress.id)
    )
    return CrawlView(
        id=crawl.id,
        site_id=crawl.site_id,
        source=crawl.source,
        stopped=crawl.stopped,
        counts=dict(counts),
        troubles=tuple(Trouble(row.url, row.error or "", dict(row.error_values or {})) for row in troubles),
    )


def read_list(text: str) -> tuple[str, ...]:
    """Return the addresses of a list, one a line; blank lines and lines that begin with # are left out."""
    lines = (line.strip() for line in text.lstrip("\ufeff").split("\n"))
    return tuple(line for line in lines if line and not line.startswith("#"))


def _crawl(session: Session, actor: Actor, crawl_id: int) -> Crawl:
    crawl = session.get(Crawl, crawl_id)
    if crawl is None or not actor.may(Action.READ, crawl.site_id):
        raise NotFound(N_("There is no such crawl."))
    return crawl


def _hosts(addresses: Sequence[str]) -> set[str]:
    return {(urlsplit(address).hostname or "").lower() for address in addresses}


def _add(session: Session, crawl_id: int, addresses: Sequence[str], depth: int) -> None:
    rows = [
        {"crawl_id": crawl_id, "url": url, "depth": depth, "state": CrawlState.WAITING}
        for url in addresses
        if len(url) <= 2_000
    ]
    if rows:
        session.execute(insert(CrawlAddress), rows)
