"""What is no translation is never kept as one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.engines.judging import (
    CONTROL,
    ECHO,
    EMPTY,
    ERROR_TEXT,
    HTML_PAGE,
    LOOP,
    PLACEHOLDER_LOST,
    TRUNCATED,
    judge,
)
from tests.shared_data import SHARED_DATA, needs_shared_data

SOURCE = "Kommunfullmäktige beslutade den 23 juni 2014 att anta en näringslivsstrategi."
LINKED = "Läs <1>vår strategi</1> för mer om detta."


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (None, EMPTY),
        (" \n", EMPTY),
        ("Error 500 (Server Error)!!1 That’s an error.", ERROR_TEXT),
        ("MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY", ERROR_TEXT),
        ("QUERY LENGTH LIMIT EXCEEDED", ERROR_TEXT),
        ("As an AI language model, I cannot translate what the municipal council decided on in 2014.", ERROR_TEXT),
        ("I’m sorry, but I can’t help with that.", ERROR_TEXT),
        ("429 Too Many Requests", ERROR_TEXT),
        ("Service Unavailable. Please try again in some minutes, or contact the administrator.", ERROR_TEXT),
        ("Quota exceeded for quota metric 'v2 and v3 general model characters' and limit 'day'.", ERROR_TEXT),
        ("Here is the translation: On 23 June 2014 the council decided to adopt a business strategy.", ERROR_TEXT),
        ("<!DOCTYPE html><html><head></head><body>Sorry</body></html>", HTML_PAGE),
        (SOURCE, ECHO),
        (SOURCE.upper(), ECHO),
        ("The council", TRUNCATED),
        ("The council " + "and the council " * 20, LOOP),
        ("The council decided on June 23, 2014\x00 to adopt a business strategy.", CONTROL),
        ("The council decided on \u202e2014 to adopt a business strategy in June.", CONTROL),
        ("The council decided <1>on June 23</1>, 2014 to adopt a business strategy.", PLACEHOLDER_LOST),
    ],
)
def test_what_is_rejected_and_why(output: str | None, reason: str) -> None:
    judged = judge(SOURCE, output, "en")
    assert (judged.text, judged.reason) == (None, reason)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        (SOURCE, "On 23 June 2014 the municipal council decided to adopt a business strategy."),
        ("Restaurang Polstjärnan", "Restaurang Polstjärnan"),
        ("ÅHLÉNS CITY", "ÅHLÉNS CITY"),
        ("IKEA HAPARANDA", "IKEA HAPARANDA"),
        ("Information", "Information"),
        ("15 min", "15 min"),
        ("Info: post@overkalix.example", "Info: post@overkalix.example"),
        ("0926-740 00", "0926-740 00"),
        ("08.00 09.00 10.00 11.00 12.00", "08.00 09.00 10.00 11.00 12.00"),
        ("Error 500 (Server Error) visas ibland.", "Error 500 (Server Error) is shown at times."),
        (LINKED, "Read <1>our strategy</1> for more about this."),
        (LINKED, "For more about this, read <1>our strategy</1>."),
        ("Hej hej hej hej hej hej hej hej hej hej hej!", "Hi hi hi hi hi hi hi hi hi hi hi!"),
        ("Ja.", "Yes."),
        ("För många förfrågningar har kommit in till oss.", "Too many requests have been received by us."),
        ("Vi fick för många förfrågningar.", "We received too many requests."),
        ("Tjänsten är inte tillgänglig just nu.", "We have the service unavailable right now."),
        ("Här är din översättning av beslutet.", "Here is your translation of the decision."),
        ("Överkalix", "Överkalix"),
    ],
)
def test_what_is_kept(source: str, output: str) -> None:
    judged = judge(source, output, "en")
    assert (judged.text, judged.reason) == (output, None)


@pytest.mark.parametrize(
    "source",
    [
        "Lediga jobb",
        "LEDIGA JOBB",
        "HEJ DÅ",
        "Kontakta oss",
        "Läs mer om bygglov",
        "Ansökan om <1>bygglov</1>",
        "Sophämtning",
    ],
)
def test_a_heading_or_a_button_that_comes_back_in_swedish_is_no_translation(source: str) -> None:
    assert judge(source, source, "en").reason == ECHO
    assert judge(source, source, "ar").reason == ECHO


@pytest.mark.parametrize("output", ["kontakta kommunen", "KONTAKTA KOMMUNEN", "Kontakta Kommunen"])
def test_swedish_in_other_capitals_is_no_translation(output: str) -> None:
    assert judge("Kontakta kommunen", output, "en").reason == ECHO


def test_what_reads_the_same_in_a_language_close_by_is_kept() -> None:
    assert judge("Information om covid", "Information om covid", "nb").text is not None


@pytest.mark.parametrize(
    "output", ["Read our strategy", "Read <1>our strategy", "Read </1>our strategy<1>", LINKED + "<2/>"]
)
def test_markup_that_is_lost_broken_or_made_up_is_rejected(output: str) -> None:
    assert judge(LINKED, output, "en").reason == PLACEHOLDER_LOST


def test_a_short_text_may_become_much_shorter() -> None:
    assert judge("Kommunfullmäktigeledamot", "MP", "en").text == "MP"


def test_chinese_needs_fewer_characters_but_not_as_few_as_one() -> None:
    assert judge(SOURCE, "议会决定采纳战略。", "zh-Hant").text is not None
    assert judge(SOURCE, "市", "zh-Hant").reason == TRUNCATED


@pytest.mark.parametrize(
    ("language", "output"),
    [
        ("zh", "请联系市政府" * 30),
        ("zh-Hant", "市政府负责供水和排水并收取费用" * 20),
        ("zh", "市政府" + "水" * 22),
        ("ja", "自治体は水道を担当します" * 15),
        ("ja", "自治体は水道を担当します。" * 15),
    ],
)
def test_a_loop_is_found_where_no_space_divides_the_words(language: str, output: str) -> None:
    assert judge(SOURCE, output, language).reason == LOOP


def test_a_row_of_dots_or_digits_is_no_loop() -> None:
    output = "市议会于2014年6月23日决定通过商业战略…………第00000000号"
    assert judge(SOURCE, output, "zh").text == output


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=60)))
def test_there_is_always_a_text_or_a_reason(source: str, output: str | None) -> None:
    judged = judge(source, output, "en")
    assert (judged.text is None) != (judged.reason is None)
    assert judged.text in {None, output}


@needs_shared_data
def test_real_engines_outputs_are_kept_nearly_all() -> None:
    """Of the sentences of six real engines, none that a person would call a translation is thrown away."""
    lines = (SHARED_DATA / "flores-dev.sv-en.jsonl").read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines[:200] if line]
    rejected = [
        (engine, judged.reason)
        for row in rows
        for engine, output in row["mt"].items()
        if (judged := judge(row["source"], output, "en")).reason
    ]
    assert len(rejected) <= len(rows) * 6 // 200, rejected
