import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from review_app.reports.chart import LONGEST_LABEL, Axis, Row, Share, dot_chart, share_bar

AXIS = Axis("BLEU, 0–100")
ROWS = [
    Row("DeepL", 52.83, 51.4, 54.04, "612 segments"),
    Row("Google", 50.1, 48.2, 52.1),
    Row("Firefox", None, note="too few (18 of 30)"),
]
SHARES = [Share("unchanged", 880), Share("small edits", 272), Share("large edits", 88)]


def tree(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(svg: str) -> list[str]:
    return ["".join(found.itertext()) for found in tree(svg).iter("{http://www.w3.org/2000/svg}text")]


def chart(rows: list[Row], language: str = "en") -> str:
    return dot_chart("bleu", "BLEU per engine", rows, AXIS, language)


def positions(svg: str, attribute: str, kind: str) -> list[float]:
    return [
        float(found.get(attribute, "").removesuffix("%")) for found in tree(svg).iter() if found.get("class") == kind
    ]


def test_figures_are_written_in_the_readers_language() -> None:
    assert "52.8 (51.4–54.0)" in texts(chart(ROWS, "en"))
    assert "52,8 (51,4–54,0)" in texts(chart(ROWS, "sv"))
    assert "unchanged: 71% (880)" in texts(share_bar("s", "Edits", SHARES, "en"))
    assert "unchanged: 71\u00a0% (880)" in texts(share_bar("s", "Edits", SHARES, "sv"))


def test_dots_and_whiskers_stand_where_the_axis_says() -> None:
    svg = chart([Row("a", 45, 44, 46), Row("b", 50, 48, 54)])
    ticks = positions(svg, "x", "chart-tick")
    assert [text for text in texts(svg) if text.isdigit()] == ["44", "46", "48", "50", "52", "54"]
    assert ticks == [0, 20, 40, 60, 80, 100]
    assert positions(svg, "cx", "chart-dot") == [10, 60]
    assert positions(svg, "x1", "chart-whisker") == [0, 0, 20, 40, 40, 100]
    assert positions(svg, "x2", "chart-whisker") == [20, 0, 20, 100, 40, 100]


def test_a_row_without_a_figure_says_why_and_draws_nothing() -> None:
    svg = chart([Row("Firefox", None, note="too few (18 of 30)")])
    assert "too few (18 of 30)" in texts(svg)
    assert positions(svg, "cx", "chart-dot") == []


def test_a_figure_without_an_interval_is_a_lone_dot() -> None:
    svg = chart([Row("Google", 50)])
    assert "50.0" in texts(svg)
    assert positions(svg, "x1", "chart-whisker") == []
    assert positions(svg, "cx", "chart-dot") == [50]


@pytest.mark.parametrize("rows", [[], [Row("nothing", None)], [Row("same", 0, 0, 0)], [Row("wide", 1e6, -1e6, 3e6)]])
def test_any_figures_get_an_axis(rows: list[Row]) -> None:
    ticks = positions(chart(rows), "x", "chart-tick")
    assert ticks[0] == 0
    assert ticks[-1] == 100
    assert 2 <= len(ticks) <= 8


def test_bounds_of_the_axis_hold_when_no_figure_is_outside() -> None:
    svg = dot_chart("ter", "TER", [Row("Google", 30)], Axis("TER", 0, 100), "en")
    assert [text for text in texts(svg) if text.isdigit()] == ["0", "20", "40", "60", "80", "100"]


@pytest.mark.parametrize("svg", [chart(ROWS), share_bar("edits", "Edits & more", SHARES, "en")])
def test_every_chart_has_a_name_that_a_screen_reader_finds(svg: str) -> None:
    root = tree(svg)
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert root.get("role") == "img"
    assert title is not None
    assert title.get("id") == root.get("aria-labelledby")
    assert title.text in {"BLEU per engine", "Edits & more"}


@pytest.mark.parametrize("svg", [chart(ROWS), share_bar("edits", "Edits", SHARES, "en")])
def test_text_keeps_its_size_at_any_width(svg: str) -> None:
    """Without a view box one unit is one pixel, however wide the chart is."""
    root = tree(svg)
    assert root.get("viewBox") is None
    assert int(root.get("font-size", "0")) >= 12
    assert root.get("width") == "100%"


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=30))
def test_words_are_only_words(words: str) -> None:
    hostile = f'{words}"><script>alert(1)</script>'
    rows = [Row(hostile, 1, 0, 2, hostile), Row(hostile[:9], None)]
    for svg in (
        dot_chart("n", hostile, rows, Axis(hostile), "sv"),
        share_bar("n", hostile, [Share(hostile, 1)], "sv"),
    ):
        tags = {etree.QName(found).localname for found in tree(svg).iter()}
        assert tags <= {"svg", "title", "text", "line", "circle", "rect", "pattern"}
        assert hostile in "".join(tree(svg).itertext())


@pytest.mark.parametrize("svg", [chart(ROWS), share_bar("edits", "Edits", SHARES, "en")])
def test_the_content_policy_has_nothing_to_block(svg: str) -> None:
    names = {name for found in tree(svg).iter() for name in found.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert not re.search(r"<(style|script|foreignObject|image|a)\b|javascript:|https?://(?!www\.w3\.org/2000/svg)", svg)


def test_long_labels_leave_room_for_the_figure() -> None:
    label = texts(chart([Row("An engine with a name beyond all measure", 50)]))[0]
    assert len(label) <= LONGEST_LABEL
    assert label.endswith("…")


def test_shares_fill_the_bar_in_order_and_differ_without_colour() -> None:
    svg = share_bar("edits", "Edits", [Share("a", 2), Share("b", 0), Share("c", 6)], "en")
    parts = {kind: (positions(svg, "x", kind), positions(svg, "width", kind)) for kind in ("share-a", "share-c")}
    assert parts["share-a"] == ([0, 1], [25, 14])
    assert parts["share-c"] == ([25, 1], [75, 14])
    assert positions(svg, "width", "share-b") == [14]  # only in the legend
    drawn = [found for found in tree(svg).iter() if found.get("class", "").startswith("share-")]
    looks = {(found.get("fill"), found.get("fill-opacity")) for found in drawn}
    assert len(looks) == 4


def test_a_bar_of_nothing_is_an_empty_frame() -> None:
    svg = share_bar("edits", "Edits", [Share("unchanged", 0)], "en")
    assert "unchanged: 0% (0)" in texts(svg)
    assert positions(svg, "width", "share-frame") == [100]


def test_more_parts_than_shades_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 3"):
        share_bar("edits", "Edits", [Share("part", 1)] * 4, "en")
