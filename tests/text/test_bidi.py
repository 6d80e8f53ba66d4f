"""Phone numbers in text from right to left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.bidi import isolate_phone_numbers


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("اتصل بنا على هاتف 0926-555 44 اليوم", "0926-555 44"),
        ("هاتف: +46 926 555 00.", "+46 926 555 00"),
        ("<1>0926-555 00</1>", "0926-555 00"),
    ],
)
def test_a_phone_number_is_kept_together(text: str, isolated: str) -> None:
    assert isolate_phone_numbers(text) == text.replace(isolated, f"\u2066{isolated}\u2069")


@pytest.mark.parametrize("text", ["525 ساعة", "8.00–16.00", "1 688 كرونة", "2014-2020", "1.5", "A0123456"])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert isolate_phone_numbers(text) == text


@given(st.text(alphabet="0123456789+-() ابت\u2066\u2069", max_size=40))
def test_nothing_is_lost_and_twice_is_once(text: str) -> None:
    once = isolate_phone_numbers(text)
    assert isolate_phone_numbers(once) == once
    assert [c for c in once if c not in "\u2066\u2069"] == [c for c in text if c not in "\u2066\u2069"]
