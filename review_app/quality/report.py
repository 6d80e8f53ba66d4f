"""How far flags and risk can be trusted at a site, from its own corrections: reads, writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.checks import CHECKS
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.lexicons import LexiconTry, lexicon_in_use, lexicon_of
from review_app.checks.switches import switched_off
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.quality.corrections import ALL, Correction, Narrowed, corrections_of
from review_app.quality.figures import (
    Bin,
    Curve,
    Floats,
    area_interval,
    area_under_curve,
    arrays,
    brier,
    calibration,
    triage_curve,
)
from review_app.quality.models import Try, active_estimator, tries_of
from review_app.quality.precision import Precision, precisions
from review_app.quality.sampling import Sample
from review_app.quality.service import Settings, settings_of
from review_app.sites.service import SiteView, get_site

LEAST_TEXTS = 30
"""Judged texts of one kind that figures can rest on."""

LEAST_IN_BIN = 15
"""Segments a point of the calibration plot stands for, at least: its interval is then about 50 per cent wide."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right the risk was on texts its model had not seen: area under the curve with 95 % interval, Brier score."""

    texts: int
    changed: int
    area: float | None
    low: float | None
    high: float | None
    brier: float


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check at this site; without spot checks that it flagged there is no precision."""

    name: str
    off: bool
    precision: Precision | None


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What is known of flags and risk in a language; ``model`` is none where the risk is not validated.

    ``basis`` is the kind of judged texts that ``accuracy``, ``bins`` and ``curve`` are of; they are there when any of
    it had a risk. ``lexicon`` is the one the site has learned and uses; without it, the checks go by what ships.
    """

    site: SiteView
    language: str
    model: str | None
    settings: Settings
    samples: Mapping[Sample, int]
    basis: Sample | None
    accuracy: Accuracy | None
    bins: tuple[Bin, ...]
    curve: Curve | None
    checks: tuple[CheckLine, ...]
    tries: tuple[Try, ...]
    lexicon: LexiconTry | None
    lexicon_ships: bool

    @property
    def judged(self) -> int:
        """How many machine texts people have judged."""
        return sum(self.samples.values())


def quality_report(
    session: Session, actor: Actor, site_slug: str, language: str, meant: Narrowed = ALL
) -> QualityReport:
    """Return what is known of a site's flags and risk in a language, by the judgements meant; raises ``NotFound``."""
    site = readable_site(session, actor, site_slug, language)
    corrections = corrections_of(session, site.id, language, meant)
    basis = basis_of(corrections)
    told = [(row.risk, row.edits) for row in corrections if row.sample is basis and row.risk is not None]
    risk, edits, changed = arrays(told)
    estimator = active_estimator(session, site, language, lexicon_of(session, site.id, language))
    off = switched_off(session, site.id)
    right = precisions(session, corrections)
    return QualityReport(
        site=site,
        language=language,
        model=estimator.version if estimator else None,
        settings=settings_of(session, site.id),
        samples=_samples(corrections),
        basis=basis,
        accuracy=_accuracy(risk, changed) if len(risk) else None,
        bins=tuple(calibration(risk, changed, LEAST_IN_BIN)),
        curve=triage_curve(risk, edits) if len(risk) else None,
        checks=tuple(CheckLine(name, name in off, right.get(name)) for name in CHECKS),
        tries=tuple(tries_of(session, site.id, language)),
        lexicon=lexicon_in_use(session, site.id, language),
        lexicon_ships=shipped_aligner(*(tag.partition("-")[0] for tag in (site.source_language, language))) is not None,
    )


def readable_site(session: Session, actor: Actor, site_slug: str, language: str) -> SiteView:
    """Return a site that the actor may read and that has the language; raises ``NotFound``."""
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return site


def basis_of(corrections: Iterable[Correction]) -> Sample | None:
    """Return which kind of judged texts figures are to rest on: spot checks if there are enough, else the commonest.

    Kinds are not mixed: what somebody chose by its risk says nothing of texts that nobody chose.
    """
    counts = Counter(row.sample for row in corrections if row.risk is not None)
    if counts[Sample.AUDIT] >= LEAST_TEXTS:
        return Sample.AUDIT
    return max(counts, key=lambda sample: counts[sample], default=None)


def _samples(corrections: list[Correction]) -> dict[Sample, int]:
    counts = Counter(row.sample for row in corrections)
    return {sample: counts[sample] for sample in Sample if counts[sample]}


def _accuracy(risk: Floats, changed: NDArray[np.bool_]) -> Accuracy:
    area, positive = area_under_curve(risk, changed), int(changed.sum())
    low, high = area_interval(area, positive, len(risk) - positive) if area is not None else (None, None)
    return Accuracy(len(risk), positive, area, low, high, brier(risk, changed))
