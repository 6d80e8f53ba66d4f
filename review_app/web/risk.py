"""Says a risk of error in words: how high it is, and why."""

from typing import NamedTuple

from flask_babel import gettext

from review_app.quality.messages import describe
from review_app.quality.service import Risk
from review_app.quality.triage import LEVEL_NAMES, risk_level
from review_app.web.language import interface_language


class RiskWords(NamedTuple):
    """A risk as people read it: ``high``, its name, the share of one, up to three sentences why."""

    level: str
    name: str
    share: float
    reasons: tuple[str, ...]


def risk_words(risk: Risk) -> RiskWords:
    """Return a risk in the interface's language."""
    level, language = risk_level(risk.value), interface_language()
    reasons = tuple(describe(message_id, values, language) for message_id, values in risk.reasons)
    return RiskWords(level, gettext(LEVEL_NAMES[level]), risk.value, reasons)
