"""Texts cut into runs."""

from hypothesis import given
from hypothesis import strategies as st

from review_app.web.marking import Mark, Part, Run, changed, marked, utf16_offset


def texts(runs: tuple[Run, ...]) -> list[tuple[str, str | None]]:
    return [(run.text, run.severity) for run in runs]


def test_a_flagged_span_is_a_run_of_its_own() -> None:
    assert texts(marked("open on June 22, 2014.", [Mark((8, 21), "critical")])) == [
        ("open on ", None),
        ("June 22, 2014", "critical"),
        (".", None),
    ]


def test_the_gravest_wins_where_spans_overlap() -> None:
    runs = marked("city council", [Mark((0, 12), "minor"), Mark((5, 12), "major")])
    assert texts(runs) == [("city ", "minor"), ("council", "major")]


def test_a_placeholder_is_a_chip_inside_its_run() -> None:
    (run,) = marked("do <1>not</1> go", [Mark((0, 16), "major")])
    assert run.parts == (Part("do "), Part("<1>", chip=True), Part("not"), Part("</1>", chip=True), Part(" go"))


def test_a_placeholder_is_never_cut() -> None:
    runs = marked("a <12/> b", [Mark((3, 5), "major")])
    assert texts(runs) == [("a ", None), ("<12/>", "major"), (" b", None)]


def test_a_span_without_length_is_a_point() -> None:
    assert texts(marked("no end", [Mark((6, 6), "minor")])) == [("no end", None), ("", "minor")]
    assert texts(marked("no end", [Mark((2, 2), "minor")])) == [("no", None), ("", "minor"), (" end", None)]


def test_a_span_beyond_the_text_is_cut_to_it() -> None:
    assert texts(marked("short", [Mark((2, 99), "minor")])) == [("sh", None), ("ort", "minor")]


def test_changes_show_what_was_deleted_and_inserted() -> None:
    runs = changed("the city council", "the municipal council")
    assert [(run.text.strip(), run.change) for run in runs if run.change] == [
        ("city", "delete"),
        ("municipal", "insert"),
    ]


def test_marks_of_the_new_text_survive_a_change_before_them() -> None:
    after = "on 23 June 2015"
    runs = changed("on June 22, 2014", after, [Mark((11, 15), "critical")])
    assert "".join(run.text for run in runs if run.severity == "critical") == "2015"


def test_offsets_count_as_browsers_do() -> None:
    assert utf16_offset("🏠 hus", 2) == 3


WORDS = st.lists(st.sampled_from(["a", "bb", "<1>", "</1>", "<2/>", "é", "🏠", ",", "\n"]), max_size=12).map(" ".join)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda span: (min(span), max(span))), max_size=5)


@given(WORDS, SPANS, st.sampled_from(["critical", "major", "minor"]))
def test_no_character_is_lost(text: str, spans: list[tuple[int, int]], severity: str) -> None:
    runs = marked(text, [Mark(span, severity) for span in spans])
    assert "".join(run.text for run in runs) == text


@given(WORDS, WORDS, SPANS)
def test_a_change_holds_both_texts(before: str, after: str, spans: list[tuple[int, int]]) -> None:
    runs = changed(before, after, [Mark(span, "minor") for span in spans])
    assert "".join(run.text for run in runs if run.change != "insert") == before
    assert "".join(run.text for run in runs if run.change != "delete") == after
