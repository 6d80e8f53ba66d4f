"""How a feature that raised the risk is told in words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

TOLD_AS = {"rights": "class", "news": "class"}
"""The message of a feature, where it is not the feature's own name."""


class Reason(NamedTuple):
    """A message of ``quality.messages`` and its values."""

    message_id: str
    values: Mapping[str, Any]


def reason_for(feature: str, value: float) -> Reason | None:
    """Return the reason a feature's value gives; None where there is nothing to tell (absent, or zero)."""
    if np.isnan(value) or value == 0:
        return None
    return Reason(TOLD_AS.get(feature, feature), _values(feature, value))


def _values(feature: str, value: float) -> dict[str, Any]:
    if feature == "words":
        return {"words": round(float(np.expm1(value)))}
    if feature == "copied":
        return {"percent": round(100 * value)}
    return {"percent": round(100 * (1 - value))} if feature == "others" else {}
