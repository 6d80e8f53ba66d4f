"""Plots of shares against shares, 0 to 100 % both ways, as SVG: lines, and points with their whiskers.

Lines stretch with the column (their strokes do not), text keeps its size. Each plot has a table beside it; that is the
caller's part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_percent

from review_app.reports.drawing import LINE, line, percent, svg, text

HEIGHT = 240  # pixels of the plotted square
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEFT, WIDTH = 12, 84  # per cent: the figures of what is measured upwards stand left of it, clear of the lines
TOP = LINE + 10  # pixels above it, for the name of what is measured upwards
DASHES = ("", ' stroke-dasharray="7 5"', ' stroke-dasharray="2 5"')
"""Lines are told apart without colour: whole, dashed, dotted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, each (along, up) from 0 to 1; drawn in one of three ways: whole, dashed or dotted."""

    label: str
    points: tuple[tuple[float, float], ...]
    dash: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A figure with its interval, from 0 to 1."""

    along: float
    up: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Axes:
    """What is measured along the page and upwards; ``points`` is what the points are, for the legend."""

    along: str
    up: str
    points: str = ""


def plot(name: str, title: str, axes: Axes, language: str, lines: Sequence[Line], points: Sequence[Point] = ()) -> str:
    """Return a plot of lines and points; ``name`` is an id of its own on the page."""
    pieces = [text(0, LINE - 6, axes.up, "chart-axis"), _inset(_grid(language))]
    pieces += [_stretched(found) for found in lines]
    pieces.append(_inset("".join(map(_point, points))))
    below = TOP + HEIGHT + LINE
    pieces.append(text("100%", below + LINE, axes.along, "chart-axis", "end"))
    top = below + 2 * LINE + 4
    if points and axes.points:
        pieces.append(_legend(f'<circle class="chart-dot" cx="14" cy="{top - 5}" r="5"/>', axes.points, top))
        top += LINE + 2
    for found in lines:
        sample = line("0", "28", top - 5, top - 5, f"plot-line plot-{found.dash}", 2, DASHES[found.dash])
        pieces.append(_legend(sample, found.label, top))
        top += LINE + 2
    return svg(name, title, "chart", top - LINE + 8, "".join(pieces))


def _inset(content: str) -> str:
    return f'<svg x="{LEFT}%" width="{WIDTH}%" overflow="visible">{content}</svg>'


def _grid(language: str) -> str:
    faint, pieces = ' stroke-opacity=".25"', []
    for tick in TICKS:
        up, label = _up(tick), format_percent(tick, locale=language)
        pieces.append(line("0%", "100%", up, up, "chart-grid", 1, faint))
        pieces.append(line(percent(100 * tick), percent(100 * tick), TOP, TOP + HEIGHT, "chart-grid", 1, faint))
        pieces.append(text(percent(100 * tick), TOP + HEIGHT + LINE - 4, label, "chart-tick", "middle"))
        if tick > 0:
            pieces.append(text(-8, up + 5, label, "chart-tick", "end"))
    return "".join(pieces)


def _stretched(found: Line) -> str:
    points = " ".join(f"{100 * along:g},{100 - 100 * up:g}" for along, up in found.points)
    stroke = (
        f'fill="none" stroke="currentColor" stroke-width="2" vector-effect="non-scaling-stroke"{DASHES[found.dash]}'
    )
    place = f'x="{LEFT}%" width="{WIDTH}%" y="{TOP}" height="{HEIGHT}"'
    return (
        f'<svg {place} viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">'
        f'<polyline class="plot-line plot-{found.dash}" points="{points}" {stroke}/></svg>'
    )


def _point(point: Point) -> str:
    along = percent(100 * point.along)
    whisker = line(along, along, _up(point.low), _up(point.high), "chart-whisker", 2)
    return f'{whisker}<circle class="chart-dot" cx="{along}" cy="{_up(point.up):g}" r="5"/>'


def _up(share: float) -> float:
    return TOP + HEIGHT * (1 - share)


def _legend(sample: str, words: str, base: int) -> str:
    return sample + text(38, base, words, "chart-label")
