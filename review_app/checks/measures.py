"""Which measures of a translation have the source's number and another unit: "500 m²" and "500 m"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from review_app.checks.pair import Pair
from review_app.text.numbers import Number

MOST = 50
"""Numbers of a side whose units are compared."""

_NAMES = {
    "mm": "mm millimeter millimeters millimetre millimetres",
    "cm": "cm centimeter centimeters centimetre centimetres",
    "m": "m meter meters metre metres",
    "km": "km kilometer kilometers kilometre kilometres",
    "mile": "mile miles",
    "foot": "foot feet ft",
    "yard": "yard yards yd",
    "ha": "ha hektar hectare hectares",
    "acre": "acre acres",
    "ml": "ml milliliter millilitre millilitres milliliters",
    "cl": "cl centiliter centilitre centilitres",
    "dl": "dl deciliter decilitre decilitres deciliters",
    "l": "l liter liters litre litres",
    "gallon": "gallon gallons",
    "mg": "mg milligram milligrams",
    "g": "g gram grams gramme grammes",
    "hg": "hg hekto",
    "kg": "kg kilo kilos kilogram kilograms",
    "t": "ton tons tonne tonnes",
    "pound": "pound pounds lb lbs",
    "kW": "kw kilowatt kilowatts",
    "MW": "mw megawatt megawatts",
    "kWh": "kwh kilowattimmar kilowattimme",
    "MWh": "mwh megawattimmar megawattimme",
    "m²": "kvm kvadratmeter sqm",
    "km²": "kvadratkilometer",
    "m³": "kubikmeter",
}
UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}
"""Names of units in Swedish and English, in lower case, by the unit."""

_POWERS = {"2": "²", "²": "²", "3": "³", "³": "³", "sq": "²", "square": "²", "cubic": "³"}
_UNIT = re.compile(
    r"[ \u00a0-]?(?:(square|sq|cubic)\.?[ \u00a0-])?([a-z]{1,16})([23²³])?(?![\w/²³]|[ \u00a0]per\b|-[a-z])",
    re.IGNORECASE,
)


class Measure(NamedTuple):
    """A number with its unit, half-open."""

    start: int
    end: int
    number: Number
    unit: str


def differing(pair: Pair) -> Iterator[tuple[Measure, Measure]]:
    """Yield the measures of the source whose number stands in the target with another unit, never with its own."""
    wanted = _measures(pair.source_numbers, pair.source_prose)
    given = _measures(pair.target_numbers, pair.target_prose) if wanted else []
    for measure in wanted:
        same = [other for other in given if not other.number.values.isdisjoint(measure.number.values)]
        if same and all(other.unit != measure.unit for other in same):
            yield measure, same[0]


def _measures(numbers: list[Number], text: str) -> list[Measure]:
    found = []
    for number in numbers[:MOST]:
        match = _UNIT.match(text, number.end) if number.numeral else None
        unit = UNITS.get(match[2].lower()) if match else None
        if match and unit:
            power = _POWERS.get((match[3] or match[1] or "").lower(), "")
            found.append(Measure(number.start, match.end(), number, unit + power))
    return found
