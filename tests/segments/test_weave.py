"""Weaving: what is not replaced stays to the byte; whatever a translator writes, the structure stays."""

import re
from collections import Counter

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st

from review_app.pages.document import Document, read_document
from review_app.segments.cutting import cut
from review_app.segments.weave import Passage, weave
from review_app.text.placeholders import is_well_nested
from tests.shared_data import SHARED_DATA, needs_shared_data

PAGE = (
    "<!doctype html>\r\n<html lang=sv><head><title>Sida &amp; s&aring;</title></head>\r\n<body>\r\n"
    "<p class='x'>Läs <a href='/mer'>mer om <b>lån</b></a> här<br>och <img src=i alt=\"en &quot;bild&quot;\">.</p>\r\n"
    "<ul><li>Ett&nbsp;par <i></i>ord</ul></body></html>"
)


def document(html: str = PAGE) -> Document:
    return read_document(html.encode())


def woven(html: str, **texts: str) -> str:
    """Return the page with the n-th segment's text replaced: ``_0="…"``."""
    page = document(html)
    cuts = cut(page)
    return weave(
        page, {(cuts[int(n[1:])].block, cuts[int(n[1:])].position): Passage(text) for n, text in texts.items()}
    )


def structure(html: str) -> Counter[tuple[str, ...]]:
    """Return the elements with their ancestors and the names of their attributes."""
    return Counter(
        (
            element.tag,
            *sorted(element.attrs),
            *(getattr(parent, "tag", "") for parent in element.ancestors),
        )
        for element in turbohtml.parse(html).select("*")
    )


def elements(html: str) -> Counter[str]:
    """Return the elements with their attributes, wherever they stand."""
    return Counter(f"{element.tag} {element.attrs}" for element in turbohtml.parse(html).select("*"))


def test_own_texts_leave_every_byte() -> None:
    page = document()
    own = {(one.block, one.position): Passage(one.text) for one in cut(page)}
    assert weave(page, own) == PAGE
    assert weave(page, {}) == PAGE


def test_a_text_stands_in_its_place_escaped() -> None:
    assert woven("<p>Hej.</p>", _0="a < b & <script>") == "<p>a &lt; b &amp; &lt;script&gt;</p>"
    assert woven('<img alt="Hej">', _0='say "hi" & go') == '<img alt="say &quot;hi&quot; &amp; go">'
    assert woven("<img alt=Hej>", _0="two words") == '<img alt="two words">'


def test_links_keep_their_address_wherever_they_are_moved() -> None:
    assert woven("<p>Läs <a href='/x?a=1&amp;b=2'>mer</a> här.</p>", _0="Here is <1>more</1>.") == (
        "<p>Here is <a href='/x?a=1&amp;b=2'>more</a>.</p>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Read more here.", "<p>Read more here.</p>"),
        ("Read <1>more here.", "<p>Read more here.</p>"),
        ("Read </1>more<1> here.", "<p>Read more here.</p>"),
        ("<1>Read</1> <1>more</1>", "<p><a href=x>Read</a> more</p>"),
        ("Read <9>more</9> here<7/>.", "<p>Read more here.</p>"),
    ],
    ids=["lost", "half", "reversed", "twice", "unknown"],
)
def test_a_broken_placeholder_costs_its_markup_only(text: str, html: str) -> None:
    assert woven("<p>Läs <a href=x>mer</a> här.</p>", _0=text) == html


def test_overlapping_pairs_become_one_that_nests() -> None:
    page = "<p>A <b>b</b> <i>c</i> d.</p>"
    assert woven(page, _0="<1>x <2>y</1> z</2>") == "<p><b>x y</b> z</p>"


def test_our_own_marks_stand_around_a_passage_but_never_in_a_title() -> None:
    page = document("<title>T</title><p>Hej.</p>")
    marked = {(one.block, one.position): Passage("X", before="<mark>", after="</mark>") for one in cut(page)}
    assert weave(page, marked) == "<title>X</title><p><mark>X</mark></p>"


pieces = st.sampled_from(["<1>", "</1>", "<2>", "</2>", "<3/>", "<4/>", "ord", " ", "<b>", "&amp;", '"', "<", "\n"])


