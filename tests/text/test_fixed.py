"""What reads the same in every language is recognised; what holds a word is not."""

import pytest

from review_app.text.fixed import is_fixed


@pytest.mark.parametrize(
    "text",
    [
        "12 500",
        "08.00–16.00",
        "§ 12",
        "<1>2026-11-24</1>",
        "https://www.example.se/a?b=1",
        "www.example.se",
        "a@b.se",
        "overkalix.se/skola",
        "–",
        "",
    ],
)
def test_fixed(text: str) -> None:
    assert is_fixed(text)


@pytest.mark.parametrize("text", ["12 kronor", "Se www.example.se", "kl. 8", "Kalixälven", "Skriv till a@b.se", "A.B"])
def test_not_fixed(text: str) -> None:
    assert not is_fixed(text)


def test_names_are_fixed_however_they_are_written() -> None:
    assert is_fixed("<1>KALIXÄLVEN</1>", {"kalixälven"})
    assert not is_fixed("Kalixälven och byn", {"kalixälven"})
