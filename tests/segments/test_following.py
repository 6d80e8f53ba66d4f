"""Following a website: crawls within their limits, known pages looked at again, nothing ever lost by it."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from review_app.db import utc_now
from review_app.errors import BadAddress, BadFile, NotAllowed
from review_app.pages import crawls
from review_app.pages.crawls import CrawlView, Order
from review_app.pages.service import find_page, pages_of
from review_app.pages.states import CrawlState
from review_app.pages.visiting import Visitor
from review_app.review import service
from review_app.segments.following import addresses_of_sitemap, look_again, run_crawl
from tests.houses import House
from tests.segments.website import Website, packed, page, serving, sitemap


@pytest.fixture
def website() -> Iterator[Website]:
    with serving(Website()) as found:
        yield found


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def visitor(pauses: list[float]) -> Visitor:
    return Visitor(["127.0.0.1"], sleep=pauses.append)


def crawl(house: House, visitor: Visitor, *addresses: str, depth: int = 0, most: int = 50) -> CrawlView:
    with house.database.writing() as session:
        order = Order("test", addresses, depth, most)
        crawl_id = crawls.start_crawl(session, house.town.carin, house.town.site_id, order)
    return go_on(house, visitor, crawl_id)


def go_on(house: House, visitor: Visitor, crawl_id: int) -> CrawlView:
    run_crawl(house.database, visitor, house.town.carin, crawl_id, house.town.site_id, lambda _done, _total: None)
    with house.database.reading() as session:
        return crawls.get_crawl(session, house.town.carin, crawl_id)


def paths(house: House) -> set[str]:
    with house.database.reading() as session:
        return {found.path for found in pages_of(session, house.town.site_id)} - {"bibliotek"}


def again(house: House, visitor: Visitor, since: datetime | None = None) -> dict[str, int]:
    with house.database.reading() as session:
        pages = [found for found in pages_of(session, house.town.site_id) if found.url]
    return look_again(house.database, visitor, house.town.carin, pages, lambda _done, _total: None, since=since)


def test_links_are_followed_as_deep_as_was_asked(house: House, website: Website, visitor: Visitor) -> None:
    website.pages = {
        "/": page("Start", "/a", "/b#del", "/plan.pdf", "https://other.example/"),
        "/a": page("A", "/a/x", "/"),
        "/b": page("B"),
        "/a/x": page("X", "/a/x/y"),
        "/a/x/y": page("Y"),
    }
    view = crawl(house, visitor, f"{website.address}/", depth=2)
    assert paths(house) == {"start", "a", "b", "a/x"}
    assert view.counts == {CrawlState.TAKEN: 4}
    assert website.asked == ["/", "/a", "/b", "/a/x"]


def test_no_more_pages_than_asked(house: House, website: Website, visitor: Visitor) -> None:
    website.pages = {"/": page("Start", *(f"/{number}" for number in range(9)))}
    website.pages |= {f"/{number}": page(f"Sida {number}") for number in range(9)}
    assert crawl(house, visitor, f"{website.address}/", depth=1, most=4).counts == {CrawlState.TAKEN: 4}


def test_one_that_fails_is_listed_and_the_others_come_in(house: House, website: Website, visitor: Visitor) -> None:
    website.pages = {"/a": page("A"), "/tom": "  ", "/b": page("B")}
    website.broken = {"/sjuk"}
    addresses = [f"{website.address}{path}" for path in ("/a", "/tom", "/sjuk", "/borta", "/b")]
    view = crawl(house, visitor, *addresses, "http://10.0.0.1/")
    assert paths(house) == {"a", "b"}
    assert view.counts == {CrawlState.TAKEN: 2, CrawlState.FAILED: 4}
    assert [trouble.url.rsplit("/", 1)[-1] for trouble in view.troubles] == ["tom", "sjuk", "borta", ""]
    assert "empty" in view.troubles[0].error


def test_what_robots_txt_forbids_is_skipped(house: House, website: Website, visitor: Visitor) -> None:
    website.robots = "User-agent: *\nDisallow: /hemligt\nAllow: /hemligt/men-inte-detta"
    website.pages = {f"/{name}": page(name) for name in ("a", "hemligt/x", "hemligt/men-inte-detta")}
    view = crawl(house, visitor, *(f"{website.address}{path}" for path in website.pages))
    assert paths(house) == {"a", "hemligt/men-inte-detta"}
    assert view.counts == {CrawlState.TAKEN: 2, CrawlState.SKIPPED: 1}
    assert "/hemligt/x" not in website.asked


def test_the_pause_a_website_asks_for_is_kept(
    house: House, website: Website, visitor: Visitor, pauses: list[float]
) -> None:
    website.robots = "User-agent: *\nCrawl-delay: 7"
    website.pages = {"/a": page("A"), "/b": page("B")}
    crawl(house, visitor, f"{website.address}/a", f"{website.address}/b")
    assert len(pauses) == 1
    assert 6 < pauses[0] <= 7


def test_a_crawl_stops_and_goes_on_where_it_stopped(house: House, website: Website) -> None:
    website.pages = {f"/{number}": page(f"Sida {number}") for number in range(5)}
    with house.database.writing() as session:
        order = Order("test", tuple(f"{website.address}{path}" for path in website.pages))
        crawl_id = crawls.start_crawl(session, house.town.carin, house.town.site_id, order)

    def stop_after_two(done: int, _total: int) -> None:
        if done == 2:
            with house.database.writing() as session:
                crawls.stop_crawl(session, house.town.carin, crawl_id)

    visitor = Visitor(["127.0.0.1"])
    run_crawl(house.database, visitor, house.town.carin, crawl_id, house.town.site_id, stop_after_two)
    assert len(website.asked) == 3, "the page in hand is still taken in"
    with house.database.writing() as session:
        crawls.stop_crawl(session, house.town.carin, crawl_id, stopped=False)
    assert go_on(house, visitor, crawl_id).counts == {CrawlState.TAKEN: 5}
    assert website.asked == list(website.pages), "none is fetched twice"


def test_only_who_may_take_pages_in_may_crawl(house: House) -> None:
    order = Order("test", ("https://www.alvby.example/",))
    with pytest.raises(NotAllowed), house.database.writing() as session:
        crawls.start_crawl(session, house.town.anna, house.town.site_id, order)


def test_a_list_with_something_else_in_it_is_refused_whole(house: House) -> None:
    order = Order("list.txt", ("https://www.alvby.example/", "ftp://x.example/"))
    with pytest.raises(BadAddress, match="is not a web address"), house.database.writing() as session:
        crawls.start_crawl(session, house.town.carin, house.town.site_id, order)


def test_sitemaps_in_sitemaps_packed_ones_too(website: Website, visitor: Visitor) -> None:
    website.pages = {
        "/sitemap.xml": sitemap("/one.xml", "/two.xml.gz", "/sitemap.xml", index=True),
        "/one.xml": sitemap("/a", "/b"),
        "/two.xml.gz": packed(sitemap("/b", "/c"), website.address),
    }
    found = addresses_of_sitemap(visitor, f"{website.address}/sitemap.xml")
    assert [address.removeprefix(website.address) for address in found] == ["/a", "/b", "/c"]


def test_a_sitemap_names_pages_of_its_own_website_only(website: Website, visitor: Visitor) -> None:
    website.pages = {
        "/sitemap.xml": sitemap("/a").replace("</urlset>", "<url><loc>http://10.0.0.1/</loc></url></urlset>")
    }
    assert addresses_of_sitemap(visitor, f"{website.address}/sitemap.xml") == (f"{website.address}/a",)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>no</html>",
        b"not xml",
        b'<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        b"\x1f\x8bbroken",
    ],
)
def test_what_is_no_sitemap_is_told(visitor: Visitor, body: bytes) -> None:
    with pytest.raises(BadFile, match="is no sitemap"):
        addresses_of_sitemap(visitor, "sitemap.xml", body)


def test_known_pages_are_looked_at_again(house: House, website: Website, visitor: Visitor) -> None:
    website.pages = {f"/{name}": page(name) for name in "abc"}
    crawl(house, visitor, *(f"{website.address}{path}" for path in website.pages))
    assert again(house, visitor) == {"changed": 0, "unchanged": 3, "vanished": 0, "failed": 0}
    website.pages["/a"] = page("a", "/ny")
    del website.pages["/b"]
    website.broken = {"/c"}
    assert again(house, visitor) == {"changed": 1, "unchanged": 0, "vanished": 1, "failed": 1}


def test_who_goes_on_after_another_leaves_what_that_one_has_looked_at(
    house: House, website: Website, visitor: Visitor
) -> None:
    website.pages = {f"/{name}": page(name) for name in "abc"}
    crawl(house, visitor, *(f"{website.address}{path}" for path in website.pages))
    begun = utc_now()
    kept = website.pages.pop("/b")
    website.broken = {"/c"}
    assert again(house, visitor, begun) == {"changed": 0, "unchanged": 1, "vanished": 1, "failed": 1}
    website.pages["/b"], website.broken = kept, set()
    website.asked.clear()
    assert again(house, visitor, begun) == {"changed": 0, "unchanged": 1, "vanished": 0, "failed": 0}
    assert website.asked == ["/c"], "it was not looked at yet, as it failed"


def test_a_page_that_vanished_is_marked_and_comes_back(house: House, website: Website, visitor: Visitor) -> None:
    website.pages = {"/a": page("A")}
    crawl(house, visitor, f"{website.address}/a")
    kept = website.pages.pop("/a")
    for _ in range(2):
        again(house, visitor)
    with house.database.reading() as session:
        gone = find_page(session, house.town.site_id, "a")
        assert gone is not None
        assert gone.vanished_at is not None
        assert [row.source for row in service.bench(session, house.town.anna, gone.id, "en").rows] == ["A"]
    website.pages["/a"] = kept
    again(house, visitor)
    with house.database.reading() as session:
        back = find_page(session, house.town.site_id, "a")
        assert back is not None
        assert (back.vanished_at, back.version) == (None, 1)
