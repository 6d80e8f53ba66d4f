"""What is told in the language of whoever asks."""

from flask import Flask


def test_a_number_that_stands_in_a_template_is_told_anew_in_each_language(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ 0.001 | decimal(3) }}")
    told = {}
    for language in ("sv", "en"):
        with app.test_request_context(headers={"Accept-Language": language}):
            app.preprocess_request()
            told[language] = template.render()
    assert told == {"sv": "0,001", "en": "0.001"}
