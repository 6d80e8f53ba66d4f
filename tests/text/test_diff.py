from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text import diff
from review_app.text.diff import Change, word_diff
from review_app.text.placeholders import placeholders

PIECES = st.sampled_from(
    ["the", "council", "Council", "1,5", "1.5", "kl.", "14.00", "don't", "don’t", "<1>", "</1>", "<2/>", "<", "</1/>",
     " ", " ", "  ", "\u00a0", "\n", ".", ",", "!", "-", "مَجلِس", "البلدية", "我", "喜欢", "ที่", "e\u0301", "\u0301",
     "\u200d", "😀"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20)


def shown(old: str, new: str) -> str:
    """The diff as one line: [-deleted-] and {+inserted+}."""
    frames = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(frames[change.op].format(change.text) for change in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The city council decides.", "The municipal council decides.", "The [-city-]{+municipal+} council decides."),
        ("The red car is fast.", "The blue bus is fast.", "The [-red car-]{+blue bus+} is fast."),
        ("Pay now.", "Pay the fee now.", "Pay{+ the fee+} now."),
        ("The cats sleep", "cats sleep", "[-The -]cats sleep"),
        ("costs 1,5 kr.", "costs 1.5 kr.", "costs [-1,5-]{+1.5+} kr."),
        ("at 14.00 sharp", "at 14.30 sharp", "at [-14.00-]{+14.30+} sharp"),
        ("I don't", "I do not", "I [-don't-]{+do not+}"),
        ("Read <1>more</1>", "Read <2/>more</1>", "Read [-<1>-]{+<2/>+}more</1>"),
        ("see <1>us</1>", "see us", "see [-<1>-]us[-</1>-]"),
        ("two  spaces", "two spaces", "two [- -]spaces"),
        ("end. ", "end.", "end.[- -]"),
        ("the end", "The end", "[-the-]{+The+} end"),
        ("我喜欢猫", "我喜欢狗", "我喜欢[-猫-]{+狗+}"),
        ("مجلس المدينة", "مجلس البلدية", "مجلس [-المدينة-]{+البلدية+}"),
        ("", "All new", "{+All new+}"),
        ("All gone", "", "[-All gone-]"),
        ("Same as before", "Same as before", "Same as before"),
        ("", "", ""),
    ],
)
def test_reads_as_a_person_would_mark_it(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@given(TEXTS, TEXTS)
def test_joined_runs_are_the_two_texts(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert "".join(change.text for change in changes if change.op != "insert") == old
    assert "".join(change.text for change in changes if change.op != "delete") == new


@given(TEXTS, TEXTS)
def test_runs_are_as_long_as_can_be(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert all(change.text for change in changes)
    operations = [change.op for change in changes]
    assert all(one != other for one, other in pairwise(operations))
    assert ("insert", "delete") not in pairwise(operations)


@given(TEXTS)
def test_a_text_equals_itself(text: str) -> None:
    assert word_diff(text, text) == ([Change("equal", text)] if text else [])


@given(TEXTS, TEXTS)
def test_no_placeholder_is_cut(old: str, new: str) -> None:
    for text, other in ((old, "insert"), (new, "delete")):
        runs = [change.text for change in word_diff(old, new) if change.op != other]
        assert [found for run in runs for found in placeholders(run)] == placeholders(text)


@pytest.mark.parametrize("word", ["cafe\u0301", "مَجلِس", "किताबें", "ที่"])
def test_a_mark_stays_with_its_letter(word: str) -> None:
    assert shown(word, word[:-1] + "x") == f"[-{word}-]{{+{word[:-1]}x+}}"


def test_texts_too_long_to_match_are_one_change_between_what_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "MOST_CELLS", 3)
    assert shown("Begin a b c end", "Begin c b a end") == "Begin [-a b c-]{+c b a+} end"


def test_five_thousand_words_keep_their_common_part() -> None:
    words = [f"word{number % 700}" for number in range(5000)]
    changed = [word if number % 50 else "other" for number, word in enumerate(words)]
    changes = word_diff(" ".join(words), " ".join(changed))
    assert sum(change.op == "insert" for change in changes) == 100
