"""In which order texts are worth a person's time, and how a risk is said in words. Pure."""

from collections.abc import Iterable

from review_app.locale import N_
from review_app.sites.policy import ContentClass

IMPORTANCE = {ContentClass.CRISIS: 10, ContentClass.RIGHTS: 3, ContentClass.NORMAL: 1, ContentClass.NEWS: 1}
"""How much more an error weighs there, as multiples of a normal page's: an assumption, no measurement."""

PRESUMED = {"critical": 0.9, "major": 0.6, "minor": 0.3}
"""Stands in for the risk, by the gravest open flag, where there is no estimate: it orders and is never shown."""

PRESUMED_WITHOUT_FLAG = 0.1

LEVELS = ((0.5, "high"), (0.2, "moderate"), (0.0, "low"))
"""From which risk on it is called so."""

LEVEL_NAMES = {"high": N_("high risk of error"), "moderate": N_("some risk of error"), "low": N_("low risk of error")}


def risk_level(risk: float) -> str:
    """Return what a risk is called: high, moderate or low."""
    return next(name for least, name in LEVELS if risk >= least)


def presumed_risk(severities: Iterable[str]) -> float:
    """Return what stands in for a risk that nobody has estimated."""
    return max((PRESUMED.get(severity, 0.0) for severity in severities), default=PRESUMED_WITHOUT_FLAG)


def expected_gain(risk: float, visits: int, content_class: ContentClass) -> float:
    """Return what reading a text is worth: the risk of error, times its readers and what is at stake."""
    return risk * max(visits, 1) * IMPORTANCE[content_class]
