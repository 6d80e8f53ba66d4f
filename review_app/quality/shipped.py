"""The models that come with the program, and the risk of many translations at once."""

from collections.abc import Sequence
from functools import cache

from review_app.quality.example import Example
from review_app.quality.features import FEATURES, matrix_of
from review_app.quality.model import Floats, RiskModel
from review_app.resources import MODELS


def shipped_model(source_language: str, target_language: str) -> RiskModel | None:
    """Return the model of a pair of languages; None where none has been validated: the risk is not known then."""
    tags = [tag.split("-")[0].lower() for tag in (source_language, target_language)]
    return _read("-".join(tags)) if all(tag.isalpha() for tag in tags) else None


@cache
def _read(pair: str) -> RiskModel | None:
    path = MODELS / pair / "risk.json"
    if not path.is_file():
        return None
    model = RiskModel.from_json(path.read_text("utf-8"))
    return model if model.features == FEATURES else None


def risks_of(model: RiskModel, examples: Sequence[Example]) -> Floats:
    """Return the risk of each example."""
    return model.predict(matrix_of(examples))
