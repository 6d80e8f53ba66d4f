"""Plots as SVG: nothing but numbers and escaped text, read without colour, without script and without style."""

import xml.etree.ElementTree as ET

import pytest

from review_app.reports.plot import HEIGHT, TOP, Axes, Line, Point, plot

SVG = "{http://www.w3.org/2000/svg}"
AXES = Axes("read <first>", "found & changed", "texts")
HALF = Line("half", ((0.0, 0.0), (0.5, 0.25), (1.0, 0.5)))


def drawn(*lines: Line, points: tuple[Point, ...] = (), language: str = "en") -> ET.Element:
    return ET.fromstring(plot("p", "What <is> found", AXES, language, lines, points))  # noqa: S314 - our own


def texts(chart: ET.Element) -> list[str]:
    return [found.text or "" for found in chart.iter(f"{SVG}text")]


def test_a_line_goes_where_its_points_are() -> None:
    (line,) = drawn(HALF).iter(f"{SVG}polyline")
    assert line.get("points") == "0,100 50,75 100,50"


def test_lines_are_told_apart_without_colour_in_plot_and_legend() -> None:
    chart = drawn(HALF, Line("best", HALF.points, 1), Line("chance", HALF.points, 2))
    dashes = [line.get("stroke-dasharray") for line in chart.iter(f"{SVG}polyline")]
    assert len(set(dashes)) == 3
    samples = [
        line.get("stroke-dasharray") for line in chart.iter(f"{SVG}line") if "plot-line" in line.get("class", "")
    ]
    assert samples == dashes
    assert texts(chart)[-3:] == ["half", "best", "chance"]


def test_figures_upwards_stand_beside_the_lines_not_under_them() -> None:
    (plotted,) = (found for found in drawn(HALF).iter(f"{SVG}svg") if found.get("viewBox"))
    (inset,) = {found.get("x") for found in drawn(HALF).iter(f"{SVG}svg") if found.get("width") == plotted.get("width")}
    assert inset == plotted.get("x")
    upwards = [found for found in drawn(HALF).iter(f"{SVG}text") if found.get("text-anchor") == "end"]
    assert [found.text for found in upwards if float((found.get("x") or "").rstrip("%")) < 0] == [
        "25%",
        "50%",
        "75%",
        "100%",
    ]


def test_a_point_stands_at_its_figures_with_its_interval() -> None:
    chart = drawn(points=(Point(0.25, 0.5, 0.4, 0.75),))
    dot = next(chart.iter(f"{SVG}circle"))
    assert (dot.get("cx"), float(dot.get("cy", ""))) == ("25%", TOP + HEIGHT / 2)
    (whisker,) = (line for line in chart.iter(f"{SVG}line") if line.get("class") == "chart-whisker")
    assert float(whisker.get("y1", "")) == pytest.approx(TOP + HEIGHT * 0.6)
    assert float(whisker.get("y2", "")) == pytest.approx(TOP + HEIGHT * 0.25)
    assert "texts" in texts(chart)


def test_words_are_escaped_and_figures_are_written_as_the_language_does() -> None:
    assert "read <first>" in texts(drawn(HALF))
    assert "50%" in texts(drawn(HALF))
    assert "50\N{NO-BREAK SPACE}%" in texts(drawn(HALF, language="sv"))


def test_a_screen_reader_is_told_what_it_is() -> None:
    chart = drawn(HALF)
    title = next(chart.iter(f"{SVG}title"))
    assert title.text == "What <is> found"
    assert chart.get("aria-labelledby") == title.get("id")


def test_nothing_in_it_falls_under_the_content_security_policy() -> None:
    text = plot("p", "x", AXES, "en", [HALF], [Point(0.1, 0.2, 0.1, 0.3)])
    assert "style" not in text
    assert "script" not in text
