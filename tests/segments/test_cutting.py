"""Blocks become sentences; inline markup becomes numbered placeholders."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.pages.document import read_document
from review_app.segments.cutting import cut, stretches
from review_app.text.placeholders import is_well_nested, placeholders, plain


def texts(html: str) -> list[str]:
    return [one.text for one in cut(read_document(html.encode()))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Hej. Du är välkommen.</p>", ["Hej.", "Du är välkommen."]),
        ("<p>Läs <a href='/x'>mer</a> här.</p>", ["Läs <1>mer</1> här."]),
        ("<p>Läs <a href='/x'>om <b>lån</b></a> här.</p>", ["Läs <1>om <2>lån</2></1> här."]),
        ("<p><a href='/x'>Hela raden</a></p>", ["Hela raden"]),
        ("<p><a href='/x'><b>Hela</b> raden</a></p>", ["<1>Hela</1> raden"]),
        ("<p>Ett<br>två</p>", ["Ett<1/>två"]),
        ("<p>Ett<br></p>", ["Ett"]),
        ("<p>En bild <img src=x alt='älg'> här</p>", ["En bild <1/> här", "älg"]),
        ("<p>Tom <b></b> tagg</p>", ["Tom <1></1> tagg"]),
        ("<p>Kod <code>x</code> här</p>", ["Kod <1/> här"]),
        ("<p>10&nbsp;000 kr</p>", ["10\u00a0000 kr"]),
        ("<p>kom&shy;mun</p>", ["kom\u00admun"]),
        ("<p>a &lt; b &amp; c</p>", ["a < b & c"]),
        ("<p>Skriv &lt;1&gt; här</p>", ["Skriv <1/> här"]),
        ("<p>Det är <b>viktigt. Läs</b> mer.</p>", ["Det är <1>viktigt. Läs</1> mer."]),
        ("<p><b>Viktigt.</b> Läs mer.</p>", ["Viktigt.", "Läs mer."]),
        ("<p>Läs <i>detta.</i> Och mer.</p>", ["Läs <1>detta.</1>", "Och mer."]),
        ("<p><a href=1>Ett</a> <a href=2>Två</a></p>", ["Ett", "Två"]),
        ("<p><a href=1>Ett</a>, <a href=2>två</a></p>", ["<1>Ett</1>, <2>två</2>"]),
        ("<p>Ring kl. 14.00 den 23 juni 2014. Svar följer.</p>", ["Ring kl. 14.00 den 23 juni 2014.", "Svar följer."]),
        ('<img alt="Hej. Två meningar.">', ["Hej. Två meningar."]),
    ],
)
def test_sentences_and_placeholders(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_where_a_segment_stands() -> None:
    found = [(one.block, one.position, one.kind) for one in cut(read_document(b"<h1>A</h1><p>Nej. Ja.</p>"))]
    assert found == [(0, 0, "h1"), (1, 0, "p"), (1, 1, "p")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Du kan t.ex. Ringa oss.",
        "Öppet kl. 10.00 till 14.30 varje dag.",
        "Beslutet fattades den 3. november 2024 av bl.a. Kommunen.",
        "Mötet är fr.o.m. 1 jan. 2025 t.o.m. 31 dec. 2025 i salen.",
        "Se 3 kap. 2 § i lagen, dvs. Plan- och bygglagen.",
        "Avgiften är 1.500 kr. per år.",
        "Ring A. Lindgren om du undrar.",
        "Sidan www.alvby.se. är ny.",
        "Tel. 08-123 45 67, mån. 8–16.",
    ],
)
def test_swedish_abbreviations_times_and_dates_end_no_sentence(sentence: str) -> None:
    assert texts(f"<p>{sentence} Välkommen!</p>") == [sentence, "Välkommen!"]


def test_sentences_end_behind_their_tags_and_objects_between_them_are_of_none() -> None:
    assert texts("<p>Ett <b><i>två.</i></b> Tre! <img src=x> Fyra?<br>Fem.</p>") == [
        "Ett <1><2>två.</2></1>",
        "Tre!",
        "Fyra?<1/>Fem.",
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>&lt;1&gt;</p><p>Ord</p>", ["Ord"]),
        ("<p>Skriv &#60;1> och <b>&lt;/2></b></p>", ["Skriv <1/> och <2><3/></2>"]),
        ("<p>&lt;1>&lt;2/> är koder</p>", ["<1/><2/> är koder"]),
        ("<p>1 &lt; 2 &lt;b> &lt;0> &lt;</p>", ["1 < 2 <b> <0> <"]),
        ("<img alt='Skriv <1> här'>", ["Skriv <1/> här"]),
    ],
)
def test_text_that_reads_like_a_placeholder_is_an_object(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_thousands_of_odd_pieces_are_cut_piece_by_piece() -> None:
    """A time that grows with the square of these would be minutes."""
    many = 20_000
    literal = f"<p>Ord {'&lt;1&gt;' * 9_999}</p>"
    assert texts(f"<p>{'<i></i>' * many}Ord {'<i></i>' * many}</p>") == ["Ord"]
    assert texts(literal)[0].endswith("<9999/>")
    assert len(texts(f"<p>{'Ja. ' * many}<br></p>")) == many


PIECES = (
    "<b>|</b>|<a href=x>|</a>| |hej|Ja. |Nej! |t.ex. |&lt;1&gt;|<1>|<br>|<img alt='x <1> y'>|&nbsp;|&amp;|\n".split("|")
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_segments_stand_in_order_apart_and_hold_every_word(inner: str) -> None:
    page = read_document(f"<h1>Bad</h1><p>{inner}</p>".encode())
    attributes = {block.number for block in page.blocks if block.attribute}
    found = [one for one in stretches(page) if one.cut.block not in attributes]
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(is_well_nested(one.cut.text) for one in found)
    assert all(set(placeholders(one.cut.text)) == set(one.markup) for one in found)
    words = re.findall("hej|Ja|Nej|Bad", "".join(plain(one.cut.text) for one in found))
    assert words == ["Bad", *re.findall("hej|Ja|Nej", inner)]
