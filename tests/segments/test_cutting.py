"""Blocks become sentences; inline markup becomes numbered placeholders."""

import pytest

from review_app.pages.document import read_document
from review_app.segments.cutting import cut


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
