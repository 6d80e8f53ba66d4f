"""Charts of rows and of shares as SVG, drawn on the server: no script, no inline style, nothing but numbers and text.

Each chart has a table beside it; that is the caller's part.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from babel.numbers import format_decimal, format_percent

from review_app.reports.drawing import LINE, inset, line, percent, rect, svg, text
from review_app.reports.edits import of_hundred

TRACK = 22  # pixels of a row's line with dot and whiskers
BAR = 28  # pixels a share bar is high
GAP = 10  # pixels between rows
LONGEST_LABEL = 30  # characters that fit beside the figure at 390 pixels
INTERVALS = 5  # between ticks, about, so that their labels fit at 390 pixels

SHADES = ('fill="currentColor"', 'fill="currentColor" fill-opacity=".4"', 'fill="url(#{name}-hatch)"')
"""The parts of a share bar, told apart without colour: solid, pale, hatched."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its interval; without a value only the label and the note are drawn ("too few")."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured, with its unit; without bounds the axis spans the rows."""

    title: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: how many of its things."""

    label: str
    count: int


def dot_chart(name: str, title: str, rows: Sequence[Row], axis: Axis, language: str, decimals: int = 1) -> str:
    """Return a chart with a dot and whiskers for each row; ``name`` is an id of its own on the page."""
    ticks = _ticks(rows, axis)
    pieces, top = [], 0
    for row in rows:
        pieces.append(_row(row, top, ticks, language, decimals))
        top += _row_height(row)
    labels = "".join(_tick_label(tick, ticks, top + LINE, language) for tick in ticks)
    caption = text(0, top + 2 * LINE + 2, axis.title, "chart-axis")
    content = "".join(pieces) + inset(labels) + caption
    return svg(name, title, "chart", top + 2 * LINE + 10, content)


def share_bar(name: str, title: str, shares: Sequence[Share], language: str) -> str:
    """Return a bar of up to three parts with its legend below; ``name`` is an id of its own on the page."""
    if len(shares) > len(SHADES):
        raise ValueError(f"a share bar has at most {len(SHADES)} parts, not {len(shares)}")
    total = sum(share.count for share in shares)
    pieces = [_hatch(name), rect("0", "100%", 1, BAR, 'fill="none"', "share-frame")]
    rounded = of_hundred([share.count for share in shares])
    start = 0.0
    for index, (share, shade) in enumerate(zip(shares, SHADES, strict=False)):
        width = 100 * share.count / total if total else 0.0
        look, kind = shade.format(name=name), f"share-{'abc'[index]}"
        if share.count:
            pieces.append(rect(percent(start), percent(width), 1, BAR, look, kind))
        top = BAR + 14 + index * (LINE + 4)
        pieces.append(rect("1", "14", top, 14, look, kind))
        part = format_percent(rounded[index] / 100, locale=language)
        count = format_decimal(share.count, locale=language)
        pieces.append(text(24, top + 12, f"{share.label}: {part} ({count})", "chart-label"))
        start += width
    return svg(name, title, "shares", BAR + 14 + len(shares) * (LINE + 4), "".join(pieces))


def _row_height(row: Row) -> int:
    return LINE + (TRACK if row.value is not None else 0) + (LINE if row.note else 0) + GAP


def _row(row: Row, top: int, ticks: Sequence[float], language: str, decimals: int) -> str:
    pieces = [text(0, top + 15, _shortened(row.label), "chart-label")]
    below = top + LINE
    if row.value is not None:
        pieces.append(text("100%", top + 15, _figure(row, language, decimals), "chart-value", "end"))
        pieces.append(inset(_track(below, ticks) + _mark(row, row.value, below + TRACK // 2, ticks)))
        below += TRACK
    if row.note:
        pieces.append(text(0, below + 14, row.note, "chart-note"))
    return "".join(pieces)


def _track(top: int, ticks: Sequence[float]) -> str:
    """Return the faint ruler behind a row's mark; it stays clear of the text above and below."""
    middle, faint = top + TRACK // 2, ' stroke-opacity=".25"'
    places = [_position(tick, ticks) for tick in ticks]
    upright = [line(place, place, top + 2, top + TRACK - 2, "chart-grid", 1, faint) for place in places]
    return line(places[0], places[-1], middle, middle, "chart-grid", 1, faint) + "".join(upright)


def _mark(row: Row, value: float, middle: int, ticks: Sequence[float]) -> str:
    """Return the dot, and the whiskers with their ends."""
    pieces = []
    if row.low is not None and row.high is not None:
        low, high = _position(row.low, ticks), _position(row.high, ticks)
        pieces.append(line(low, high, middle, middle, "chart-whisker", 2))
        pieces += [line(end, end, middle - 5, middle + 5, "chart-whisker", 2) for end in (low, high)]
    pieces.append(f'<circle class="chart-dot" cx="{_position(value, ticks)}" cy="{middle}" r="5"/>')
    return "".join(pieces)


def _figure(row: Row, language: str, decimals: int) -> str:
    """Return the value and its interval as text: 48.5 (46.2–50.9)."""
    value, low, high = (
        "" if number is None else _number(number, language, decimals) for number in (row.value, row.low, row.high)
    )
    return f"{value} ({low}–{high})" if low and high else value


def _number(number: float, language: str, decimals: int) -> str:
    return format_decimal(number, format="#,##0" + ("." + "0" * decimals if decimals else ""), locale=language)


def _ticks(rows: Sequence[Row], axis: Axis) -> list[float]:
    figures = [number for row in rows for number in (row.value, row.low, row.high) if number is not None]
    return ticks_of([*figures, *(bound for bound in (axis.low, axis.high) if bound is not None)])


def ticks_of(figures: Sequence[float]) -> list[float]:
    """Return round numbers that span the figures, at least two."""
    low, high = min(figures, default=0.0), max(figures, default=100.0)
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    step = _step((high - low) / INTERVALS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 9) for number in range(first, last + 1)]


def _step(least: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least - 1e-12)


def _position(number: float, ticks: Sequence[float]) -> str:
    return percent(100 * (number - ticks[0]) / (ticks[-1] - ticks[0]))


def _tick_label(tick: float, ticks: Sequence[float], top: int, language: str) -> str:
    return text(_position(tick, ticks), top - 4, format_decimal(tick, locale=language), "chart-tick", "middle")


def _hatch(name: str) -> str:
    return (
        f'<pattern id="{escape(name)}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="2.5" height="6"/></pattern>'
    )


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
