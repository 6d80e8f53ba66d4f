"""A question became a statement, or a statement a question.

Wrong where one side asks politely ("Please tell us") or a question is told indirectly.
"""

from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

MARKS = ("?", "؟", "？", "՞", "፧", "⸮")
"""Question marks of many scripts; in Greek, and there alone, a semicolon asks, too."""

ASKING = frozenset({"did", "does", "do", "were", "was", "is", "are", "has", "have"})
ASKED = frozenset("the a an this that these those it he she they we you i his her its their our my your there".split())
"""What follows a verb that begins an English question."""

ASKING_SWEDISH = frozenset(
    """
    vad var vem vilken vilket vilka hur när varför om vart varifrån vems är har kan vill ska får måste behöver finns
    gäller bor känner vet tycker
    """.split()
)
"""Words that begin a Swedish question, whatever mark ends it."""


def look(pair: Pair) -> Iterator[Found]:
    """Compare whether each side asks."""
    marks = (*MARKS, ";") if pair.languages[1] == "el" else MARKS
    asks, asked = _place(pair.target_text, marks), _place(pair.source_text, MARKS)
    if asks is None and asked is None:
        if pair.languages[1] == "en":
            yield from _unmarked(pair)
    elif asked is None and asks is not None and _is_last(asks, pair.target_text) and not _begins_asking(pair):
        yield Found("question_added", None, asks)
    elif asks is None and asked is not None and _is_last(asked, pair.source_text):
        end = len(pair.target_text.rstrip())
        yield Found("question_lost", asked, (max(0, end - 1), end))


def _place(text: str, marks: Sequence[str]) -> tuple[int, int] | None:
    """Return where the last question mark stands."""
    place = max(map(text.rfind, marks)) if not text.isascii() or len(marks) > len(MARKS) else text.rfind("?")
    return (place, place + 1) if place >= 0 else None


def _is_last(place: tuple[int, int], text: str) -> bool:
    """Say whether nothing but quotation marks and brackets follows."""
    return not any(letter.isalnum() for letter in text[place[1] : place[1] + 40])


def _begins_asking(pair: Pair) -> bool:
    """Say whether the source is a question that lacks its mark: one begun with a question word, or with a verb."""
    first = pair.source_tokens[0].lower() if pair.source_tokens else ""
    return first in ASKING_SWEDISH


def _unmarked(pair: Pair) -> Iterator[Found]:
    """Find an English question without its mark: "Did his research show that …"."""
    tokens = pair.target_tokens
    if len(tokens) < 4 or tokens[0].lower() not in ASKING or tokens[1] not in ASKED or _begins_asking(pair):
        return
    first = pair.target_words[0]
    yield Found("question_added", None, first.span)


CHECK = Check(N_("Question or statement"), Severity.MAJOR, "accuracy/mistranslation", look)
