"""Phone numbers and placeholders in text from right to left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.bidi import isolate_phone_numbers, isolate_placeholders, without_isolates


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("إلى <1>الخدمة</1>.", "إلى \u2066<1>\u2069الخدمة\u2066</1>\u2069."),
        ("<2/>", "\u2066<2/>\u2069"),
        ("1 < 2 و <0>", "1 < 2 و <0>"),
    ],
)
def test_a_box_shows_each_placeholder_by_itself(text: str, shown: str) -> None:
    assert isolate_placeholders(text) == shown
    assert isolate_placeholders(shown) == shown
    assert without_isolates(shown) == text


def test_isolates_that_somebody_wrote_stay_and_empty_ones_go() -> None:
    assert without_isolates("هاتف \u20660926-555 44\u2069 <1>") == "هاتف \u20660926-555 44\u2069 <1>"
    assert without_isolates("ا\u2066\u2069ب") == "اب"


@pytest.mark.parametrize(
    ("left", "bare"),
    [
        ("\u2066</1 ب", "</1 ب"),  # a part of the placeholder was deleted, and one mark with it
        ("ا \u2066</1>", "ا </1>"),
        ("</1>\u2069 ب", "</1> ب"),
        ("\u2067ا\u2069 \u2069ب", "\u2067ا\u2069 ب"),
        ("\u2066\u2066\u2069<1>\u2069", "<1>"),
    ],
)
def test_half_a_pair_goes(left: str, bare: str) -> None:
    assert without_isolates(left) == bare


@given(st.text(alphabet="<>/12 اب\u2066\u2067\u2069", max_size=40))
def test_what_a_box_shows_is_what_it_gives_back(text: str) -> None:
    once = without_isolates(text)
    assert without_isolates(once) == once == without_isolates(isolate_placeholders(text))


@given(st.text(alphabet="<>/12 اب", max_size=40))
def test_what_a_box_shows_comes_back_as_it_was(text: str) -> None:
    assert without_isolates(isolate_placeholders(text)) == text
