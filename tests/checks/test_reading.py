"""What checks ask of a text is worked out once."""

import string

from hypothesis import given
from hypothesis import strategies as st

from review_app.checks.lexical.tokens import TOKEN, tokens_of
from review_app.checks.pair import Pair
from review_app.checks.reading import LONGEST_KEPT, WORD, Reading

PIECES = [*string.printable, "\x1c", "'s ", "n't", "1.5", "1 000", "don't"]
ASCII = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def test_two_translations_of_a_source_share_its_reading() -> None:
    first, second = (Pair("Öppet <1>3 juni</1>.", target, "sv-SE", "en") for target in ("Open.", "Open on June 3."))
    assert first.source_numbers is second.source_numbers
    assert first.source_numbers[0].written == "3"
    assert first.source_words[1].start == len("Öppet <1>3 ")


def test_a_long_source_is_not_kept() -> None:
    first, second = (Pair("å" * (LONGEST_KEPT + 1), "a", "sv", "en") for _ in range(2))
    assert first.source_reading is not second.source_reading


@given(ASCII)
def test_words_and_tokens_of_ascii_are_those_of_any_text(text: str) -> None:
    reading = Reading(text, "en")
    assert reading.tokens == WORD.findall(reading.prose)
    assert tokens_of(text) == TOKEN.findall(text)
