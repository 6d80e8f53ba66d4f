import pytest

from review_app.scoring.metrics import METRICS, placeholders_as_tokens


def words(name: str, text: str) -> int:
    """How many tokens a metric counts in a text."""
    statistics = METRICS[name].statistics(text, text)
    return int(statistics[{"BLEU": 0, "TER": 1, "chrF2++": 18}[name]])


@pytest.mark.parametrize("name", ["BLEU", "TER", "chrF2++"])
@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("<2/>", 1),
        ("Read <1>more</1>", 4),
        ("<1><2>here</2></1>", 5),
        ("<1>fees</1><3/>", 4),
        ("see<12/>here", 3),
    ],
)
def test_a_placeholder_is_one_token(name: str, text: str, tokens: int) -> None:
    assert words(name, placeholders_as_tokens(text)) == tokens


def test_a_placeholder_is_one_character_to_chrf() -> None:
    assert METRICS["chrF2++"].statistics(placeholders_as_tokens("ab<9999/>"), "ab")[0] == 3


@pytest.mark.parametrize("other", ["<1>", "</1>", "<2/>", ""])
def test_different_placeholders_are_different_tokens(other: str) -> None:
    lost = METRICS["HTER"].statistics(
        placeholders_as_tokens(f"Pay {other} now"), placeholders_as_tokens("Pay <1/> now")
    )
    assert lost.tolist() == [1, 3]


@pytest.mark.parametrize("text", ["", "a < b and c > d", "<b>bold</b>", "</1/> and <0>", "5 <6> 7"[:3]])
def test_text_without_placeholders_is_left_alone(text: str) -> None:
    assert placeholders_as_tokens(text) == text
