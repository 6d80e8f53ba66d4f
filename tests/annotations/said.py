"""Marks and annotated texts for tests, written as short as they are read."""

from datetime import date

from review_app.annotations.agreement import Said
from review_app.annotations.marks import Mark
from review_app.annotations.reading import Annotated
from review_app.checks.finding import Severity

BOOKS = "You may borrow 30 books at a time."


def mark(text: str, words: str, severity: str = "minor", category: str | None = None) -> Mark:
    """Mark the first place where these words stand; no words: something is missing."""
    start = text.index(words)
    return Mark((start, start + len(words)) if words else None, Severity(severity), category)


def annotated(
    *said: Said,
    page: int = 1,
    segment: int = 1,
    engine: str = "fake",
    source: str = "Du får låna 20 böcker åt gången.",
    text: str = BOOKS,
    audit: bool = True,
) -> Annotated:
    """Return a text of a closed round."""
    return Annotated(
        text_id=segment,
        round_id=1,
        page_id=page,
        segment_id=segment,
        key=f"k{segment}",
        engine=engine,
        version="1",
        audit=audit,
        source=source,
        text=text,
        marked_on=date(2026, 11, 27),
        said=said,
    )
