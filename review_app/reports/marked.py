"""What people marked as errors, blind, in closed rounds: how good, how wrong, which kinds, how far they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.annotations.agreement import Agreement, agreement
from review_app.annotations.figures import Figure, errors, figures, on_the_same
from review_app.annotations.reading import Annotated, annotated_texts
from review_app.annotations.settings import settings_of
from review_app.annotations.weights import Weights
from review_app.quality.sampling import Sample
from review_app.reports.slices import Chosen

NO_CATEGORY = ""
"""Stands for the category of marks that were made without one."""

Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class OfEngine:
    """What people said of one engine's texts."""

    engine: str
    versions: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked of a slice; ``whole`` and ``audit`` are empty when nothing was, or no spot check.

    ``engines`` rest on the sentences that all of them have a marked text of, if there are any (``same``), else on each
    one's own. ``cells`` counts marks by category and severity.
    """

    texts: tuple[Annotated, ...]
    weights: Weights
    whole: Figures
    audit: Figures
    engines: tuple[OfEngine, ...]
    same: bool
    cells: Mapping[tuple[str, str], int]
    agreement: Agreement

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that occur, those with most marks first."""
        totals = {name: self.of_category(name) for name, _ in self.cells}
        return tuple(sorted(totals, key=lambda name: (-totals[name], name)))

    def of_category(self, category: str) -> int:
        """Return how many marks a category has."""
        return sum(count for (name, _), count in self.cells.items() if name == category)


def marked_texts(session: Session, chosen: Chosen) -> list[Annotated]:
    """Return the marked texts that pass a report's filter; its days are those on which they were marked.

    Whoever asks for what was chosen for review, or read elsewhere, asks for nothing that was drawn.
    """
    asked = chosen.filter
    if asked.sample not in {None, Sample.AUDIT}:
        return []
    return [
        text
        for text in annotated_texts(session, chosen.site.id, asked.language, chosen.page_ids)
        if asked.engine in {None, text.engine}
        and (asked.sample is None or text.audit)
        and (asked.since is None or text.marked_on >= asked.since)
        and (asked.until is None or text.marked_on <= asked.until)
    ]


def build_marked(session: Session, chosen: Chosen) -> Marked:
    """Return what people marked of a slice."""
    texts, weights = marked_texts(session, chosen), settings_of(session, chosen.site.id).weights
    shared = on_the_same(texts)
    return Marked(
        texts=tuple(texts),
        weights=weights,
        whole=figures(texts, weights),
        audit=figures([text for text in texts if text.audit], weights),
        engines=_engines(shared or texts, weights),
        same=bool(shared),
        cells=errors(texts),
        agreement=agreement([(text.text, text.said) for text in texts]),
    )


def _engines(texts: Sequence[Annotated], weights: Weights) -> tuple[OfEngine, ...]:
    return tuple(
        OfEngine(
            engine,
            tuple(sorted({text.version for text in texts if text.engine == engine})),
            figures([text for text in texts if text.engine == engine], weights),
        )
        for engine in sorted({text.engine for text in texts})
    )
