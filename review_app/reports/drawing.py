"""Pieces of charts as SVG: lines, boxes and escaped text, sized so that a chart fills its column at any width.

Lengths along the page are percentages and everything else is in pixels, so text keeps its size. Shapes and shades carry
the meaning in ``currentColor``: charts work in dark mode, in greyscale and without the stylesheet, which may tint them.
"""

from html import escape

TEXT = 14  # pixels; never below 12
LINE = 20  # pixels from one line of text to the next


def svg(name: str, title: str, kind: str, height: int, content: str) -> str:
    """Return a chart with its title for screen readers; ``name`` is an id of its own on the page."""
    heading = f"{escape(name)}-title"
    return (
        f'<svg class="{kind}" role="img" aria-labelledby="{heading}" width="100%" height="{height}" '
        f'font-size="{TEXT}" fill="currentColor" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{heading}">{escape(title)}</title>{content}</svg>'
    )


def inset(content: str) -> str:
    """Return the part that is measured along the axis, set in from the edges so that end labels are not cut."""
    return f'<svg x="4%" width="92%" overflow="visible">{content}</svg>'


def percent(number: float) -> str:
    """Return a length along the page."""
    return f"{round(number, 3):g}%"


def line(left: str, right: str, top: float, bottom: float, kind: str, width: int, more: str = "") -> str:
    """Return a straight line; ``more`` are attributes of its own."""
    ends = f'x1="{left}" x2="{right}" y1="{top:g}" y2="{bottom:g}"'
    return f'<line class="{kind}" {ends} stroke="currentColor" stroke-width="{width}"{more}/>'


def rect(left: str, width: str, top: int, height: int, look: str, kind: str) -> str:
    """Return a box; the thin outline keeps pale and hatched parts in view."""
    place = f'x="{left}" y="{top}" width="{width}" height="{height}"'
    return f'<rect class="{kind}" {place} {look} stroke="currentColor" stroke-width="1"/>'


def text(left: str | int, base: float, words: str, kind: str, anchor: str = "start") -> str:
    """Return a line of text on its base line."""
    return f'<text class="{kind}" x="{left}" y="{base:g}" text-anchor="{anchor}">{escape(words)}</text>'
