"""What may be personal is recognised, hidden, and put back where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.personal import cannot_be_masked, mask, may_be_personal


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
        ("Ring 070 - 123 45 67.", ["070 - 123 45 67"]),
        ("Ring 0926 – 740 00.", ["0926 – 740 00"]),
        ("Tel.070-123 45 67", ["070-123 45 67"]),
        ("Ring 070.123.45.67.", ["070.123.45.67"]),
        ("Ring 070.123 45 67.", ["070.123 45 67"]),
        ("Ring 0926/740 00.", ["0926/740 00"]),
        ("Ring +46 (0)926-740 00.", ["+46 (0)926-740 00"]),
        ("Ring 070\u2212123 45 67.", ["070\u2212123 45 67"]),
        ("Ring 070\u202f123\u202f45\u202f67.", ["070\u202f123\u202f45\u202f67"]),
        ("Ring 00467012345678.", ["00467012345678"]),
        ("Växeln har 123 45 67.", ["123 45 67"]),
        ("Personnumret 850101 - 1234 står i brevet.", ["850101 - 1234"]),
        ("Skriv till anna.berg(at)example.se i dag.", ["anna.berg(at)example.se"]),
        ("Skriv till anna [at] example.se i dag.", ["anna [at] example.se"]),
        ("Ring 070.123.4567.", ["070.123.4567"]),
        ("Ring 070.1234567.", ["070.1234567"]),
        ("Skriv till anna [at] kommun [dot] se i dag.", ["anna [at] kommun [dot] se"]),
        ("Skriv till anna(at)kommun(punkt)se i dag.", ["anna(at)kommun(punkt)se"]),
        ("Mejla anna punkt berg snabel-a kommun.se.", ["anna punkt berg snabel-a kommun.se"]),
        ("Mejla anna snabela kommun punkt se.", ["anna snabela kommun punkt se"]),
        ("Läs dagordningens punkt 4 och punkt 5.", []),
        ("Tecknet kallas snabel-a och står före en punkt.", []),
        ("Öppet 08.00–16.00 den 3 augusti 2026.", []),
        ("Öppet 09.00 – 12.00 och 13.00 – 16.30.", []),
        ("Öppet 08:00-16:00, lunch 12:00-13:00.", []),
        ("Åren 2014–2015 kostade det 1 234,50 kronor.", []),
        ("Sträckan är 12,5 km och tar 10–15 minuter.", []),
        ("Från 01.02.2014 till 31.12.14.", []),
        ("Paragraferna 12, 13 och 14 i 5 kap. 3 §.", []),
        ("Läs version 10.20.30 av planen.", []),
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


@pytest.mark.parametrize(
    "text", ["Ring 070-<1>123</1> 45 67.", "Skriv till anna<1>@example.se</1>.", "Nr <1>850101</1>-1234"]
)
def test_what_markup_divides_cannot_be_masked(text: str) -> None:
    assert cannot_be_masked(text)


@pytest.mark.parametrize(
    "text", ["Ring <1>070-123 45 67</1> eller <2>0926-740 00</2>.", "Öppet <1>08.00</1>–16.00", "<1>2014</1>–2015"]
)
def test_what_is_masked_or_harmless_can_be_sent(text: str) -> None:
    assert not cannot_be_masked(text)


@given(st.text(alphabet="ab1290 <>/@.-+åé\u00a0", max_size=60))
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    masked = mask(text)
    assert masked.unmask(masked.text) == text


@pytest.mark.parametrize("text", ["a@b", "070 123 45 67", "19850709-9805"])
def test_a_report_with_such_a_thing_is_noticed(text: str) -> None:
    assert may_be_personal(f"Hej, {text}")
