"""What an error costs: MQM's weights, which a site may change, and the signatures that name them. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from review_app.annotations.marks import NON_TRANSLATION, PUNCTUATION, Mark
from review_app.checks.finding import Severity
from review_app.errors import BadInput
from review_app.locale import N_

MOST = 100.0
"""Points a single error may cost."""


@dataclass(frozen=True, slots=True)
class Weights:
    """MQM points an error costs (Freitag et al. 2021, "Experts, Errors, and Context")."""

    minor: float = 1.0
    major: float = 5.0
    critical: float = 25.0
    minor_punctuation: float = 0.1
    non_translation: float = 25.0

    def of(self, mark: Mark) -> float:
        """Return what one error costs."""
        if mark.category == NON_TRANSLATION:
            return self.non_translation
        if mark.category == PUNCTUATION and mark.severity is Severity.MINOR:
            return self.minor_punctuation
        return {Severity.MINOR: self.minor, Severity.MAJOR: self.major, Severity.CRITICAL: self.critical}[mark.severity]

    def penalty(self, marks: Iterable[Mark]) -> float:
        """Return what the errors of a text cost together."""
        return sum(map(self.of, marks))

    def as_json(self) -> dict[str, float]:
        """Return the weights as they are stored."""
        return asdict(self)

    @property
    def signature(self) -> str:
        """How the penalty is computed, for whoever compares two reports."""
        told = "|".join(f"{name.replace('_', '-')}:{value:g}" for name, value in asdict(self).items())
        return f"penalty|per:100-source-words|{told}|annotators:mean|v:1"


PUBLISHED = Weights()
ESA_SIGNATURE = "ESA|0-100|anchors:0,33,66,100|annotators:mean|v:1"
WRONG_SIGNATURE = "wrong|a-major-or-critical-mark|annotators:mean|v:1"


def read_weights(stored: dict[str, Any] | None) -> Weights:
    """Return weights from how they are stored; what is missing is as published."""
    known = {field.name for field in fields(Weights)}
    return Weights(**{name: float(value) for name, value in (stored or {}).items() if name in known})


def checked(weights: Weights) -> Weights:
    """Return the weights; raises ``BadInput`` for one that makes no sense."""
    values = asdict(weights)
    if not all(0 <= value <= MOST for value in values.values()):
        raise BadInput(N_("A weight is a number from 0 to {most}."), most=int(MOST))
    if not weights.minor <= weights.major <= weights.critical:
        raise BadInput(N_("A minor error cannot weigh more than a major one, nor that more than a critical one."))
    return weights


def is_wrong(marks: Iterable[Mark]) -> bool:
    """Say whether a text is wrong: it has an error that is more than minor."""
    return any(mark.severity is not Severity.MINOR or mark.category == NON_TRANSLATION for mark in marks)
