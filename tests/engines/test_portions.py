"""Long texts in portions: whole sentences within a limit, of characters or of bytes, and nothing lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.engines.portions import in_bytes, portions

TEXT = "Vi öppnar klockan åtta. Vi stänger klockan fem. Välkommen!"


def test_a_text_within_the_limit_stays_whole() -> None:
    assert portions(TEXT, "sv", len(TEXT)) == [TEXT]


def test_a_portion_holds_as_many_sentences_as_fit() -> None:
    assert portions(TEXT, "sv", 48) == ["Vi öppnar klockan åtta. Vi stänger klockan fem.", "Välkommen!"]


def test_letters_count_in_bytes_where_the_engine_counts_so() -> None:
    assert portions(TEXT, "sv", 48, in_bytes) == ["Vi öppnar klockan åtta.", "Vi stänger klockan fem. Välkommen!"]
    assert portions("åäö åäö", "sv", 7, in_bytes) == ["åäö", "åäö"]


def test_a_sentence_that_is_too_long_is_parted_at_spaces_and_a_word_anywhere() -> None:
    assert portions("ett två tre fyra", "sv", 8) == ["ett två", "tre fyra"]
    assert portions("ett två tre fyra", "sv", 7) == ["ett två", "tre", "fyra"]
    assert portions("sjuttiosju", "sv", 4) == ["sjut", "tios", "ju"]


def test_a_character_is_never_parted() -> None:
    assert "".join(portions("🙂🙂", "sv", 3, in_bytes)) == "🙂🙂"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aö€🙂 .A", max_size=200), st.integers(min_value=4, max_value=60))
def test_no_portion_measures_over_the_limit_and_no_character_is_lost(text: str, limit: int) -> None:
    parted = portions(text, "sv", limit, in_bytes)
    assert all(in_bytes(portion) <= limit for portion in parted)
    assert "".join("".join(parted).split()) == "".join(text.split())
