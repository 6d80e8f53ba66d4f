"""Charts for paper: lengths along the page as numbers of pixels.

On screen they are percentages, so that a chart fills its column; the renderer of PDF takes those of inner parts amiss.
"""

import re

PAGE_WIDTH = 672  # CSS pixels between the margins of an A4 page

_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_PERCENT = re.compile(r'="(-?[\d.]+)%"')
_LENGTH = re.compile(r'\b(x|y|width)="(-?[\d.]+)(%?)"')


def at_width(html: str, width: float = PAGE_WIDTH) -> str:
    """Return HTML whose charts are as wide as this; inner parts that are moved become groups."""
    open_parts: list[float] = []

    def turn(found: re.Match[str]) -> str:
        closing, name, attributes = found.groups()
        if name == "svg" and closing:
            open_parts.pop()
            return "</g>" if open_parts else "</svg>"
        if name == "svg" and open_parts:
            x, y, inner = _place(attributes, open_parts[-1])
            open_parts.append(inner)
            return f'<g transform="translate({x:g} {y:g})">'
        if name == "svg":
            open_parts.append(width)
        return f"<{closing}{name}{_in_pixels(attributes, open_parts[-1])}>" if open_parts else found[0]

    return _TAG.sub(turn, html)


def _place(attributes: str, width: float) -> tuple[float, float, float]:
    """Return where an inner part begins, and how wide it is."""
    found = {
        name: float(number) * (width / 100 if percent else 1) for name, number, percent in _LENGTH.findall(attributes)
    }
    return found.get("x", 0), found.get("y", 0), found.get("width", width)


def _in_pixels(attributes: str, width: float) -> str:
    return _PERCENT.sub(lambda found: f'="{float(found[1]) * width / 100:g}"', attributes)
