"""Telephone numbers, identity numbers and postal codes in a text."""

import pytest

from review_app.text.codes import Kind, find_codes, is_valid


@pytest.mark.parametrize(
    ("text", "kind", "digits"),
    [
        ("Ring 0926-740 00.", Kind.PHONE, "92674000"),
        ("Call +46 (0)926-740 00", Kind.PHONE, "92674000"),
        ("växel 08-123 456 78", Kind.PHONE, "812345678"),
        ("Personnummer 19121212-1212", Kind.IDENTITY, "1212121212"),
        ("Org.nr 212000-0142", Kind.IDENTITY, "2120000142"),
        ("Box 1, 956 81 Överkalix", Kind.POSTAL, "95681"),
        ("SE-956 81 Överkalix", Kind.POSTAL, "95681"),
    ],
)
def test_a_code_is_known_by_its_kind_and_digits(text: str, kind: Kind, digits: str) -> None:
    (code,) = find_codes(text)
    assert (code.kind, code.digits) == (kind, digits)
    assert text[slice(*code.span)] == code.written


@pytest.mark.parametrize("text", ["3 850 000 personer", "2014-06-23", "kl. 08.00-16.00", "1939–1945", "200 15 gånger"])
def test_amounts_dates_and_times_are_no_codes(text: str) -> None:
    assert find_codes(text) == []


@pytest.mark.parametrize(("digits", "valid"), [("1212121212", True), ("2120000142", True), ("2120000124", False)])
def test_the_last_digit_tells_a_slip(digits: str, valid: bool) -> None:
    assert is_valid(digits) is valid
