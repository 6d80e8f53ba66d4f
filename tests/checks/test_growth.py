"""A text twice as long takes checks about twice the time: steps and calls are counted, no clock is asked."""

import importlib
import pkgutil
import random
import re
import sys
from collections.abc import Iterator

import pytest

import review_app.checks
import review_app.text
from review_app.checks import check_pair
from review_app.text.numbers import find_numbers
from tests.regex_steps import Search, TooManySteps, has_loop

UNITS = [
    "1", "1 ", "12 34 ", "070-123 45 67 ", "+46 70 ", "1.", "1:", "1-", "2014-01-01 ", "1/2 ", "den 3 maj ",
    "kl. 14.00 ",
    '"', "'", "(", ")", "<1>", "<a>", "<", "</", "<a ", "&#39;", "&", "www.", "a@b.se ", "a@", "a.", ".", ". ", "-",
    "a-",
    "a'", "hus ", "a", "å", " ", "\u00a0", "e\u0301", "\u0301", "ا", "٣", "A", "AB ", "Ab ", "A.", "inte ",
    "5 kap. 3 § ",
    "§ ", "5 %", "500 kr ", "\n", "- x\n", "IX ", "tusen", "fil.pdf ", "http://", "x/", "_", "½", "19900101-1234 ", "–",
    "x.se ", "@", "+", "{a}", "{", "[[1]]", "!", "-tre ", "'maj ", "s' ", "\ufffc",
]  # fmt: skip
"""What hostile texts repeat."""

BEGINNINGS = [("." + " " * 3, " "), ("<a ", "a "), ("a@", "a"), ("http://", "a"), ("1", " "), ("(", "a")]
"""Something once, and what hostile texts repeat behind it."""

LENGTH = 160
MOST = 50 * LENGTH
"""Steps for a text of that length: what takes some for each character takes half of them, what takes one for each pair
of characters more than all."""

OF_WORDS = {
    "review_app.text.fixed._ADDRESS",
    "review_app.text.number_words._SV_BIG",
    "review_app.text.number_words._SV_COUNTED",
}
"""Patterns that are only asked whether a whole word, or a whole short text, is of their kind."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns of the rooms that read texts, by module and name."""
    for room in (review_app.text, review_app.checks):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                for part in _parts(value):
                    if isinstance(part, re.Pattern):
                        yield f"{found.name}.{name}", part


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = [*value.values()]
    for part in value if isinstance(value, tuple | list) else [value]:
        yield from part if isinstance(part, tuple) else [part]


PATTERNS = {pattern: name for name, pattern in patterns()}
LOOPS = {name: pattern for pattern, name in PATTERNS.items() if has_loop(pattern)}


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(limit)


def test_the_counter_finds_what_re_finds() -> None:
    chance = random.Random(2)
    parts = [
        *"abAå1230 .,-–'’\"()<>/@&#;:?!§%\n\u00a0\u0301",
        "kl. ",
        "den ",
        "maj ",
        "www.",
        ".se",
        "kap. ",
        "tre",
        "pm",
    ]
    for pattern, name in PATTERNS.items():
        for _ in range(5):
            text = "".join(chance.choices(parts, k=chance.randrange(15)))
            wanted = [match.span() for match in pattern.finditer(text)]
            assert [*Search(pattern, text, 100_000).spans()] == wanted, (name, text)


def test_the_counter_counts_pairs() -> None:
    with pytest.raises(TooManySteps):
        list(Search(re.compile(r"\w+@"), "a" * LENGTH, MOST).spans())
    list(Search(re.compile(r"(?<!\w)\w+@"), "a" * LENGTH, MOST).spans())


@pytest.mark.parametrize("name", LOOPS)
def test_a_pattern_takes_some_steps_for_each_character_of_a_hostile_text(name: str) -> None:
    texts = [unit * (LENGTH // len(unit)) for unit in UNITS]
    texts += [begin + more * ((LENGTH - len(begin)) // len(more)) for begin, more in BEGINNINGS]
    slow = []
    for text in texts:
        try:
            list(Search(LOOPS[name], text, MOST).spans(only_here=name in OF_WORDS))
        except TooManySteps:
            slow.append(text[:20])
    assert slow == []


def calls_of(text: str, other: str) -> int:
    """Return how many functions, of Python's own too, are called to check a pair."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(note)
    try:
        check_pair(text, other, "sv", "en")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", ["1 ", "070-123 45 67 ", "den 3 maj ", "-tre ", "Ab ", "inte ", "&#39;", "(A "])
def test_twice_the_text_is_twice_the_calls(unit: str) -> None:
    short, long = (unit * (length // len(unit)) for length in (8_000, 16_000))
    check_pair(long, long[::-1], "sv", "en")  # what is remembered of words is no longer counted
    assert calls_of(long, long[::-1]) < 2.3 * calls_of(short, short[::-1]) + 5_000


def test_a_word_behind_a_dash_is_found_where_it_stands() -> None:
    found = find_numbers("-en bil\n-två bussar\n-tre", "sv")
    assert [(number.start, number.written) for number in found] == [(1, "en"), (9, "två"), (21, "tre")]
    assert check_pair("-en bil -en buss", "-one car -one bus", "sv", "en") == []
