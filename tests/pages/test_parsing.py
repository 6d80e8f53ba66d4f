"""Pages are read in a child that can be lost: hostile ones are refused, and the next page is read as ever."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from review_app.errors import BadPage
from review_app.pages import parsing
from review_app.pages.document import read_document
from review_app.pages.parsing import parse_guarded
from tests.shared_data import SHARED_DATA, needs_shared_data

GOOD = b"<html lang=sv><title>T</title><nav>Meny</nav><p>Hej <b>d\xc3\xa5</b>!</p>"


def test_the_child_reads_as_the_function_does() -> None:
    assert parse_guarded(GOOD) == read_document(GOOD)
    assert parse_guarded("<p>å".encode("cp1252"), "iso-8859-1") == read_document("<p>å".encode("cp1252"), "iso-8859-1")


@needs_shared_data
def test_real_pages_come_through_the_child_unchanged() -> None:
    for path in sorted((SHARED_DATA / "pages").glob("*.html"))[::4]:
        body = path.read_bytes()
        assert parse_guarded(body) == read_document(body), path.name


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000 + b"x",
        b"<b>" * 100_000 + b"x" + b"</b>" * 100_000,
        b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">x",
        b"<p>x</p>" * (50 * 1024 * 1024 // 8),
        b"<p>" + b"&amp;" * 1_900_000,
        b"<select>" + b"<option>x" * 100_000,
    ],
    ids="nested inline attributes 50MB entities options".split(),
)
def test_a_hostile_page_is_refused_and_the_next_one_read(body: bytes) -> None:
    with pytest.raises(BadPage):
        parse_guarded(body)
    assert parse_guarded(GOOD).title == "T"


def test_a_refusal_of_the_child_is_the_same_sentence() -> None:
    with pytest.raises(BadPage) as here:
        read_document(b"%PDF-1.7")
    with pytest.raises(BadPage) as there:
        parse_guarded(b"%PDF-1.7")
    assert str(here.value) == str(there.value)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parsing._CHILD.stop()  # a new child takes longer to start than this page may take
    monkeypatch.setattr(parsing, "SECONDS_PER_PAGE", 0.0)
    with pytest.raises(BadPage, match="too complicated"):
        parse_guarded(GOOD)
    monkeypatch.undo()
    assert parse_guarded(GOOD).title == "T"


def test_a_child_that_died_is_replaced() -> None:
    parse_guarded(GOOD)
    first = parsing._CHILD._process
    assert first is not None
    first.kill()
    first.wait()
    assert parse_guarded(GOOD).title == "T"
    assert parsing._CHILD._process is not first


def test_a_child_is_kept_between_pages_also_after_a_refusal() -> None:
    parse_guarded(GOOD)
    first = parsing._CHILD._process
    with pytest.raises(BadPage):
        parse_guarded(b"%PDF-1.7")
    parse_guarded(GOOD)
    assert parsing._CHILD._process is first


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_the_child_has_little_memory_and_little_time() -> None:
    parse_guarded(GOOD)
    process = parsing._CHILD._process
    assert process is not None
    limits = Path(f"/proc/{process.pid}/limits")
    if not limits.exists():
        pytest.skip("this system does not say what limits a process has")
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits.read_text("ascii").splitlines()}
    assert soft["Max address space"] == str(parsing.MEMORY_BYTES)
    assert int(soft["Max cpu time"]) < 600


def test_pages_read_at_the_same_time_are_not_mixed_up() -> None:
    pages = [f"<title>Sida {number}</title><p>{'ord ' * number}".encode() for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        titles = [document.title for document in threads.map(parse_guarded, pages)]
    assert titles == [f"Sida {number}" for number in range(40)]
