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


def test_one_look_tells_that_no_word_of_a_text_means_anything() -> None:
    known = Remembered({"ett": 1, "två": 2}.get, most=3)
    assert not known.has_only_empty(["och", "men"]), "nothing is known of them yet"
    assert [known[word] for word in ("och", "men", "ett")] == [None, None, 1]
    assert known.has_only_empty(["och", "men", "och"])
    assert known.has_only_empty([])
    assert not known.has_only_empty(["och", "ett"])
    assert known["två"] == 2
    assert not known.has_only_empty(["och"]), "what is forgotten is not known"
