"""A figure over time as SVG: a point a period with its whiskers, and a mark where the source changed.

Lines stretch with the column, text keeps its size. Each chart has a table beside it; that is the caller's part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from babel.numbers import format_decimal

from review_app.reports.chart import ticks_of
from review_app.reports.drawing import LINE, inset, line, percent, svg, text

HEIGHT = 200  # pixels of the plotted area
TOP = 2 * LINE + 4  # pixels above it, for what is measured
MARKS = 16  # pixels below it, for the marks
LABELS = 4  # that fit along 390 pixels


@dataclass(frozen=True, slots=True)
class Moment:
    """A period: without a value it is a gap; ``marked`` when the source changed in it."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is measured, with its unit, and what a mark means."""

    axis: str
    mark: str


def series(name: str, title: str, moments: Sequence[Moment], told: Told, language: str) -> str:
    """Return a chart of the periods in their order; ``name`` is an id of its own on the page."""
    figures = [number for one in moments for number in (one.value, one.low, one.high) if number is not None]
    ticks = ticks_of([*figures, 0.0])
    places = [_along(number, len(moments)) for number in range(len(moments))]
    pieces = [text(0, LINE - 6, told.axis, "chart-axis"), inset("".join(_grid(ticks, language)))]
    pieces.append(inset("".join(_lines(moments, places, ticks)) + "".join(_points(moments, places, ticks))))
    base = TOP + HEIGHT + MARKS
    pieces.append(inset("".join(_labels(moments, places, base + LINE))))
    below = base + LINE + 8
    if any(one.marked for one in moments):
        pieces += [_mark("10", below + LINE - 4), text(24, below + LINE, told.mark, "chart-note")]
        below += LINE
    return svg(name, title, "chart", below + 8, "".join(pieces))


def _grid(ticks: Sequence[float], language: str) -> Iterator[str]:
    for tick in ticks:
        up = _up(tick, ticks)
        yield line("0%", "100%", up, up, "chart-grid", 1, ' stroke-opacity=".25"')
        yield text("0", up - 4, format_decimal(tick, locale=language), "chart-tick")


def _lines(moments: Sequence[Moment], places: Sequence[float], ticks: Sequence[float]) -> Iterator[str]:
    """Join the periods that have a value with the next one that has, across gaps with dashes."""
    known = [(number, one.value) for number, one in enumerate(moments) if one.value is not None]
    for (left, start), (right, end) in pairwise(known):
        dash = "" if right == left + 1 else ' stroke-dasharray="3 5"'
        ends = percent(places[left]), percent(places[right])
        yield line(*ends, _up(start, ticks), _up(end, ticks), "plot-line", 2, dash)


def _points(moments: Sequence[Moment], places: Sequence[float], ticks: Sequence[float]) -> Iterator[str]:
    for one, place in zip(moments, places, strict=True):
        along = percent(place)
        if one.low is not None and one.high is not None:
            yield line(along, along, _up(one.low, ticks), _up(one.high, ticks), "chart-whisker", 2)
        if one.value is not None:
            yield f'<circle class="chart-dot" cx="{along}" cy="{_up(one.value, ticks):g}" r="5"/>'
        if one.marked:
            yield _mark(along, TOP + HEIGHT + MARKS - 4)


def _labels(moments: Sequence[Moment], places: Sequence[float], base: int) -> Iterator[str]:
    step = max(1, -(-(len(moments) - 1) // (LABELS - 1)))
    for number in range(0, len(moments), step):
        anchor = "start" if places[number] < 1 else "end" if places[number] > 99 else "middle"
        yield text(percent(places[number]), base, moments[number].label, "chart-tick", anchor)


def _mark(along: str, base: int) -> str:
    """Return a triangle: it differs from the dots by its shape."""
    return f'<svg x="{along}" y="{base - 10}" overflow="visible"><path class="chart-mark" d="M-6 10H6L0 0Z"/></svg>'


def _along(number: int, count: int) -> float:
    return 50.0 if count == 1 else 6 + 94 * number / (count - 1)


def _up(value: float, ticks: Sequence[float]) -> float:
    return round(TOP + HEIGHT * (1 - (value - ticks[0]) / (ticks[-1] - ticks[0])), 1)
