"""Omission and addition: what stands on one side only."""

import pytest

from review_app.checks import check_pair
from review_app.checks.lexical.coverage import loose_parts
from review_app.checks.lexical.shipped import shipped_aligner
from tests.shared_data import SHARED_DATA, needs_shared_data

SWEDISH = "Badhuset är stängt på måndagar, men biblioteket är öppet och gymnasieskolan har föräldramöte på kvällen."
ENGLISH = "The swimming hall is closed on Mondays, but the library is open and the secondary school has a meeting."


def found(source: str, target: str, check: str) -> list[str]:
    spans = [
        (f.source_span if check == "omission" else f.target_span, source if check == "omission" else target)
        for f in check_pair(source, target, "sv", "en")
        if f.check == check
    ]
    return [text[span[0] : span[1]] for span, text in spans if span]


def test_a_full_translation_misses_nothing() -> None:
    assert found(SWEDISH, ENGLISH, "omission") == []
    assert found(SWEDISH, ENGLISH, "addition") == []


def test_a_clause_left_out_is_pointed_at() -> None:
    (told,) = found(SWEDISH, "The library is open.", "omission")
    assert "måndagar" in told or "gymnasieskolan" in told


def test_a_clause_put_in_is_pointed_at() -> None:
    (told,) = found(
        "Biblioteket är öppet.", "The library is open and the dog eats old books in the garden.", "addition"
    )
    assert "dog eats old books" in told


@pytest.mark.parametrize("text", ["", " ", "3", "?!", "<1></1>", "ord " * 5000, "å" * 5000])
def test_strange_texts_are_judged_without_a_failure(text: str) -> None:
    for source, target in ((text, ENGLISH), (SWEDISH, text), (text, text)):
        for loose in loose_parts(shipped_aligner("sv", "en"), source, target):
            assert 0 <= loose.share <= 1


def test_a_language_without_a_model_is_not_judged() -> None:
    assert {f.check for f in check_pair(SWEDISH, "Kirjasto on avoinna.", "sv", "fi")}.isdisjoint(
        {"omission", "addition"}
    )


@needs_shared_data
def test_human_translations_are_seldom_said_to_leave_something_out() -> None:
    lines = (SHARED_DATA / "parallel" / "ntrex.sv-en.tsv").read_text("utf-8").splitlines()[1:300]
    pairs = [line.split("\t") for line in lines]
    told = [pair for pair in pairs if found(pair[0], pair[1], "omission") or found(pair[0], pair[1], "addition")]
    assert len(told) <= 0.02 * len(pairs)
