"""Learns a site's model of risk from its corrections, and uses it only if it is better on newer ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks.reading import blanked
from review_app.db import Sessions
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.quality.corrections import corrections_of, judged_count, matrix_of_corrections, note_earlier
from review_app.quality.features import FEATURES
from review_app.quality.figures import Floats, area_interval, area_under_curve, brier
from review_app.quality.fitting import fit, widened
from review_app.quality.model import RiskModel
from review_app.quality.models import Try, active_model, add_try, next_number, tries_of
from review_app.quality.plugins import NOBODY, Scorers, names_in
from review_app.quality.service import settings_of
from review_app.quality.shipped import shipped_model
from review_app.sites.service import SiteView

LEAST_CORRECTIONS = 100
"""Fewer corrections than that teach more about chance than about texts."""

HELD_OUT = 0.2
"""The newest share of the corrections, which a new model is tried on and does not learn from."""

LEAST_HELD_OUT = 30
"""Fewer segments than that show nothing (see the reports' "too few")."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How right a risk was on the held-out corrections; without a model it is the share that was changed before."""

    brier: float
    area: float | None


def train(database: Sessions, actor: Actor, site: SiteView, language: str, scorers: Scorers = NOBODY) -> Try:
    """Learn from a site's corrections and keep the try; raises ``BadInput`` when there are too few.

    What plug-ins say of the texts is learned, too, and used if it made the risk more right.
    """
    actor.require(Action.ADMINISTER, site.id)
    with database.writing() as session:
        note_earlier(session, site, language)
    with database.reading() as session:
        corrections = corrections_of(session, site.id, language)
        _require_enough(len(corrections))
        matrix = matrix_of_corrections(session, site, language, corrections)
        before, number = active_model(session, site, language), next_number(session, site.id, language)
    changed = np.array([row.edits > 0 for row in corrections])
    pairs = [(blanked(row.source), blanked(row.machine)) for row in corrections]
    columns = scorers.columns(scorers.features, pairs, (site.source_language, language))
    said = Said(scorers.features, columns)
    new, figures, kept = learn(matrix, changed, before, site, language, number, said)
    with database.writing() as session:
        tried = add_try(session, site.id, language, new, kept=kept, figures=figures)
        after = {"language": language, "number": tried.number, "kept": kept, "corrections": len(corrections)}
        record(session, actor, "quality.train", f"site:{site.id}", site_id=site.id, after=after)
    return tried


class Said(NamedTuple):
    """What plug-ins say of texts: a column for each feature."""

    features: tuple[str, ...]
    columns: Floats

    def beside(self, matrix: Floats, features: tuple[str, ...]) -> Floats:
        """Return a matrix with the columns of those features behind it; NaN of what nobody said."""
        nothing = np.full(len(matrix), np.nan)
        known = dict(zip(self.features, self.columns.T, strict=True))
        return np.column_stack([matrix, *(known.get(feature, nothing) for feature in features)])


class Lesson(NamedTuple):
    """Corrections in the order of time: features, whether people changed the text, what plug-ins said.

    So many of the newest, ``held``, are held out.
    """

    matrix: Floats
    changed: NDArray[np.bool_]
    said: Said
    held: int

    def fit(self, start: RiskModel | None, version: str, languages: tuple[str, str]) -> RiskModel:
        """Return what the older corrections teach."""
        known = slice(0, len(self.changed) - self.held)
        return fit(
            self.matrix[known], self.changed[known], start, version=version, languages=languages, features=FEATURES
        )

    def fit_with_plugins(self, start: RiskModel | None, version: str, languages: tuple[str, str]) -> RiskModel:
        """Return what they teach with what plug-ins said."""
        known, features = slice(0, len(self.changed) - self.held), (*FEATURES, *self.said.features)
        rows = self.said.beside(self.matrix, self.said.features)[known]
        start = widened(start, rows, features) if start else None
        version = "+".join([version, *names_in(self.said.features)])
        return fit(rows, self.changed[known], start, version=version, languages=languages, features=features)

    def trial_of(self, model: RiskModel | None) -> Trial:
        """Return how right a model is on the newer corrections."""
        at = len(self.changed) - self.held
        if model is None:
            return tried(np.full(self.held, self.changed[:at].mean()), self.changed[at:])
        return tried(model.predict(self.said.beside(self.matrix, model.of_plugins)[at:]), self.changed[at:])


def learn(
    matrix: Floats,
    changed: NDArray[np.bool_],
    before: RiskModel | None,
    site: SiteView,
    language: str,
    number: int,
    said: Said | None = None,
) -> tuple[RiskModel, Mapping[str, float | int | str | None], bool]:
    """Return the model learned from the older corrections, how right it is on the newer, and whether it is better.

    ``matrix`` and ``changed`` are in the order of time.
    """
    said = said or Said((), np.empty((len(matrix), 0)))
    lesson = Lesson(matrix, changed, said, max(LEAST_HELD_OUT, round(len(changed) * HELD_OUT)))
    version, languages = f"{site.slug}-{language}-{number}", (site.source_language, language)
    start, newer = shipped_model(*languages), changed[-lesson.held :]
    new = lesson.fit(start, version, languages)
    old_trial, plain = lesson.trial_of(before), lesson.trial_of(new)
    new_trial, tried_with, with_plugins = plain, "", None
    if not np.isnan(said.columns).all():
        other = lesson.fit_with_plugins(start, version, languages)
        trial = lesson.trial_of(other)
        tried_with, with_plugins = " ".join(names_in(said.features)), trial.brier
        if is_better(plain, trial, newer, first=False):
            new, new_trial = other, trial
    figures = {
        "corrections": len(changed),
        "held_out": lesson.held,
        "held_out_changed": int(newer.sum()),
        "before": before.version if before else None,
        "brier_before": old_trial.brier,
        "brier": new_trial.brier,
        "brier_without_plugins": plain.brier,
        "brier_with_plugins": with_plugins,
        "tried_with": tried_with,
        "plugins": " ".join(names_in(new.features)),
        "area_before": old_trial.area,
        "area": new_trial.area,
    }
    return new, figures, is_better(old_trial, new_trial, newer, first=before is None)


def tried(risk: Floats, changed: NDArray[np.bool_]) -> Trial:
    """Return how right a risk was."""
    return Trial(brier(risk, changed), area_under_curve(risk, changed))


def is_better(old: Trial, new: Trial, changed: NDArray[np.bool_], *, first: bool) -> bool:
    """Say whether a model may replace what was in use: nearer to what happened, and no worse at telling apart.

    The first model of a language must also tell apart better than chance can explain.
    """
    if old.area is None or new.area is None or new.brier >= old.brier or new.area < old.area:
        return False
    positive = int(changed.sum())
    return not first or area_interval(new.area, positive, len(changed) - positive)[0] > 0.5


def is_due(session: Session, site: SiteView, language: str) -> bool:
    """Say whether enough has been judged since the last try to learn again."""
    judged = judged_count(session, site.id, language)
    last = next(iter(tries_of(session, site.id, language)), None)
    learned = int(last.figures["corrections"]) if last else 0
    return judged >= LEAST_CORRECTIONS and judged - learned >= settings_of(session, site.id).retrain_every


def _require_enough(count: int) -> None:
    if count < LEAST_CORRECTIONS:
        raise BadInput(
            N_("There are {count} judged machine texts, too few to learn from. {least} are the least."),
            count=count,
            least=LEAST_CORRECTIONS,
        )
