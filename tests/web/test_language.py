"""What is told in the language of whoever asks."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from review_app.web import language


def test_a_number_that_stands_in_a_template_is_told_anew_in_each_language(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ 0.001 | decimal(3) }}")
    told = {}
    for tongue in ("sv", "en"):
        with app.test_request_context(headers={"Accept-Language": tongue}):
            app.preprocess_request()
            told[tongue] = template.render()
    assert told == {"sv": "0,001", "en": "0.001"}


@pytest.mark.parametrize(
    ("today", "swedish", "english"),
    [
        (date(2026, 5, 4), "00:02", "00:02"),
        (date(2026, 5, 3), "4 maj 00:02", "4 May 00:02"),
    ],
)
def test_a_moment_that_is_ahead_is_told_with_its_day_unless_that_is_today(
    app: Flask, monkeypatch: pytest.MonkeyPatch, today: date, swedish: str, english: str
) -> None:
    """The day is the one in Stockholm, where it is two hours later."""
    monkeypatch.setattr(language, "local_today", lambda: today)
    at = datetime(2026, 5, 3, 22, 2, tzinfo=UTC)
    told = {}
    for tongue in ("sv", "en"):
        with app.test_request_context(headers={"Accept-Language": tongue}):
            app.preprocess_request()
            told[tongue] = language.coming(at).striptags()
    assert told == {"sv": swedish, "en": english}
