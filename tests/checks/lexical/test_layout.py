"""Many pairs are aligned at once as each would be alone."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.checks import check_pair, check_pairs
from review_app.checks.lexical import layout, words
from review_app.checks.lexical.alignment import Aligner, Alignment
from review_app.checks.lexical.columns import AT_ONCE
from review_app.checks.lexical.shipped import shipped_aligner

SWEDISH = (
    "Kommunen sopar gatorna i april.",
    "Ansök om bygglov hos bygg- och miljönämnden innan du börjar bygga huset, och vänta på beslutet.",
    "Huset är rött och taket är rött och dörren är röd.",
    "Cyanursyra och melamin fanns i urinproverna.",
    "Anna Lindqvist bor i Göteborg.",
    "<1/> 112",
    "",
)
ENGLISH = (
    "The municipality sweeps the streets in April.",
    "Apply for a building permit before you start.",
    "The house is red and the roof is red and the door is red.",
    "Cyanuric acid and melamine were found in the urine samples.",
    "Anna Lindqvist lives in Gothenburg with Anna.",
    "A man a plan a canal",
    "…",
    "",
)
PAIRS = list(product(SWEDISH, ENGLISH))


def aligner() -> Aligner:
    shipped = shipped_aligner("sv", "en")
    assert shipped is not None
    return Aligner(replace(shipped.model))  # with words of its own


def in_words(one: Aligner, aligned: Alignment) -> tuple[object, ...]:
    """Return an alignment with its words as they are written: their numbers are of the order in which they are met."""
    written = [one.model.source.written, one.model.target.written]
    return tuple(([name[word] for word in side.words], side[1:]) for name, side in zip(written, aligned, strict=True))


def alone(pairs: list[tuple[str, str]]) -> list[tuple[object, ...]]:
    one = aligner()
    return [in_words(one, one.align(*pair)) for pair in pairs]


def together(pairs: list[tuple[str, str]]) -> list[tuple[object, ...]]:
    many = aligner()
    many.lay_out(pairs)
    assert all(many.laid_out(*pair) for pair in pairs)
    return [in_words(many, many.align(*pair)) for pair in pairs]


def test_every_word_gets_the_same_counterpart() -> None:
    assert together(PAIRS) == alone(PAIRS)


texts = st.lists(st.sampled_from(" ".join((*SWEDISH, *ENGLISH)).split()), max_size=30).map(" ".join)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_so_it_is_whatever_the_words(pairs: list[tuple[str, str]]) -> None:
    assert together(pairs) == alone(pairs)


def test_long_texts_are_aligned_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_AT_ONCE", 20)
    assert together(PAIRS) == alone(PAIRS)


def test_words_that_are_forgotten_are_met_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one = aligner()
    one.lay_out(PAIRS[:10])
    monkeypatch.setattr(words, "MOST_WORDS", 5)
    one.ready()
    assert one.laid_out(*PAIRS[0]) is None
    one.lay_out(PAIRS[20:40])
    assert [in_words(one, one.align(*pair)) for pair in PAIRS[20:40]] == alone(PAIRS[20:40])


def test_many_pairs_are_flagged_as_each_alone() -> None:
    pairs = PAIRS * (2 * AT_ONCE // len(PAIRS))  # more than are laid out at once
    found = check_pairs(pairs, "sv", "en")
    assert found == [check_pair(*pair, "sv", "en") for pair in pairs]
    assert any(finding.check == "omission" for findings in found for finding in findings)


def test_no_pair_gives_no_findings() -> None:
    assert check_pairs([], "sv", "en") == []


def test_a_language_without_a_lexicon_is_checked_all_the_same() -> None:
    pairs = [("Avgiften är 500 kr.", "Maksu on 50 kr.")]
    assert check_pairs(pairs, "sv", "fi") == [check_pair(*pairs[0], "sv", "fi")] != [[]]
