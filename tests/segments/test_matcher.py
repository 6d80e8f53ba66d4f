"""Segments keep their identity across versions of a page: by text and surroundings, never by position."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.pages.document import read_document
from review_app.segments.cutting import Cut, cut
from review_app.segments.matcher import KnownSegment, Match, match
from tests.segments.mutations import MUTATIONS, insert_first, outcome
from tests.shared_data import SHARED_DATA, needs_shared_data

OPEN = "Biblioteket har öppet på vardagar mellan tio och arton."
LOANS = "Du får låna tjugo böcker åt gången i fyra veckor."
RULES = "Reglerna antogs av kommunfullmäktige i juni."


def found(before: list[str], after: list[str]) -> list[Match]:
    known = [KnownSegment(str(index), text) for index, text in enumerate(before)]
    return match(known, [Cut(index, 0, "p", text) for index, text in enumerate(after)])


def test_unchanged_text_keeps_its_segment_wherever_it_moved() -> None:
    assert found([OPEN, LOANS, RULES], [RULES, "Ny rad.", OPEN, LOANS]) == [
        Match("2"),
        Match(None),
        Match("0"),
        Match("1"),
    ]


def test_a_changed_text_takes_over_the_identity_of_the_one_it_was() -> None:
    changed = LOANS.replace("tjugo", "trettio")
    assert found([OPEN, LOANS, RULES], [OPEN, changed, RULES]) == [Match("0"), Match("1", changed=True), Match("2")]


def test_a_changed_text_that_moved_is_found_by_its_words() -> None:
    changed = LOANS.replace("tjugo", "trettio")
    assert found([OPEN, LOANS, RULES], [changed, OPEN, RULES])[0] == Match("1", changed=True)


def test_another_text_in_the_same_place_is_a_new_segment() -> None:
    assert found([OPEN, LOANS, RULES], [OPEN, "Vi har även ljudböcker, filmer och spel.", RULES])[1] == Match(None)


def test_a_short_text_changes_only_where_its_neighbours_agree() -> None:
    assert found([OPEN, "Kl. 10–18", LOANS], [OPEN, "Kl. 10–19", LOANS])[1] == Match("1", changed=True)
    assert found(["Kl. 10–18", OPEN], [LOANS, "Kl. 10–19"])[1] == Match(None)


def test_a_text_that_stands_twice_is_one_segment() -> None:
    assert found([OPEN, LOANS], [OPEN, LOANS, OPEN]) == [Match("0"), Match("1"), Match("0")]
    assert found([], [OPEN, OPEN]) == [Match(None), Match(None)]


def test_two_changed_texts_take_the_ones_they_are_most_like() -> None:
    before = [LOANS, LOANS.replace("böcker", "filmer")]
    after = [LOANS.replace("fyra", "tre"), LOANS.replace("böcker", "filmer").replace("fyra", "tre")]
    assert [one.key for one in found(before, after)] == ["0", "1"]


def test_of_two_texts_like_one_segment_the_liker_is_its_change_and_the_other_is_new() -> None:
    nearer, further = LOANS.replace("tjugo", "tjugofem"), LOANS.replace("tjugo", "trettio")
    assert found([LOANS], [further, nearer]) == [Match(None), Match("0", changed=True)]


sentences = st.lists(st.sampled_from([OPEN, LOANS, RULES, "Ja.", "Nej.", "Kl. 10–18"]), max_size=8)


@given(sentences, sentences)
def test_no_segment_goes_to_two_texts_and_no_known_text_is_lost(before: list[str], after: list[str]) -> None:
    before = list(dict.fromkeys(before))
    taken: dict[str, str] = {}
    for text, one in zip(after, found(before, after), strict=True):
        assert one.key is None or taken.setdefault(one.key, text) == text
        if text in before:
            assert one == Match(str(before.index(text)))


@needs_shared_data
@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_changes_to_real_pages_lose_nothing(name: str) -> None:
    for path in sorted((SHARED_DATA / "pages").glob("*.html")):
        before = [one.text for one in cut(read_document(path.read_bytes()))]
        for seed in range(3):
            after = MUTATIONS[name](list(before), Random(f"{path.name} {seed}"))
            assert outcome(before, after).lost == 0, (path.name, seed)


@needs_shared_data
def test_a_paragraph_at_the_top_leaves_every_other_segment_untouched() -> None:
    for path in sorted((SHARED_DATA / "pages").glob("*.html")):
        before = [one.text for one in cut(read_document(path.read_bytes()))]
        after = insert_first(list(before), Random(path.name))
        assert outcome(before, after).kept == len(before), path.name


@needs_shared_data
def test_ten_changes_at_once_lose_nothing_unchanged() -> None:
    for path in sorted((SHARED_DATA / "pages").glob("*.html")):
        before = [one.text for one in cut(read_document(path.read_bytes()))]
        random, after = Random(path.name), list(before)
        for _ in range(10):
            after = MUTATIONS[random.choice(["insert", "move", "duplicate", "delete"])](after, random) or after
            if not after:
                break
        assert outcome(before, after).lost == 0, path.name
