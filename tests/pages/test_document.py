"""Reading a page: what it says of itself, what is refused, and that all of it comes back to the byte."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import BadPage
from review_app.pages.decode import byte_order_mark, encode
from review_app.pages.document import DEEPEST, MOST_ATTRIBUTES, flatten, read_document, splice
from review_app.pages.markup import Kind
from tests.shared_data import SHARED_DATA, needs_shared_data

REAL_PAGES = sorted((SHARED_DATA / "pages").glob("*.html")) if SHARED_DATA.is_dir() else []


def test_what_a_page_says_of_itself() -> None:
    page = read_document(
        "<html lang='sv-SE'><title>Älvby kommun | Bad</title><h1>Simhallen\n i <b>Älvby</b></h1>".encode()
    )
    assert (page.title, page.language, page.charset) == ("Simhallen i Älvby", "sv-SE", "utf-8")


def test_without_a_heading_its_title_is_its_title() -> None:
    page = read_document(b"<title>Bad</title><p>Simma lugnt.")
    assert (page.title, page.language) == ("Bad", None)


def test_blocks_are_numbered_in_the_order_of_the_source() -> None:
    page = read_document("<h1>Bad</h1><p>Se <img src=k alt='Karta'> här</p><p title='Öppet'>Nu</p>".encode())
    assert [(b.number, b.kind, b.attribute) for b in page.blocks] == [
        (0, "h1", False),
        (1, "p", False),
        (2, "alt", True),
        (3, "title", True),
        (4, "p", False),
    ]


def test_what_stands_around_the_content() -> None:
    page = read_document(
        b"<title>T</title><nav><a>Hem</a></nav><main><h1>Bad</h1></main><footer title='f'>Ring</footer>"
    )
    assert [(b.kind, b.around) for b in page.blocks] == [
        ("title", False),
        ("nav", True),
        ("h1", False),
        ("title", True),
        ("footer", True),
    ]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The page is empty"),
        (b" \n\t ", "The page is empty"),
        (b"%PDF-1.7 <p>x", "some other kind of file"),
        (b"PK\x03\x04<p>x", "some other kind of file"),
        (b"<p>x\x00</p>", "some other kind of file"),
        (b"Bara text.", "it has no markup"),
        (b'{"html": "<p>x</p>"}', "it has no markup"),
        (b"<script>var x = 'inget';</script><p> </p>", "no text to translate"),
        (b"<p>x" + b" " * (10 * 1024 * 1024), "larger than 10 MB"),
        (b"<div>" * (DEEPEST + 5) + b"x", "more than 500 levels deep"),
        (b"<p " + b" ".join(b"a%d" % n for n in range(MOST_ATTRIBUTES + 1)) + b">x", "more than 2000 attributes"),
        (b"<p>x" * 50_001, "more than 50000 passages"),
    ],
    ids="empty blank pdf zip null text json silent large deep attributes blocks".split(),
)
def test_what_is_no_usable_page_is_refused_in_one_sentence(body: bytes, sentence: str) -> None:
    with pytest.raises(BadPage, match=sentence):
        read_document(body)


def test_as_deep_and_laden_as_allowed() -> None:
    deep = b"<div>" * (DEEPEST - 2) + b"Djupt"  # html and body are two levels more
    laden = b"<p " + b" ".join(b"a%d" % n for n in range(MOST_ATTRIBUTES)) + b">Tungt"
    assert [len(read_document(page).blocks) for page in (deep, laden)] == [1, 1]


@needs_shared_data
@pytest.mark.parametrize("path", REAL_PAGES, ids=lambda path: path.stem)
def test_a_real_page_comes_back_to_the_byte(path: Path) -> None:
    body = path.read_bytes()
    page = read_document(body)
    everything = [(run.start, run.end, page.flat[run.start : run.end]) for block in page.blocks for run in block.runs]
    outermost = [
        edit for edit in everything if not any(o[0] <= edit[0] and edit[1] <= o[1] for o in everything if o != edit)
    ]
    assert byte_order_mark(body) + encode(page.text, page.charset) == body
    assert flatten(splice(page.text, outermost)) == page.flat


@needs_shared_data
def test_the_runs_of_real_pages_are_where_they_say() -> None:
    assert len(REAL_PAGES) == 33
    for path in REAL_PAGES:
        page = read_document(path.read_bytes())
        flat = page.flat
        for block in page.blocks:
            for before, after in pairwise(block.runs):
                assert before.end <= after.start  # a comment may stand between
            for run in block.runs:
                if run.kind is Kind.TEXT and run.exact:
                    assert flat[run.start : run.end] == run.text
                elif run.kind is not Kind.TEXT:
                    assert flat[run.start] == "<"
                    assert flat[run.end - 1] == ">"


TEXTS = st.text(st.sampled_from("aå<\r\n "), max_size=30)


@given(TEXTS, st.data())
def test_splicing_replaces_ranges_of_the_flat_text_and_nothing_else(text: str, data: st.DataObject) -> None:
    flat = flatten(text)
    places = sorted(data.draw(st.lists(st.integers(0, len(flat)), max_size=6, unique=True)))
    edits = [(start, end, "[x]") for start, end in zip(places[::2], places[1::2], strict=False)]
    expected, position = [], 0
    for start, end, new in edits:
        expected += [flat[position:start], new]
        position = end
    spliced = splice(text, edits[::-1])
    assert flatten(spliced) == "".join([*expected, flat[position:]])
    if not edits:
        assert spliced == text


def test_newlines_outside_the_edits_stay_as_they_are() -> None:
    assert splice("a\r\nb\rc\nd\r\ne", [(4, 5, "C")]) == "a\r\nb\rC\nd\r\ne"
    assert splice("å\r\n\r\nbb\r\n", [(3, 5, "ny\n")]) == "å\r\n\r\nny\n\r\n"
