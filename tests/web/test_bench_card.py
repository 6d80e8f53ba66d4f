"""What the bench shows, decided on values alone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.review.states import About
from review_app.review.views import CommentView, FlagView, MachineText, SegmentRow
from review_app.translations.origin import SegmentState
from review_app.web.bench_card import Typed, card_of
from review_app.web.bench_context import Occurrence, as_it_stands, page_blocks
from review_app.web.bench_list import PART, line_of, part_to_show, parts_of, read_numbers, sign_of
from review_app.web.marking import Run

NOW = datetime(2026, 11, 21, tzinfo=UTC)
MACHINE = MachineText("fake", "1", date(2026, 11, 21), "You may borrow 30 books.", None, publishable=True)


def row(key: str = "a", **values: Any) -> SegmentRow:
    """A sentence as the machine left it."""
    base = SegmentRow(
        key=key,
        number=1,
        kind="p",
        source="Du får låna 20 böcker.",
        state=SegmentState.MACHINE,
        revision=1,
        text="You may borrow 30 books.",
        draft=MACHINE,
        others=(),
        flags=(),
        stale=False,
        old_source=None,
        approved=False,
        author=None,
        changed_at=None,
    )
    return replace(base, **values)


def flag(name: str = "number", severity: str = "critical", target: tuple[int, int] | None = (15, 17)) -> FlagView:
    return FlagView(1, name, severity, "accuracy", (12, 14), target, "number_differs", {"number": "20"})


def describe(found: FlagView) -> tuple[str, str]:
    return found.name, found.message_id


def marks(runs: tuple[Run, ...]) -> list[str]:
    return [run.text for run in runs if run.severity]


def test_a_card_marks_the_machine_text_while_it_is_the_text() -> None:
    card = card_of(row(flags=(flag(),)), describe)
    assert (marks(card.source), marks(card.machine), card.saved, card.changes) == (["20"], ["30"], (), ())
    assert card.caret == 15


def test_a_card_marks_the_correction_once_there_is_one() -> None:
    edited = row(text="You can borrow 30 books.", state=SegmentState.EDITED, flags=(flag(),))
    card = card_of(edited, describe)
    assert (marks(card.machine), marks(card.saved)) == ([], ["30"])
    assert [(run.text, run.change) for run in card.changes if run.change] == [("may", "delete"), ("can", "insert")]


def test_a_solved_flag_stays_in_its_place_and_a_new_one_is_fresh() -> None:
    repeated = replace(flag("repeated_word", "minor", (8, 10)), id=None)
    card = card_of(row(flags=(flag(),)), describe, Typed("You may may borrow 20."), [repeated])
    assert [(line.title, line.solved) for line in card.flags] == [("number", True)]
    assert [line.title for line in card.fresh] == ["repeated_word"]


def test_a_stale_row_shows_how_the_source_changed() -> None:
    line = line_of(row(stale=True, old_source="Du får låna 30 böcker."))
    assert [(run.text, run.change) for run in line.source if run.change] == [("30", "delete"), ("20", "insert")]
    assert line.sign == "stale"


def test_a_word_that_was_searched_for_is_marked_in_texts_and_comments() -> None:
    said = CommentView(1, About.TRANSLATION, "en", "Are these all Books?", "", 1, "Bo", NOW, None, None)
    other = replace(said, text="Thank you.")
    line = line_of(row(flags=(flag(),), comments=(said, other)), "böcker")
    assert (marks(line.source), marks(line.target), line.comments) == (["böcker"], ["30"], ())
    line = line_of(row(flags=(flag(),), comments=(said, other)), "books")
    assert (marks(line.source), marks(line.target)) == ([], ["30", "books"])
    assert [marks(runs) for runs in line.comments] == [["Books"]]
    card = card_of(row(text="You can borrow books."), describe, word="books")
    assert (marks(card.machine), marks(card.saved)) == (["books"], ["books"])
    assert marks(line_of(row(text="50 % (+1)"), "(+1)").target) == ["(+1)"]


def test_a_row_is_signed_with_what_asks_for_a_person_first() -> None:
    assert sign_of(row(text=None)) == "missing"
    assert sign_of(row(flags=(flag(severity="minor"), flag(severity="major")), stale=True)) == "major"
    assert sign_of(row()) == "machine"
    assert sign_of(row(state=SegmentState.ACCEPTED)) == "accepted"


def test_the_page_in_its_context_shows_a_repeated_sentence_twice() -> None:
    places = [Occurrence(0, 0, "h1", "a"), Occurrence(1, 0, "p", "gone"), Occurrence(2, 1, "p", "a")]
    blocks = page_blocks(places, {"a": row()}, as_it_stands)
    assert [(block.kind, [passage.id for passage in block.passages]) for block in blocks] == [
        ("h1", ["p-0-0"]),
        ("p", ["p-2-1"]),
    ]


@given(st.lists(st.integers(1, 5000), unique=True, max_size=350))
def test_a_list_in_pieces_is_the_list(numbers: list[int]) -> None:
    parts = parts_of(numbers)
    assert [number for part in parts for number in read_numbers(part.spelled)] == numbers
    assert all(len(part.numbers) <= PART for part in parts)
    assert [(part.first, part.last) for part in parts] == [
        (at + 1, min(at + PART, len(numbers))) for at in range(0, len(numbers), PART)
    ]


def test_a_piece_in_page_order_is_said_in_few_words() -> None:
    first, second = parts_of([*range(1, 101), 105, 107, 108])
    assert (first.spelled, second.spelled) == ("1-100", "105,107-108")


@pytest.mark.parametrize("nonsense", ["", "x", "-5", "7-x", "1-999999999999", "²", "5,,6", "1" * 5000])
def test_an_address_that_makes_no_sense_asks_for_little(nonsense: str) -> None:
    assert len(read_numbers(nonsense)) <= PART


def test_the_piece_with_the_open_sentence_comes_first_unless_another_is_asked_for() -> None:
    parts = parts_of(range(1, 301))
    assert [part_to_show(parts, number, asked) for number, asked in ((150, 0), (150, 3), (None, 0), (7, 99))] == [
        1,
        2,
        0,
        0,
    ]
