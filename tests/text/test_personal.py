"""What may be personal is recognised, hidden, and put back where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.personal import mask, may_be_personal


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Skriv till anna.berg@example.se i dag.", ["anna.berg@example.se"]),
        ("Ring 0926-555 44 före lunch.", ["0926-555 44"]),
        ("Ring +46 926 740 00 före lunch.", ["+46 926 740 00"]),
        ("Ring 0926\u2011740\u00a000.", ["0926\u2011740\u00a000"]),
        ("Personnumret 850709-9805 står i brevet.", ["850709-9805"]),
        ("Personnumret 198507099805 står i brevet.", ["198507099805"]),
        ("Personnumret 850709–9805 står i brevet.", ["850709–9805"]),
        ("Hon är född 19850709+9805.", ["19850709+9805"]),
        ("Öppet 08.00–16.00 den 3 augusti 2026.", []),
        ("Det kostar 1 250 000 kronor.", []),
        ("Beslut 2026-11-24, § 12.", []),
        ("Postnummer 956 81 Överkalix.", []),
    ],
)
def test_what_is_hidden(text: str, hidden: list[str]) -> None:
    masked = mask(text)
    assert list(masked.hidden.values()) == hidden
    assert not any(each in masked.text for each in hidden)
    assert masked.unmask(masked.text) == text


def test_placeholders_of_the_sentence_keep_their_numbers() -> None:
    masked = mask("Ring <1>oss</1> på 0926-740 00 eller <7/>.")
    assert masked.text == "Ring <1>oss</1> på <8/> eller <7/>."


@given(st.text(alphabet="ab1290 <>/@.-+åé\u00a0", max_size=60))
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    masked = mask(text)
    assert masked.unmask(masked.text) == text


@pytest.mark.parametrize("text", ["a@b", "070 123 45 67", "19850709-9805"])
def test_a_report_with_such_a_thing_is_noticed(text: str) -> None:
    assert may_be_personal(f"Hej, {text}")
