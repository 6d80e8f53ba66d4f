"""What of a page is not for translators: code, other languages, and what the page says to leave alone."""

from itertools import pairwise

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st

from review_app.pages.document import read_document
from review_app.pages.markup import UNTRANSLATED, Kind
from review_app.pages.untranslated import merged, page_language, untranslated_ranges, within


def left_alone(html: str, language: str = "sv") -> list[str]:
    """Return the parts of a page that are not for translators."""
    tree = turbohtml.parse(html, source_locations=True)
    return [html[start:end] for start, end in untranslated_ranges(tree, page_language(tree) or language, len(html))]


def texts(html: str) -> list[str]:
    """Return what is for translators, block by block; an object in a sentence is ``*``."""
    return [
        "".join(run.text if run.kind is Kind.TEXT else "*" if run.kind is Kind.VOID else "" for run in block.runs)
        for block in read_document(html.encode()).blocks
    ]


@pytest.mark.parametrize(
    "part",
    [
        "<script>if (a < b) document.write('<p>nej</p>')</script>",
        "<style>p::before { content: 'nej' }</style>",
        "<code>ls <b>-l</b></code>",
        "<template><p>nej</p></template>",
        "<noscript><p>nej</p></noscript>",
        "<textarea>nej</textarea>",
        "<svg><title>nej</title><text>nej</text></svg>",
        "<iframe title='nej' src=x>nej</iframe>",
        "<span translate=no>Älvby Hub</span>",
        "<span TRANSLATE=' No '>Älvby Hub</span>",
        "<span lang=en title='nej'>more</span>",
        "<div lang=ar dir=rtl><p>نعم</p></div>",
    ],
)
def test_what_is_left_alone(part: str) -> None:
    html = f"<html lang=sv><body><p>Före.</p>{part}<p>Efter.</p>"
    assert left_alone(html) == [part]
    assert texts(html)[0] == "Före."
    assert texts(html)[-1] == "Efter."
    assert "nej" not in "".join(texts(html))


@pytest.mark.parametrize("tag", sorted(UNTRANSLATED - {"plaintext"}))
def test_every_element_that_holds_no_text_for_translators(tag: str) -> None:
    assert texts(f"<p>Före.</p><{tag}>nej</{tag}><p>Efter.</p>") == ["Före.", "Efter."]


@pytest.mark.parametrize(
    "part",
    [
        "<span translate=yes>ja</span>",
        "<span lang=sv-FI>ja</span>",
        "<span lang=''>ja</span>",
        "<pre>ja</pre>",
        "<kbd>ja</kbd>",
    ],
)
def test_what_is_for_translators(part: str) -> None:
    assert left_alone(f"<html lang=sv><p>Före {part}") == []


def test_a_page_in_another_language_is_that_language() -> None:
    assert left_alone("<html lang=en><p>Hello <i lang=sv>hej</i> <i lang=en-GB>you</i>") == ["<i lang=sv>hej</i>"]


def test_a_page_that_names_no_language_is_swedish() -> None:
    assert texts("<p lang=sv>Hej</p><p lang=en>Hello</p>") == ["Hej"]


def test_inside_a_sentence_it_is_an_object() -> None:
    assert texts("<p>Kör <code>ls</code> nu <script>x()</script>.</p>") == ["Kör * nu *."]
    assert texts("<p>Läs <span lang=en>more</span> här, <b translate=no>Hub</b>!</p>") == ["Läs * här, *!"]


def test_one_that_is_left_open_ends_the_sentence_since_it_cannot_be_moved() -> None:
    assert texts("<div>Före <i translate=no>nej</div><p>Efter.") == ["Före ", "Efter."]


def test_a_block_of_it_parts_what_stands_around_it() -> None:
    assert texts("<div>Före <div translate=no>nej</div> efter</div>") == ["Före ", " efter"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><p translate=no>nej<p>Ja</div>", ["<p translate=no>nej"]),
        ("<div><i translate=no>nej</div><p>Ja", ["<i translate=no>nej"]),
        ("<img translate=no alt=nej><p>Ja", ["<img translate=no alt=nej>"]),
        ("<p>Ja<p translate=no>nej", ["<p translate=no>nej"]),
    ],
)
def test_one_without_an_end_tag_ends_where_the_parser_ends_it(html: str, expected: list[str]) -> None:
    assert left_alone(html)[: len(expected)] == expected
    assert "Ja" in "".join(texts(html))
    assert "nej" not in "".join(texts(html))


def test_what_is_inside_another_is_not_named_again() -> None:
    html = "<div translate=no><code>a</code><p lang=en>b</p></div><p>Ja"
    assert left_alone(html) == ["<div translate=no><code>a</code><p lang=en>b</p></div>"]


RANGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=8
)


@given(RANGES)
def test_merged_ranges_hold_the_same_places_in_order_and_apart(ranges: list[tuple[int, int]]) -> None:
    joined = merged(ranges)
    places = {place for start, end in ranges for place in range(start, end)}
    assert {place for start, end in joined for place in range(start, end)} == places
    assert all(before[1] <= after[0] for before, after in pairwise(joined))
    assert all(within(place, joined) == (place in places) for place in range(32))