@given(st.lists(pieces, max_size=10).map("".join), st.lists(pieces, max_size=6).map("".join))
def test_whatever_is_written_the_page_around_it_stays(first: str, second: str) -> None:
    page = document()
    cuts = cut(page)
    replaced = {(cuts[1].block, cuts[1].position): Passage(first), (cuts[-1].block, cuts[-1].position): Passage(second)}
    after = weave(page, replaced)
    before_kinds = Counter(element.tag for element in turbohtml.parse(PAGE).select("*"))
    after_kinds = Counter(element.tag for element in turbohtml.parse(after).select("*"))
    assert after_kinds <= before_kinds, "no element is ever added"
    for tag in ("html", "head", "title", "body", "p", "ul", "li"):
        assert after_kinds[tag] == before_kinds[tag]


@needs_shared_data
def test_real_pages_come_back_byte_for_byte_and_keep_their_structure() -> None:
    for path in sorted((SHARED_DATA / "pages").glob("*.html")):
        page = read_document(path.read_bytes())
        cuts = cut(page)
        assert weave(page, {(one.block, one.position): Passage(one.text) for one in cuts}) == page.text, path.name
        pseudo = weave(page, {(one.block, one.position): Passage(f"⟦{one.text}⟧") for one in cuts})
        assert structure(pseudo) == structure(page.text), path.name


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ("<p>Tomt <b></b> här<br>nu</p>", "Empty<2/> here <1></1>now", "<p>Empty<br> here <b></b>now</p>"),
        ("<p>10&nbsp;kr åter&shy;vinning</p>", "10\u00a0kr re\u00adcycling", "<p>10\u00a0kr re\u00adcycling</p>"),
        ("<p>Skriv &lt;1&gt; nu</p>", "Now write <1/>", "<p>Now write &lt;1&gt;</p>"),
        ("<img alt='Skriv <1> nu'>", 'Now "<1/>"', '<img alt="Now &quot;&lt;1&gt;&quot;">'),
        ("<title>Skriv <1> nu</title><p>x", "Now <1/> & <2/>", "<title>Now &lt;1&gt; &amp; </title><p>x"),
        ("<p>Kör <code>a &lt; b</code> nu</p>", "Now run <1/>", "<p>Now run <code>a &lt; b</code></p>"),
        ("<input type=submit value=Sök>", "Search it", '<input type=submit value="Search it">'),
        ("<meta name=description content=Om><p>x", "All about", '<meta name=description content="All about"><p>x'),
    ],
    ids="empty-br soft literal literal-alt literal-title code button description".split(),
)
def test_odd_places(html: str, text: str, expected: str) -> None:
    assert woven(html, _0=text) == expected


def test_attributes_inside_a_sentence_are_translated_with_it_and_without_it() -> None:
    html = "<p>Se <img alt=Karta title='Stor karta'> här</p>"
    assert woven(html, _0="Here: <1/>", _1="Map", _2="Big") == '<p>Here: <img alt="Map" title="Big"></p>'
    assert woven(html, _1="Map") == "<p>Se <img alt=\"Map\" title='Stor karta'> här</p>"
    assert woven(html, _0="Nothing here", _1="Map") == "<p>Nothing here</p>"


@given(st.permutations(["<1>", "</1>", "<2>", "</2>", "<3/>", "<4/>", "ord "]), st.data())
def test_placeholders_that_are_kept_in_pairs_keep_every_element(order: list[str], data: st.DataObject) -> None:
    text = "".join(order)
    words = data.draw(st.lists(st.sampled_from(["a", "<", "&", '"']), max_size=3))
    page = document()
    sentence = cut(page)[1]
    after = weave(page, {(sentence.block, sentence.position): Passage("".join(words) + text)})
    if is_well_nested(text):
        assert elements(after) == elements(PAGE)
    tags = re.findall(r"</?(a|b|br|img)\b", after)
    assert tags.count("a") in {0, 2}
    assert tags.count("b") in {0, 2}
    assert (tags.count("br"), tags.count("img")) == (1, 1)
