"""The model of risk: plain figures that turn features into a probability, and say what weighed most."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review_app.quality.reasons import PLUGIN, Reason, groups_of, reason_for

Floats = NDArray[np.float64]

OTHERS = "others"
"""The feature that is known only where another engine's translation is."""

MOST_REASONS = 3
LEAST_WEIGHT = 0.1  # logits a reason must add to be told
MOST_LOGITS = 30.0  # beyond, a probability is as good as 0 or 1
FARTHEST = 8.0  # standard deviations: what lies farther off counts as that far
DIGITS = 5  # significant ones of the stored figures


@dataclass(frozen=True, slots=True)
class RiskModel:
    """A logistic model over standardised features of one pair of languages.

    ``weights`` and ``bias`` have two rows: for translations without another engine's beside them, and for those with.
    """

    version: str
    source_language: str
    target_language: str
    features: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def predict(self, matrix: Floats) -> Floats:
        """Return the probability, 0 to 1, of each row that a reviewer would change the text."""
        return logistic(self.logits(matrix))

    def logits(self, matrix: Floats) -> Floats:
        """Return the risk of each row before it is made a probability."""
        head = self._head(matrix)
        rows = standardised(matrix, self.mean, self.scale)
        logits: Floats = np.einsum("ij,ij->i", rows, self.weights[head]) + self.bias[head]
        return logits

    def reasons(self, row: Floats) -> list[Reason]:
        """Return what raised the risk most, at most three reasons, the strongest first."""
        added = standardised(row[None, :], self.mean, self.scale)[0] * self.weights[self._head(row[None, :])[0]]
        groups = groups_of(self.features)
        sums = np.bincount(groups.places, weights=added, minlength=len(groups.names)).tolist()
        told = [(share, group) for share, group in zip(sums, groups.names, strict=True) if share >= LEAST_WEIGHT]
        strongest = [group for _, group in sorted(told, key=lambda one: -one[0])]
        values = {feature: float(row[at]) for feature, at in groups.silent.items()}
        reasons = [reason_for(group, values) for group in strongest]
        return [reason for reason in reasons if reason is not None][:MOST_REASONS]

    @property
    def of_plugins(self) -> tuple[str, ...]:
        """Those features, the last ones, that are a plug-in's word."""
        return tuple(feature for feature in self.features if feature.startswith(PLUGIN))

    def weighs(self, feature: str) -> bool:
        """Whether a feature makes any difference, so that one that takes time is only looked up if it does."""
        return bool(self.weights[:, self.features.index(feature)].any())

    def to_json(self) -> str:
        """Return the model as text that ``from_json`` reads."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({name: _plain(value) for name, value in fields.items()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "RiskModel":
        """Read what ``to_json`` wrote."""
        data = json.loads(text)
        arrays = {name: np.array(data[name], dtype=np.float64) for name in ("mean", "scale", "weights", "bias")}
        return cls(**{**data, **arrays, "features": tuple(data["features"])})

    def rounded(self) -> "RiskModel":
        """Return the same model with as many digits as tell anything."""
        data = json.loads(self.to_json(), parse_float=lambda figure: float(f"{float(figure):.{DIGITS}g}"))
        return self.from_json(json.dumps(data, ensure_ascii=False))

    def _head(self, matrix: Floats) -> NDArray[np.int64]:
        """Return the row of weights for each row of features."""
        return (~np.isnan(matrix[:, self.features.index(OTHERS)])).astype(np.int64)


def logistic(logits: Floats) -> Floats:
    """Return the probability of each logit."""
    chances: Floats = 1 / (1 + np.exp(-np.clip(logits, -MOST_LOGITS, MOST_LOGITS)))
    return chances


def standardised(matrix: Floats, mean: Floats, scale: Floats) -> Floats:
    """Return the features in standard deviations from their mean; what is not known counts as the mean."""
    return np.clip(np.nan_to_num((matrix - mean) / scale, nan=0.0), -FARTHEST, FARTHEST)


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value
