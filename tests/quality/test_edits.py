import pytest

from review_app.quality.edits import touches, word_edits


@pytest.mark.parametrize(
    ("machine", "text", "edits"),
    [
        ("You may borrow 30 books.", "You may borrow 20 books.", 1),
        ("You may park.", "You may not park.", 1),
        ("City council", "Municipal assembly", 2),
        ("Open from 9 to 5", "Open  from 9 to 5.", 0),
        ("“Hello”", "'Hello'", 0),
        ("open", "Open", 1),
        ("", "Open", 1),
        ("", "", 0),
    ],
)
def test_words_are_counted_and_punctuation_is_trivial(machine: str, text: str, edits: int) -> None:
    assert word_edits(machine, text) == edits


@pytest.mark.parametrize(
    ("flagged", "machine", "text", "touched"),
    [
        ("30", "You may borrow 30 books.", "You may borrow 20 books.", True),
        ("30", "You may borrow 30 books.", "You can borrow 30 books.", False),
        ("30", "You may borrow 30 books.", "You may borrow books.", True),
        ("may", "You may park here.", "You may not park here.", True),
        ("here", "You may park here.", "You may not park here.", False),
        ("park here", "You may park here.", "You may park your car here.", True),
        ("30", "Borrow 30 books.", "Borrow 30 books.", False),
    ],
)
def test_an_edit_touches_the_flagged_words_or_not(flagged: str, machine: str, text: str, touched: bool) -> None:
    start = machine.index(flagged)
    assert touches((start, start + len(flagged)), machine, text) is touched


def test_a_flag_on_a_point_between_words_is_touched_by_what_is_put_there() -> None:
    assert touches((3, 3), "You may park.", "You all may park.")
    assert not touches((3, 3), "You may park.", "You may walk.")
