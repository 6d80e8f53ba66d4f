"""What can be marked: words, marks of punctuation, one character where nothing is spaced."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.annotations.words import words_of


def cut(text: str) -> str:
    return "|".join(word.text for word in words_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You may borrow 30 books.", "You|may|borrow|30|books|."),
        ("It's open 10–18, Mon-Fri.", "It's|open|10–18|,|Mon-Fri|."),
        ("Read <1>our pages</1> <2/>first", "Read|our|pages|first"),
        ("at 14.30 or info@alvby.example", "at|14.30|or|info@alvby.example"),
        ("يمكنك استعارة ٢٠ كتابًا.", "يمكنك|استعارة|٢٠|كتابًا|."),
        ("図書館は10時", "図|書|館|は|10|時"),
        ("दिनों में", "दिनों|में"),
        ("", ""),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: str) -> None:
    assert cut(text) == words


@given(st.text(alphabet=st.sampled_from("ab 1.,–'<>/1\u0301é\n書")))
def test_words_stand_where_they_say_and_leave_no_letter_out(text: str) -> None:
    found = words_of(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {place for word in found for place in range(word.start, word.end)}
    left = [text[place] for place in range(len(text)) if place not in covered]
    assert set(left) <= set(" \n<>/1")  # what is left is space or a placeholder
