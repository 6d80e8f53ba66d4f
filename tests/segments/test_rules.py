"""Where people decided that sentences end: cut, joined, replayed; and the page put together again to the byte."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.pages.document import Document, read_document
from review_app.segments.cutting import cut, sentences
from review_app.segments.rules import Rule, cut_places, read_through, rule_to_cut, rule_to_join
from review_app.segments.runs import protected
from review_app.segments.weave import Passage, weave


def page(paragraph: str) -> Document:
    return read_document(f"<html lang='sv'><p>{paragraph}</p>\n<p>Kommunen</p></html>".encode())


def texts(document: Document, *rules: Rule) -> list[str]:
    return [piece.text for piece in cut(document, rules) if piece.block == 0]


def cutting(document: Document, whole: str, second: str, *before: Rule) -> Rule | None:
    """Return the rule that cuts a sentence before these words."""
    found = next(found for _, found in sentences(document, before))
    rule = rule_to_cut(found, whole, whole.index(second))
    return rule._replace(id=len(before) + 1) if rule else None


def joining(document: Document, first: str, second: str, *before: Rule) -> Rule | None:
    block, found = next(sentences(document, before))
    rule = rule_to_join(protected(block.runs), found, first, second)
    return rule._replace(id=len(before) + 1) if rule else None


def made(rule: Rule | None) -> Rule:
    assert rule is not None
    return rule


def test_a_sentence_is_cut_before_a_word_wherever_it_stands() -> None:
    document = page("Vi har öppet måndag ring oss tisdag.")
    rule = made(cutting(document, "Vi har öppet måndag ring oss tisdag.", "ring"))
    assert texts(document, rule) == ["Vi har öppet måndag", "ring oss tisdag."]
    other = read_document(b"<ul><li>Vi har \xc3\xb6ppet m\xc3\xa5ndag  ring oss\ntisdag.</li><li>Nej</li></ul>")
    assert [piece.text for piece in cut(other, [rule])] == ["Vi har öppet måndag", "ring oss tisdag.", "Nej"]
    assert texts(page("Vi har öppet onsdag ring oss tisdag."), rule) == ["Vi har öppet onsdag ring oss tisdag."]


def test_two_sentences_are_joined_with_what_stands_between_them() -> None:
    document = page("Ring Bo Ek. Jr. <b>Han</b> svarar. Hej.")
    rule = made(joining(document, "Jr.", "<1>Han</1> svarar."))
    assert texts(document, rule) == ["Ring Bo Ek.", "Jr. <1>Han</1> svarar.", "Hej."]
    again = made(joining(document, "Ring Bo Ek.", "Jr. <1>Han</1> svarar.", rule))
    assert texts(document, rule, again) == ["Ring Bo Ek. Jr. <1>Han</1> svarar.", "Hej."]


def test_markup_around_a_whole_sentence_comes_along() -> None:
    document = page("<b>Viktigt nu.</b> <i>Stängt i dag.</i> Öppet i morgon.")
    rule = made(joining(document, "Viktigt nu.", "Stängt i dag."))
    assert texts(document, rule) == ["<1>Viktigt nu.</1> <2>Stängt i dag.</2>", "Öppet i morgon."]


def test_a_cut_renumbers_the_placeholders_of_the_second_half() -> None:
    document = page("Läs <a href='/a'>reglerna</a> och <a href='/b'>taxan</a> noga")
    whole = "Läs <1>reglerna</1> och <2>taxan</2> noga"
    rule = made(cutting(document, whole, "och"))
    assert texts(document, rule) == ["Läs <1>reglerna</1>", "och <1>taxan</1> noga"]


def test_a_line_break_between_two_halves_stays_outside() -> None:
    document = page("Storgatan 1<br>\n95 681 Älvby")
    rule = made(cutting(document, "Storgatan 1<1/> 95 681 Älvby", "95"))
    assert texts(document, rule) == ["Storgatan 1", "95 681 Älvby"]


def test_no_cut_inside_a_pair_of_markup_nor_at_the_ends() -> None:
    assert cut_places("Läs <1>alla regler</1> nu") == [4, 23]
    assert cut_places("Ord") == []
    assert cutting(page("Läs <b>alla regler</b> nu"), "Läs <1>alla regler</1> nu", "regler") is None


def test_a_sentence_inside_markup_that_holds_more_is_not_joined_out_of_it() -> None:
    document = page("<b>Vi har öppet. Ring oss gärna.</b> Hej.")
    rule = made(cutting(document, "Vi har öppet. Ring oss gärna.", "Ring"))
    assert texts(document, rule) == ["Vi har öppet.", "Ring oss gärna.", "Hej."]
    assert joining(document, "Ring oss gärna.", "Hej.", rule) is None


def test_rules_are_replayed_in_order_and_end_although_they_contradict_each_other() -> None:
    document = page("Ett. Två.")
    joined = made(joining(document, "Ett.", "Två."))
    parted = made(cutting(document, "Ett. Två.", "Två", joined))
    assert texts(document, joined, parted) == ["Ett.", "Två."]
    assert texts(document, joined, parted, joined._replace(id=3)) == ["Ett. Två."]


def test_an_attribute_is_written_as_a_whole_and_never_cut() -> None:
    document = read_document(b"<p><img alt='Ett hus. Ett hav'> Text</p>")
    rule = Rule(1, "cut", "Ett hus. Ett hav", 9, "Ett hus.", "Ett hav")
    assert "Ett hus. Ett hav" in [piece.text for piece in cut(document, [rule])]


def test_the_ids_of_the_rules_that_changed_something_are_told() -> None:
    document = page("Ett två. Tre.")
    rule = made(cutting(document, "Ett två.", "två"))
    applied: set[int] = set()
    cut(document, [rule, rule._replace(id=7, whole="Fyra fem.")], applied)
    assert applied == {1}


def test_a_page_that_was_only_cut_in_another_way_still_has_its_sentences() -> None:
    rule = Rule(1, "cut", "Ett två.", 4, "Ett", "två.")
    assert read_through({"Ett", "två.", "Tre."}, [rule]) >= {"Ett två.", "Tre."}
    assert read_through({"Ett två."}, [rule]) >= {"Ett", "två."}
    assert "Ett två." not in read_through({"Ett", "tre."}, [rule])


def read(html: str) -> str:
    """Return a page without what a passage that is written anew may spell otherwise: case, spaces, references."""
    return " ".join(unescape(html).lower().split())


PARAGRAPHS = (
    "Läs <a href='/a'>reglerna</a> här &amp; nu. <b>Obs. Viktigt.</b> Kom&nbsp;hit!\r\n Hej <br> då. <i>Slut.</i>",
    "A. <b>B.</b> C. &lt;1&gt; D. <em><b>E f</b> g.</em> <a href=x>H i</a><a href=y>J.</a> K.",
    'Ett två tre fyra fem. Sex <img src=x alt="Bild"> sju åtta. Nio.',
)


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@given(data=st.data())
def test_however_a_page_is_cut_its_own_texts_give_it_back_to_the_byte(paragraph: str, data: st.DataObject) -> None:
    document = page(paragraph)
    rules: list[Rule] = []
    for _ in range(data.draw(st.integers(1, 5))):
        block, found = next(sentences(document, rules))
        at = data.draw(st.integers(0, len(found) - 1))
        places = cut_places(found[at].text)
        if places and data.draw(st.booleans()):
            rule = rule_to_cut(found, found[at].text, data.draw(st.sampled_from(places)))
        elif at + 1 < len(found):
            rule = rule_to_join(protected(block.runs), found, found[at].text, found[at + 1].text)
        else:
            continue
        if rule:
            rules.append(rule._replace(id=len(rules) + 1))
    applied: set[int] = set()
    pieces = cut(document, rules, applied)
    assert applied == {rule.id for rule in rules}
    own = {(piece.block, piece.position): Passage(piece.text) for piece in pieces}
    assert weave(document, own, rules) == document.text
    marked = {(piece.block, piece.position): Passage(piece.text, "[", "]") for piece in pieces}
    assert weave(document, marked, rules).replace("[", "").replace("]", "").replace("\r", "") == document.flat
    upper = {(piece.block, piece.position): Passage(piece.text.upper()) for piece in pieces}
    assert read(weave(document, upper, rules)) == read(document.text)
