"""Words by match band."""

import pytest

from review_app.commissions.bands import Band, Count, band_of, counted, together, word_count, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Du får låna 20 böcker.", 5),
        ("Läs <1>mer</1> här <2/>", 3),
        ("Öppet kl. 10–18 – alla dagar", 5),
        ("e-post: a@b.se", 2),
        ("…", 0),
        ("", 0),
    ],
)
def test_words_are_what_white_space_parts(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(
    ("percent", "repeated", "band"),
    [
        (100, False, Band.SAME),
        (99.9, False, Band.ALIKE),
        (75, False, Band.ALIKE),
        (74.9, False, Band.NEW),
        (None, False, Band.NEW),
        (100, True, Band.REPETITION),
        (None, True, Band.REPETITION),
    ],
)
def test_a_sentence_is_in_one_band(percent: float | None, repeated: bool, band: Band) -> None:
    assert band_of(percent, repeated=repeated) is band


def test_pages_add_up() -> None:
    first = counted([(Band.NEW, 3), (Band.NEW, 4), (Band.SAME, 2)])
    second = counted([(Band.REPETITION, 2)])
    total = together([first, second])
    assert total[Band.NEW] == Count(2, 7)
    assert total[Band.ALIKE] == Count()
    assert words_of(total) == 11
