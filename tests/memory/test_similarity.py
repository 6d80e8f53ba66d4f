"""How alike two texts are."""

import pytest

from review_app.memory.similarity import percent, tokens, words

OPEN = "Biblioteket har öppet på vardagar."


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        (OPEN, OPEN, 100),
        (OPEN, "Biblioteket  har öppet\tpå vardagar. ", 100),
        (OPEN, "biblioteket har öppet på vardagar.", 99),
        ("Avgiften är 2 500 kronor.", "Avgiften är 14,50 kronor.", 99),
        ("Du behöver <1>inte</1> boka.", "Du behöver <3>inte</3> boka.", 99),
        (OPEN, "Badhuset har öppet på vardagar.", 100 * 5 / 6),
        (OPEN, "Biblioteket har öppet på vardagar", 100 * 5 / 6),
        ("Du behöver <1>inte</1> boka.", "Du behöver inte boka.", 100 * 5 / 7),
        (OPEN, "Kontakta oss", 0),
        ("", OPEN, 0),
    ],
)
def test_percent_is_the_edit_distance_on_tokens(text: str, other: str, expected: float) -> None:
    assert percent(text, other) == pytest.approx(expected)
    assert percent(other, text) == pytest.approx(expected)


def test_numbers_and_placeholders_are_tokens_of_their_kind_and_no_words() -> None:
    text = "Ring <1>0771-12 34</1> kl. 8.30<2/>, e-post!"
    assert tokens(text) == "ring <> 0 - 0 0 </> kl . 0 </ , e - post !".split()
    assert words(text) == ["ring", "kl", "e", "post"]
