"""What is remembered of words."""

from review_app.text.remembered import Remembered


def test_a_word_is_worked_out_once_and_so_many_are_kept_at_most() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Remembered(length, most=2)
    assert [known[word] for word in ("a", "bb", "a", "ccc", "a")] == [1, 2, 1, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
    assert len(known) == 2
