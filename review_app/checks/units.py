"""Which numbers of a translation are measures that were converted for its readers."""

import re

from review_app.checks.pair import Pair
from review_app.text.numbers import Number

FACTORS: dict[str, tuple[float, ...]] = {
    "mile": (0.6214,), "mi": (0.6214,), "mph": (0.6214, 2.2369), "foot": (3.2808, 0.0328), "feet": (3.2808, 0.0328),
    "ft": (3.2808, 0.0328), "inch": (0.3937, 0.03937, 39.37), "in": (0.3937, 0.03937), "yard": (1.0936,),
    "yd": (1.0936,), "pound": (2.2046,), "lb": (2.2046,), "ounce": (0.0353, 35.274), "oz": (0.0353, 35.274),
    "acre": (2.4711, 247.1), "gallon": (0.2642,), "square": (0.3861, 10.764), "sq": (0.3861, 10.764), "cubic": (35.31,),
    "knot": (0.54, 1.944),
}  # fmt: skip
"""How many of a unit one of the metric ones makes that are used for the same thing: miles a kilometre (and, of miles an
hour, a metre a second), feet a metre and a centimetre, inches a centimetre, a millimetre and a metre, and so on."""

ROUNDED = 0.15
"""How far a converted number may be rounded."""

MOST = 50
"""Numbers of a text that are tried as measures in another unit."""

_UNIT = re.compile(
    r"[\s (-]{0,2}(?:(?:to|and|or|-|–)\s?\d{1,6}(?:[.,]\d{1,3})?[\s -]{0,2})?([a-z]{2,7}|°F|F\b)", re.IGNORECASE
)
"""The unit behind a number, or behind the second number of a range."""

_FEET_BEFORE = re.compile(r"(?:foot|feet)[ -]$")
_ANY_IMPERIAL = frozenset(
    "mile miles foot feet inch inches yard yards pound pounds acre acres gallon gallons mph".split()
)
_FAHRENHEIT = frozenset({"degree", "degrees", "°f", "f", "fahrenheit"})


def without_conversions(missing: list[Number], surplus: list[Number], pair: Pair) -> tuple[list[Number], list[Number]]:
    """Leave out measures that the translation gives in another unit, instead of the source's or beside it.

    A measure that both sides have was not converted, and explains none beside it.
    """
    ours = {value for number in pair.source_numbers if number.numeral for value in number.values}
    converted = {
        (number, other)
        for number in pair.target_numbers[:MOST]
        if ours.isdisjoint(number.values) and (unit := _unit(number, pair.target_prose))
        for other in pair.source_numbers[:MOST]
        if _agree(other, number, unit)
    }
    told = {number for number, _ in converted}
    replaced = {other for _, other in converted}
    if not surplus and not pair.target_lower.isdisjoint(_ANY_IMPERIAL):
        return [], []  # "about a mile"
    return [n for n in missing if n not in replaced], [n for n in surplus if n not in told]


def _unit(number: Number, text: str) -> str:
    if _FEET_BEFORE.search(text, max(0, number.start - 5), number.start):
        return "height"  # six feet and these inches
    match = _UNIT.match(text, number.end)
    word = number.written.rpartition("-")[2].lower()  # "two-foot"
    if word not in FACTORS and not match:
        return ""
    word = word if word in FACTORS or not match else match[1].lower()
    if word in _FAHRENHEIT:
        return "fahrenheit"
    word = word if word in FACTORS else word.removesuffix("es") if word == "inches" else word.removesuffix("s")
    return word if word in FACTORS else ""


def _agree(metric: Number, imperial: Number, unit: str) -> bool:
    value, told = min(metric.values), min(imperial.values)
    if unit == "height":
        return 0.5 < value < 250
    if unit == "fahrenheit":
        return any(abs(told - degrees) <= 2 for degrees in (value * 1.8 + 32, value * 1.8))
    known = [value * factor for factor in FACTORS[unit]]
    return value > 0 and any(abs(told - other) <= max(ROUNDED * other, 0.5) for other in known)
