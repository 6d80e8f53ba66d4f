"""Months and weekdays by name."""

import pytest

from review_app.text.dates import months, weekdays


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [("den 23 juni", "sv", [6]), ("June 23", "en", [6]), ("You may march", "en", []), ("in May", "en", [5]),
     ("planeten Mars", "sv", []), ("i mars", "sv", [3]), ("Oct. 2", "en", [10]), ("junior", "en", []),
     ("juni", "fi", [])],
)  # fmt: skip
def test_months(text: str, language: str, number: list[int]) -> None:
    assert [month.number for month in months(text, language)] == number


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [("på fredagskvällen", "sv", [5]), ("måndagar", "sv", [1]), ("Mondays", "en", [1]), ("the sun", "en", []),
     ("Thu", "en", [4])],
)  # fmt: skip
def test_weekdays(text: str, language: str, number: list[int]) -> None:
    assert [day.number for day in weekdays(text, language)] == number
