"""Pages and their versions: immutable, kept once per content, named by clean paths, and only by who may."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.accounts.permissions import Actor
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.pages.document import read_document
from review_app.pages.service import (
    LONGEST_PATH,
    SHARED_PATH,
    Snapshot,
    body_of,
    find_page,
    get_page,
    newest_version,
    newest_version_ids,
    normalise_path,
    note_vanished,
    pages_of,
    set_content_class,
    store_snapshot,
)
from review_app.pages.tables import Block, PageVersion
from review_app.sites.policy import ContentClass
from tests.houses import House

HTML = "<html lang=sv><title>Bad</title><nav>Meny</nav><main><h1>Simhallen på Öland</h1><p>Öppet.</p></main></html>"


def store(session: Session, house: House, html: str = HTML, path: str = "bad", by: Actor | None = None) -> PageVersion:
    body = html.encode()
    snapshot = Snapshot(body, read_document(body), "test")
    return store_snapshot(session, by or house.town.carin, house.town.site_id, path, snapshot)[0]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "start"),
        ("", "start"),
        ("/bygga/Lov/", "bygga/Lov"),
        ("//bygga/./lov.html", "bygga/lov"),
        ("lov.htm?sida=2#topp", "lov"),
        ("återvinning", "återvinning"),
    ],
)
def test_paths_are_written_one_way(path: str, expected: str) -> None:
    assert normalise_path(path) == expected


@pytest.mark.parametrize("path", ["../etc/passwd", "a/../b", "a\\b", "a\nb", "a" * (LONGEST_PATH + 1)])
def test_what_cannot_be_a_path_is_refused(path: str) -> None:
    with pytest.raises(BadInput, match="cannot be a page's path"):
        normalise_path(path)


@given(st.text(st.sampled_from("aå/.?#\\h"), max_size=12))
def test_a_clean_path_stays_inside_its_site(path: str) -> None:
    try:
        clean = normalise_path(path)
    except BadInput:
        return
    assert clean
    assert not clean.startswith("/")
    assert not clean.endswith("/")
    assert not {"", ".", ".."} & set(clean.split("/"))


def test_a_page_is_kept_with_its_bytes_its_blocks_and_its_title(house: House) -> None:
    taken_at = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    body = HTML.encode("cp1252")
    with house.database.writing() as session:
        snapshot = Snapshot(body, read_document(body), "bad.html", taken_at)
        url = "https://www.alvby.example/bad"
        version, new = store_snapshot(session, house.town.carin, house.town.site_id, "/bad/", snapshot, url=url)
        page_id, version_id = version.page_id, version.id
        assert new
    with house.database.reading() as session:
        page = get_page(session, page_id)
        assert (page.path, page.url, page.title, page.version) == ("bad", url, "Simhallen på Öland", 1)
        assert (page.origin, page.taken_at, page.version_id) == ("bad.html", taken_at, version_id)
        assert body_of(session, version_id) == (body, "cp1252")
        blocks = select(Block.kind, Block.around).where(Block.page_version_id == version_id).order_by(Block.number)
        assert session.execute(blocks).all() == [("title", False), ("nav", True), ("h1", False), ("p", False)]


def test_the_same_bytes_are_one_version_and_others_the_next(house: House) -> None:
    with house.database.writing() as session:
        first = store(session, house)
        assert store(session, house, path="/bad.html") is first
        second = store(session, house, HTML.replace("Öppet", "Stängt"))
        third = store(session, house)  # as it was once: what stands there now is what counts
        assert [version.number for version in (first, second, third)] == [1, 2, 3]
        assert len({first.id, second.id, third.id}) == 3
        assert body_of(session, first.id)[0] == body_of(session, third.id)[0] == HTML.encode()
        assert newest_version(session, first.page_id) is third
        assert newest_version_ids(session, [first.page_id, 10**6]) == {first.page_id: third.id}


def test_the_log_names_who_took_a_page_in_once_per_version(house: House) -> None:
    with house.database.writing() as session:
        version = store(session, house)
        store(session, house)
        rows = audit_rows(session, house.town.carin, house.town.site_id)
        found = [row for row in rows if row.subject == f"page:{version.page_id}"]
        assert [(row.actor, row.action) for row in found] == [("Carin", "page.import")]
        assert found[0].after == {"path": "bad", "version": 1, "origin": "test", "sha256": version.content_hash}


@pytest.mark.parametrize("name", ["anna", "bo"])
def test_only_an_administrator_takes_pages_in(house: House, name: str) -> None:
    with house.database.writing() as session, pytest.raises(NotAllowed):
        store(session, house, by=house.town.people[name])
    with house.database.reading() as session:
        assert find_page(session, house.town.site_id, "bad") is None


def test_a_website_s_page_cannot_take_the_place_of_what_pages_share(house: House) -> None:
    with house.database.writing() as session, pytest.raises(BadInput, match="used for what the pages share"):
        store(session, house, path=SHARED_PATH)


def test_pages_are_found_by_path_and_listed_in_its_order(house: House) -> None:
    with house.database.writing() as session:
        for path in ("bad", "arkiv"):
            store(session, house, path=path)
    with house.database.reading() as session:
        assert [page.path for page in pages_of(session, house.town.site_id)] == ["arkiv", "bad", "bibliotek"]
        found = find_page(session, house.town.site_id, "arkiv")
        assert found is not None
        assert get_page(session, found.id) == found
        assert find_page(session, house.town.site_id, "borta") is None
        assert pages_of(session, house.town.site_id + 1) == []
        with pytest.raises(NotFound):
            get_page(session, 10**6)


def test_how_much_is_at_stake_is_said_by_an_administrator(house: House) -> None:
    with house.database.writing() as session:
        set_content_class(session, house.town.carin, house.page.page_id, ContentClass.RIGHTS)
        assert get_page(session, house.page.page_id).content_class == ContentClass.RIGHTS
        with pytest.raises(NotAllowed):
            set_content_class(session, house.town.bo, house.page.page_id, ContentClass.NORMAL)


def test_a_page_that_vanished_is_marked_once_and_keeps_everything(house: House) -> None:
    with house.database.writing() as session:
        before = get_page(session, house.page.page_id)
        note_vanished(session, house.town.carin, house.page.page_id)
        first = get_page(session, house.page.page_id).vanished_at
        note_vanished(session, house.town.carin, house.page.page_id)
        after = get_page(session, house.page.page_id)
        assert first is not None
        assert (after.vanished_at, after.version_id) == (first, before.version_id)
        rows = audit_rows(session, house.town.carin, house.town.site_id)
        assert [row.action for row in rows].count("page.vanish") == 1
