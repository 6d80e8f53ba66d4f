"""Blocks: which text stands together, which tags belong to it, and which attributes readers meet."""

import pytest

from review_app.pages.document import Block, read_document
from review_app.pages.markup import Kind


def blocks(html: str) -> list[Block]:
    return list(read_document(html.encode()).blocks)


def spoken(html: str) -> list[tuple[str, str]]:
    """Return each block's kind and what it reads as, its tags in square brackets."""
    return [
        (
            block.kind,
            "".join(
                run.text if run.kind is Kind.TEXT else f"[{'/' if run.kind is Kind.CLOSE else ''}{run.tag}]"
                for run in block.runs
            ),
        )
        for block in blocks(html)
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Bad</h1><p>Öppet</p>", [("h1", "Bad"), ("p", "Öppet")]),
        ("<p>Bad<p>Öppet", [("p", "Bad"), ("p", "Öppet")]),
        ("<ul><li>Ett<li>Två <b>bra</b></ul>", [("li", "Ett"), ("li", "Två [b]bra[/b]")]),
        ("<table><tr><td>Ett<td>Två</table>", [("td", "Ett"), ("td", "Två")]),
        ("<select><option>Ett<option selected>Två</select>", [("option", "Ett"), ("option", "Två")]),
        ("<div>Löst <p>fast</p> löst igen</div>", [("div", "Löst "), ("p", "fast"), ("div", " löst igen")]),
        ("<p>Hej <x-du>du</x-du> där</p>", [("p", "Hej "), ("x-du", "du"), ("p", " där")]),
        ("Utan element <i>alls</i>", [("body", "Utan element [i]alls[/i]")]),
        ("<p>Ja <!-- nej --> kanske</p>", [("p", "Ja  kanske")]),
    ],
)
def test_elements_make_blocks_and_inline_ones_do_not(html: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>En <a href=x>länk <b>inuti</b></a> text</p>", "En [a]länk [b]inuti[/b][/a] text"),
        ("<p>Tomt <b></b> och <i><u></u></i> slut</p>", "Tomt [b][/b] och [i][u][/u][/i] slut"),
        ("<p>Rad<br>rad<br/>rad</p>", "Rad[br]rad[br]rad"),
        ("<p>10&nbsp;000 kr, åter&shy;vinning\u00ad\u00a0här</p>", "10\u00a0000 kr, åter\u00advinning\u00ad\u00a0här"),
        ("<p>A &amp; B &lt;C&gt; &#229;&#xE4; &copy</p>", "A & B <C> åä ©"),
        ("<p>Bild <IMG src='a>b.png'> där</p>", "Bild [img] där"),
    ],
)
def test_inline_markup_stays_in_its_sentence(html: str, expected: str) -> None:
    assert spoken(html) == [("p", expected)]


def test_two_line_breaks_end_a_block_and_one_does_not() -> None:
    assert [text.strip() for _, text in spoken("<p>Namn<br>Gata<br> <br>Telefon</p>")] == [
        "Namn[br]Gata[br]",
        "Telefon",
    ]


def test_a_blank_line_ends_a_block_only_where_lines_are_kept() -> None:
    text = "Ett\n  två\n\n  Tre"
    assert spoken(f"<pre>{text}</pre>") == [("pre", "Ett\n  två"), ("pre", "Tre")]
    assert spoken(f"<p>{text}</p>") == [("p", text)]


@pytest.mark.parametrize(
    "html", ["<p>a <b>c <i>d</b> e</i> f</p>", "<p>a <b>c</p><p>d</b> e</p>", "<p>a </b> c <i> d</p>"]
)
def test_tags_that_are_not_pairs_part_a_block(html: str) -> None:
    for block in blocks(html):
        assert [run.kind for run in block.runs] == [Kind.TEXT]


def test_what_says_nothing_is_no_block() -> None:
    assert spoken("<p> </p><div>\n<br></div><p><b></b></p><p>Ord</p><img src=x>") == [("p", "Ord")]


def test_the_place_of_a_run_that_was_written_otherwise() -> None:
    html = "<p>Å &amp; Ä\r\n&ouml;</p>"
    page = read_document(html.encode())
    pieces = [(page.flat[run.start : run.end], run.text, run.exact) for run in page.blocks[0].runs]
    assert pieces == [
        ("Å ", "Å ", True),
        ("&amp;", "&", False),
        (" Ä\n", " Ä\n", True),
        ("&ouml;", "ö", False),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<img src=x alt=Katten>", [("alt", "Katten")]),
        ("<img alt=\"Hund &amp; &quot;katt&quot;\" title='Två'>", [("alt", 'Hund & "katt"'), ("title", "Två")]),
        ("<button aria-label='Stäng menyn'></button>", [("aria-label", "Stäng menyn")]),
        ("<input type=text value=nej placeholder='Skriv här'>", [("placeholder", "Skriv här")]),
        ("<input type=SUBMIT value='Sök'><input type=hidden value='x1'>", [("value", "Sök")]),
        ("<input type=reset value=Rensa><input type=button value=Visa>", [("value", "Rensa"), ("value", "Visa")]),
        ("<meta name=Description content='Om oss'><meta name=robots content=index>", [("content", "Om oss")]),
        ("<p TITLE = 'Först' title=sedan></p>", [("title", "Först")]),
        ("<img alt=''><img alt><a title=' '></a><p>x</p>", [("p", "x")]),
    ],
)
def test_the_attributes_that_readers_meet(html: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(html) == expected


def test_an_attribute_of_a_misnested_element_is_found_once() -> None:
    assert spoken("<p><b title='Viktigt'>a<p>c</b>d") == [("title", "Viktigt"), ("p", "a"), ("p", "c"), ("p", "d")]


def test_the_place_of_an_attribute_is_its_value_with_the_quotes() -> None:
    html = "<img alt = 'En = två' title=Ord><p>x</p>"
    page = read_document(html.encode())
    assert [html[b.runs[0].start : b.runs[0].end] for b in page.blocks if b.attribute] == ["'En = två'", "Ord"]
