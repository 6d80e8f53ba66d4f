"""The box a translation is typed into: what it shows of a text, and what was typed."""

from flask import request

from review_app.languages import direction
from review_app.text.bidi import isolate_placeholders, without_isolates


def in_box(text: str, language: str) -> str:
    """Return a text as the box shows it: from right to left, with its placeholders kept readable."""
    return isolate_placeholders(text) if direction(language) == "rtl" else without_isolates(text)


def box_text(otherwise: str = "") -> str:
    """Return what this request says was in the box, without what only the box shows."""
    return without_isolates(request.form.get("text", otherwise))
