"""Which model of risk a site uses for a language: its own best, else the shipped one, else none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from review_app.quality.features import FEATURES
from review_app.quality.model import RiskModel
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
    return own if own is not None and own.features == FEATURES else shipped_model(site.source_language, language)


def active_version(session: Session, site: SiteView, language: str) -> str | None:
    """Return the version of the model in use."""
    model = active_model(session, site, language)
    return model.version if model else None


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
