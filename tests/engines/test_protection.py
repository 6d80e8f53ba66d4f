"""Placeholders come through engines that know nothing of them, or the text is put together in pieces."""

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from review_app.engines.protection import shield, translate_protected, unshield
from review_app.text.placeholders import lost_and_added


def translate_one(text: str, engine: Callable[[str], str | None]) -> str | None:
    (answer,) = translate_protected([text], lambda texts: [engine(one) for one in texts])
    return answer


TEXT = "Läs <1>vår strategi</1> här.<2/>"


def test_an_engine_that_leaves_tokens_alone_is_asked_once() -> None:
    asked: list[str] = []

    def engine(text: str) -> str:
        asked.append(text)
        return "Read [[ 1 ]]our strategy[[/1]] here.[[2/]]"

    assert translate_one(TEXT, engine) == "Read <1>our strategy</1> here.<2/>"
    assert asked == ["Läs [[1]]vår strategi[[/1]] här.[[2/]]"]


def test_an_engine_that_loses_a_token_is_asked_in_pieces() -> None:
    words = {"Läs": "Read", "vår strategi": "our strategy", "här.": "here."}
    for whole in ("Read our strategy here.", "Read [[1]]our strategy here.[[2/]]", None):
        answers = {**words, shield(TEXT): whole}
        assert translate_one(TEXT, answers.get) == "Read <1>our strategy</1> here.<2/>"


def test_a_piece_without_an_answer_is_no_answer() -> None:
    answers = {shield(TEXT): "lost", "Läs": "Read", "här.": "here."}
    assert translate_one(TEXT, answers.get) is None


def test_pieces_without_letters_are_not_asked_for() -> None:
    answers = {"Ring": "Call", "nu": "now"}
    assert translate_one("Ring <1>0926-740 00</1>, <2>nu</2>!", answers.get) == ("Call <1>0926-740 00</1>, <2>now</2>!")


def test_plain_text_goes_as_it_is() -> None:
    assert translate_one("a [[1]] b", str.upper) == "A [[1]] B"


def test_all_that_came_back_broken_is_asked_for_in_one_go() -> None:
    asked: list[list[str]] = []

    def engine(texts: list[str]) -> list[str | None]:
        asked.append(texts)
        return [text.replace("[[1]]", "").upper() for text in texts]

    assert translate_protected(["a <1>b</1>", "c", "b <1>d</1>"], engine) == ["A <1>B</1>", "C", "B <1>D</1>"]
    assert asked == [["a [[1]]b[[/1]]", "c", "b [[1]]d[[/1]]"], ["a", "b", "d"]]


texts = st.lists(st.sampled_from(["<1>", "</1>", "<2/>", "ord ", "[[", "1", " "]), max_size=8).map("".join)


@given(texts)
def test_tokens_are_placeholders_again(text: str) -> None:
    if not re.search(r"\[\[", text):
        assert unshield(shield(text)) == text


@given(texts, st.sampled_from([str.upper, lambda text: text.replace("[[1]]", ""), lambda _: "x"]))
def test_no_answer_ever_lacks_a_placeholder(text: str, engine) -> None:
    answer = translate_one(text, engine)
    if answer is not None and "[[" not in text:
        assert lost_and_added(text, answer) == ([], [])
