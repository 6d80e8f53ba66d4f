"""Pages are read in a child that can be lost: hostile ones are refused, and the next page is read as ever."""

import pytest

from review_app.errors import BadPage
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
