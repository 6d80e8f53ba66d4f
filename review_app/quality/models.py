"""Which model of risk a site uses for a language: its own best, else the shipped one, else none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from review_app.checks.lexical.own import OwnLexicon
from review_app.checks.reading import blanked
from review_app.quality.example import Example
from review_app.quality.features import FEATURES, matrix_of
from review_app.quality.model import Floats, RiskModel
from review_app.quality.plugins import NOBODY, Scorers, names_in
from review_app.quality.shipped import shipped_model
from review_app.quality.tables import QualityModel
from review_app.sites.service import SiteView


@dataclass(frozen=True, slots=True)
class Try:
    """A try to learn from a site's corrections; ``kept`` when it was better than what was in use."""

    number: int
    kept: bool
    made_at: datetime
    figures: Mapping[str, Any]


def active_model(session: Session, site: SiteView, language: str) -> RiskModel | None:
    """Return the model in use; ``None`` where none has been validated for the language: the risk is not known then.

    A model learned from features that the program no longer has gives way to the shipped one.
    """
    text = session.scalar(_IN_USE, {"site_id": site.id, "language": language})
    own = _read(text) if text is not None else None
    if own is not None and own.features[: len(own.features) - len(own.of_plugins)] == FEATURES:
        return own
    return shipped_model(site.source_language, language)


@dataclass(frozen=True, slots=True)
class Estimator:
    """What estimates the risk at a site: the model in use, the lexicon that it counts with if it is the site's own,
    and the plug-ins that can be asked.
    """

    model: RiskModel
    lexicon: OwnLexicon | None = None
    scorers: Scorers = NOBODY

    @property
    def signature(self) -> str:
        """What tells two apart, whichever plug-ins can be asked where it is used."""
        return f"{self.model.version}+words-{self.lexicon.signature[:8]}" if self.lexicon else self.model.version

    @property
    def version(self) -> str:
        """By what a text is estimated: also whether a plug-in that the model knows could not be asked."""
        missing = names_in(set(self.model.of_plugins) - set(self.scorers.features))
        return self.signature + "".join(f"-{name}" for name in sorted(missing))

    def matrix_of(self, examples: Sequence[Example]) -> Floats:
        """Return the features of examples, a row each."""
        matrix = matrix_of(examples, self.lexicon)
        if not self.model.of_plugins:
            return matrix
        languages = self.model.source_language, self.model.target_language
        return np.hstack([matrix, self.scorers.columns(self.model.of_plugins, texts_of(examples), languages)])


def texts_of(examples: Sequence[Example]) -> list[tuple[str, str]]:
    """Return the pairs of texts that a plug-in is asked about: without placeholders."""
    return [(blanked(one.source), blanked(one.target)) for one in examples]


def active_estimator(
    session: Session, site: SiteView, language: str, lexicon: OwnLexicon | None, scorers: Scorers = NOBODY
) -> Estimator | None:
    """Return what estimates the risk, given the lexicon that the site has learned and uses, if any."""
    model = active_model(session, site, language)
    return Estimator(model, lexicon, scorers) if model else None


def tries_of(session: Session, site_id: int, language: str) -> list[Try]:
    """Return every try to learn, the newest first."""
    rows = session.scalars(
        select(QualityModel)
        .where(QualityModel.site_id == site_id, QualityModel.language == language)
        .order_by(QualityModel.number.desc())
    )
    return [Try(row.number, row.kept, row.made_at, row.figures) for row in rows]


def add_try(
    session: Session, site_id: int, language: str, model: RiskModel, *, kept: bool, figures: Mapping[str, Any]
) -> Try:
    """Keep a try with its figures, whether or not its model is used."""
    row = QualityModel(
        site_id=site_id,
        language=language,
        number=next_number(session, site_id, language),
        version=model.version,
        kept=kept,
        figures=dict(figures),
        model=model.to_json(),
    )
    session.add(row)
    session.flush()
    return Try(row.number, row.kept, row.made_at, row.figures)


def next_number(session: Session, site_id: int, language: str) -> int:
    """Return the number of the next try."""
    newest = session.scalar(
        select(func.max(QualityModel.number)).where(QualityModel.site_id == site_id, QualityModel.language == language)
    )
    return (newest or 0) + 1


_IN_USE = (
    select(QualityModel.model)
    .where(QualityModel.site_id == bindparam("site_id"), QualityModel.language == bindparam("language"))
    .where(QualityModel.kept)
    .order_by(QualityModel.number.desc())
    .limit(1)
)


@lru_cache(maxsize=16)
def _read(text: str) -> RiskModel:
    return RiskModel.from_json(text)
