"""The model of risk: plain figures that turn features into a probability, and say what weighed most."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review_app.quality.reasons import Reason, reason_for

Floats = NDArray[np.float64]

MOST_REASONS = 3
MOST_LOGITS = 30.0  # beyond, a probability is as good as 0 or 1
LEAST_WEIGHT = 0.05  # logits a reason must add to be told


@dataclass(frozen=True, slots=True)
class RiskModel:
    """A logistic model over standardised features of one pair of languages."""

    version: str
    source_language: str
    target_language: str
    features: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def predict(self, matrix: Floats) -> Floats:
        """Return the probability, 0 to 1, of each row that a reviewer would change the text."""
        return logistic(self._standardised(matrix) @ self.weights + self.bias)

    def reasons(self, row: Floats) -> list[Reason]:
        """Return what raised the risk most, at most three reasons, the strongest first."""
        added = self._standardised(row[None, :])[0] * self.weights
        strongest = [int(at) for at in np.argsort(-added) if added[at] >= LEAST_WEIGHT]
        found = [reason_for(self.features[at], float(row[at])) for at in strongest]
        return [reason for reason in found if reason is not None][:MOST_REASONS]

    def to_json(self) -> str:
        """Return the model as text that ``from_json`` reads."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({name: _plain(value) for name, value in fields.items()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "RiskModel":
        """Read what ``to_json`` wrote."""
        data = json.loads(text)
        arrays = {name: np.array(data[name], dtype=np.float64) for name in ("mean", "scale", "weights")}
        return cls(**{**data, **arrays, "features": tuple(data["features"])})

    def _standardised(self, matrix: Floats) -> Floats:
        """Return the features in standard deviations from their mean; what is not known counts as the mean."""
        return np.nan_to_num((matrix - self.mean) / self.scale, nan=0.0, posinf=0.0, neginf=0.0)


def logistic(logits: Floats) -> Floats:
    """Return the probability of each logit."""
    chances: Floats = 1 / (1 + np.exp(-np.clip(logits, -MOST_LOGITS, MOST_LOGITS)))
    return chances


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value
