"""How the features that raised the risk are told in words."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

GROUPS = {
    "order": "wording", "classes": "wording", "around": "wording",
    "target_content": "unmatched", "target_grammar": "unmatched", "target_class": "unmatched",
    "unsupported": "unmatched", "claimed": "unmatched", "slipped_in": "unmatched", "left_out": "unrendered",
    "source_content": "unrendered", "source_grammar": "unrendered", "source_class": "unrendered",
    "others_added": "others", "others_missing": "others", "others_length": "others",
    "others_letters": "others", "others_order": "others",
    "short": "sizes", "long": "sizes", "words": "sizes", "brief": "sizes",
    "critical": "grave",
    "rights": "class", "news": "class",
}  # fmt: skip
"""The reason a kind of feature belongs to, where it is not a reason of its own."""

SILENT = frozenset({"grave", "minor", "others", "memory", "class", "copied"})
"""Reasons that are told only of features that are there and not zero."""


PLUGIN = "plugin_"
"""How features begin that are a plug-in's word."""


class Reason(NamedTuple):
    """A message of ``quality.messages`` and its values."""

    message_id: str
    values: Mapping[str, Any]


def group_of(feature: str) -> str:
    """Return the reason that a feature belongs to."""
    if feature.startswith(PLUGIN):
        return "plugin"
    kind = feature.removesuffix("_share").rstrip("0123456789").rstrip("_")
    return GROUPS.get(kind, kind)


class Groups(NamedTuple):
    """The reasons of a row of features: their names, for each feature the place of its own, and who may be silent."""

    names: tuple[str, ...]
    places: NDArray[np.int64]
    silent: Mapping[str, int]


@lru_cache(maxsize=8)
def groups_of(features: tuple[str, ...]) -> Groups:
    """Return the reasons that features belong to; worked out once, as a model has hundreds of features."""
    groups = [group_of(feature) for feature in features]
    names = tuple(dict.fromkeys(groups))
    silent = {feature: at for at, (feature, group) in enumerate(zip(features, groups, strict=True)) if group in SILENT}
    return Groups(names, np.array([names.index(group) for group in groups]), silent)


def reason_for(group: str, values: Mapping[str, float]) -> Reason | None:
    """Return the reason that a group of features gives; None where there is nothing to tell (absent, or zero)."""
    if group in SILENT:
        own = [values[name] for name in values if group_of(name) == group]
        if not any(value and not np.isnan(value) for value in own):
            return None
    if group == "copied":
        return Reason(group, {"percent": round(100 * values["copied"])})
    if group == "others":
        return Reason(group, {"percent": round(100 * (1 - values["others"]))})
    return Reason(group, {})
