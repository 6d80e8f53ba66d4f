"""What a page is read as: its blocks, its language, its title; and what is refused, in one sentence."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import BadPage
from review_app.pages.decode import byte_order_mark, encode
from review_app.pages.document import DEEPEST, LARGEST_BYTES, MOST_ATTRIBUTES, Document, flatten, read_document, splice
from review_app.pages.markup import Kind
from tests.shared_data import SHARED_DATA, needs_shared_data

REAL_PAGES = sorted((SHARED_DATA / "pages").glob("*.html"))


def read(html: str) -> Document:
    return read_document(html.encode())


def blocks(html: str) -> list[tuple[str, str]]:
    """Return the kind and the words of each block; objects are written as a dash."""
    return [
        (block.kind, " ".join("".join(run.text or "–" * (run.kind == "void") for run in block.runs).split()))
        for block in read(html).blocks
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Rubrik</h1><p>Text</p>", [("h1", "Rubrik"), ("p", "Text")]),
        ("<div>Löst <p>Stycke</p> efter</div>", [("div", "Löst"), ("p", "Stycke"), ("div", "efter")]),
        ("<p>Ett <b>fett</b> ord</p>", [("p", "Ett fett ord")]),
        ("<ul><li>A<ul><li>B</li></ul></li></ul>", [("li", "A"), ("li", "B")]),
        ("<ul><li>A<li>B</ul>", [("li", "A"), ("li", "B")]),
        ("<dl><dt>Ord<dd>Mening</dl>", [("dt", "Ord"), ("dd", "Mening")]),
        (
            "<table><caption>Tider</caption><tr><th>Dag<td>Tid</table>",
            [("caption", "Tider"), ("th", "Dag"), ("td", "Tid")],
        ),
        ("<p>Ett<br>två</p>", [("p", "Ett–två")]),
        ("<p>Ett<br><br>två</p>", [("p", "Ett–"), ("p", "två")]),
        ("<figure><figcaption>Bild</figcaption></figure>", [("figcaption", "Bild")]),
        ("<select><option>Ja<option>Nej</select>", [("option", "Ja"), ("option", "Nej")]),
        ("<button>Sök</button>", [("button", "Sök")]),
        ("<p>&aring;&nbsp;&#228;</p>", [("p", "å ä")]),
        ("text utan element<br>", [("body", "text utan element–")]),
        ("<pre>rad\n\nnästa</pre>", [("pre", "rad"), ("pre", "nästa")]),
        ("<p>Kod: <code>x = 1</code> här</p>", [("p", "Kod: – här")]),
    ],
)
def test_what_is_a_block(html: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img alt="En älg">', [("alt", "En älg")]),
        ('<p title="Tips">Text</p>', [("title", "Tips"), ("p", "Text")]),
        ('<p><a aria-label="Meny" href="#">x</a></p>', [("p", "x"), ("aria-label", "Meny")]),
        ('<input placeholder="Sök här">', [("placeholder", "Sök här")]),
        ('<input type="submit" value="Skicka">', [("value", "Skicka")]),
        ('<meta name="description" content="Om oss"><p>x', [("content", "Om oss"), ("p", "x")]),
        ("<title>Sidan</title><p>x", [("title", "Sidan"), ("p", "x")]),
    ],
)
def test_attributes_that_readers_meet(html: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>var text = 'Hej';</script>",
        "<style>p::after { content: 'Hej' }</style>",
        "<pre><code>Hej</code></pre>",
        '<p translate="no">Hej</p>',
        '<p lang="en">Hello</p>',
        '<div lang="en"><p>Hello <b>you</b></p></div>',
        '<input type="text" value="Ifyllt">',
        '<input type="hidden" value="Dolt">',
        "<template><p>Hej</p></template>",
        "<!-- Hej -->",
        '<img alt="">',
        "<textarea>Hej</textarea>",
        "<svg><text>Hej</text></svg>",
    ],
)
def test_what_is_not_for_translators(html: str) -> None:
    assert blocks(f'<html lang="sv"><p>Kvar</p>{html}') == [("p", "Kvar")]


def test_the_page_s_own_language_spelled_another_way_is_its_own() -> None:
    assert blocks('<html lang="sv-SE"><p lang="SV">Hej</p>') == [("p", "Hej")]


def test_what_stands_around_the_content() -> None:
    html = (
        "<title>T</title><header>Huvud</header><nav>Meny</nav><main><header>Ingress</header><p>Text</p></main>"
        "<div id=cookie-banner>Kakor</div><footer>Fot</footer>"
    )
    around = {"".join(run.text for run in block.runs): block.around for block in read(html).blocks}
    assert around == {
        "T": False,
        "Huvud": True,
        "Meny": True,
        "Ingress": False,
        "Text": False,
        "Kakor": True,
        "Fot": True,
    }


def test_a_page_that_says_nowhere_what_its_content_is() -> None:
    html = "<p>Text</p><div class='site-footer'>Fot</div><article><header>Ingress</header></article><nav>Meny</nav>"
    around = {"".join(run.text for run in block.runs): block.around for block in read(html).blocks}
    assert around == {"Text": False, "Fot": True, "Ingress": False, "Meny": True}


def test_title_and_language_of_a_page() -> None:
    document = read("<html lang=sv><title>Kommunen – Bygglov</title><h1>Bygglov</h1>")
    assert (document.title, document.language) == ("Bygglov", "sv")
    assert read("<title>Bara   titel</title><p>x").title == "Bara titel"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.7 ...", "other kind of file"),
        (b"PK\x03\x04...", "other kind of file"),
        (b"\x00\x01\x02<p>", "other kind of file"),
        (b"just words", "no markup"),
        (b'{"a": "<p>"}', "no markup"),
        (b"<html><script>x</script></html>", "no text to translate"),
        (b"<div>" * (DEEPEST + 5) + b"x", "nests elements"),
        (b"<p " + b" ".join(b"a%d" % n for n in range(MOST_ATTRIBUTES + 1)) + b">x", "attributes"),
        (b"x" * (LARGEST_BYTES + 1), "larger than"),
    ],
    ids="empty blank pdf zip binary text json script deep attributes large".split(),
)
def test_what_is_refused(body: bytes, message: str) -> None:
    with pytest.raises(BadPage, match=message):
        read_document(body)


texts = st.text(alphabet="ab\r\n", max_size=12)


@given(texts)
def test_splicing_nothing_changes_nothing(text: str) -> None:
    assert splice(text, []) == text


@given(texts, st.integers(0, 12), st.integers(0, 12))
def test_splicing_replaces_exactly_the_range_of_the_flat_text(text: str, start: int, length: int) -> None:
    flat = flatten(text)
    start = min(start, len(flat))
    end = min(start + length, len(flat))
    assert flatten(splice(text, [(start, end, "X")])) == flat[:start] + "X" + flat[end:]


@needs_shared_data
def test_real_pages_keep_every_swedish_letter() -> None:
    """Nothing is replaced on the way in: every page is decoded without a mark of loss, å, ä and ö among its letters."""
    for path in sorted((SHARED_DATA / "pages").glob("*-sv.html")) + sorted((SHARED_DATA / "pages").glob("s*.html")):
        document = read_document(path.read_bytes())
        assert "\ufffd" not in document.text, path.name
        words = "".join(run.text for block in document.blocks for run in block.runs)
        assert any(letter in words for letter in "åäö"), path.name
        assert "Ã¥" not in words, path.name


def test_as_deep_and_laden_as_allowed() -> None:
    deep = b"<div>" * (DEEPEST - 2) + b"x"  # html and body are two levels more
    laden = b"<p " + b" ".join(b"a%d" % n for n in range(MOST_ATTRIBUTES)) + b">x"
    assert [len(read_document(page).blocks) for page in (deep, laden)] == [1, 1]


def test_newlines_outside_the_edits_stay_as_they_are() -> None:
    assert splice("a\r\nb\rc\nd\r\ne", [(4, 5, "C")]) == "a\r\nb\rC\nd\r\ne"
    assert splice("å\r\n\r\nbb\r\n", [(3, 5, "ny\n")]) == "å\r\n\r\nny\n\r\n"


@needs_shared_data
@pytest.mark.parametrize("path", REAL_PAGES, ids=lambda path: path.stem)
def test_a_real_page_comes_back_to_the_byte(path: Path) -> None:
    body = path.read_bytes()
    page = read_document(body)
    assert byte_order_mark(body) + encode(page.text, page.charset) == body


@needs_shared_data
def test_the_runs_of_real_pages_are_where_they_say() -> None:
    for path in REAL_PAGES:
        page = read_document(path.read_bytes())
        flat = page.flat
        for block in page.blocks:
            assert all(before.end <= after.start for before, after in pairwise(block.runs))  # comments may lie between
            for run in block.runs:
                piece = flat[run.start : run.end]
                if run.kind is Kind.TEXT:
                    assert piece == run.text or not run.exact
                else:
                    assert (piece[0], piece[-1]) == ("<", ">")
