"""The sentences behind a figure: source, machine text and what a person made of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.quality.sampling import Sample
from review_app.reports.engines import of_both
from review_app.scoring.layout import SAMPLES
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Segments
from review_app.segments.tables import Segment
from review_app.translations.tables import MachineTranslation, Revision

AT_ONCE = 25
"""Sentences on a page of a list."""

MOST_DIFFERENT = 5
"""Sentences that are shown of two engines, for each of the two."""

LOOKED_AT = 8 * MOST_DIFFERENT
"""Sentences among which those are found: what stands on several pages is shown once."""

TOLD = ("HTER", "chrF2++")
"""The metrics whose scores stand beside a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A scored sentence with its texts; ``scores`` are its own, by metric; ``independent``: see ``Extent``."""

    page_id: int
    key: str
    engine: str
    source: str
    machine: str
    text: str
    sample: Sample
    scores: dict[str, float]
    independent: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that one engine translated much better than another, by its own chrF2++ of each."""

    page_id: int
    key: str
    source: str
    text: str
    better: str
    worse: str
    gain: float


def sentences(session: Session, segments: Segments, first: int = 0, most: int = AT_ONCE) -> list[Sentence]:
    """Return up to so many of the sentences with their texts, from the given one on."""
    shown = segments.at(slice(first, first + most))
    machine = _machine(session, shown)
    read = _read(session, shown.rows["revision"].tolist())
    keys = _keys(session, shown.rows["segment"].tolist())
    found = []
    for place, row in enumerate(shown.rows):
        own = shown.at(slice(place, place + 1))
        source, text = read[int(row["revision"])]
        found.append(
            Sentence(
                page_id=int(shown.pages[place]),
                key=keys[int(row["segment"])],
                engine=shown.systems[shown.system[place]].engine,
                source=source,
                machine=machine[place],
                text=text,
                sample=SAMPLES[row["sample"]],
                scores={name: _own(own, name) for name in TOLD if len(own.for_metric(name))},
                independent=bool(row["independent"]),
            )
        )
    return found


def differences(session: Session, segments: Segments, a: str, b: str) -> list[Difference]:
    """Return the sentences on which two engines differ most, the best of either: by chrF2++ of the sentence."""
    of_a, of_b = of_both(segments, a, b)
    gain = _each(of_a) - _each(of_b)
    order = np.argsort(gain, kind="stable")
    most = [*order[::-1][:LOOKED_AT], *order[:LOOKED_AT]]
    chosen = np.array([place for place in dict.fromkeys(most) if abs(gain[place]) >= 1], dtype=np.int64)
    of_a, of_b, gain = of_a.at(chosen), of_b.at(chosen), gain[chosen]
    read = _read(session, of_a.rows["revision"].tolist())
    keys = _keys(session, of_a.rows["segment"].tolist())
    found: dict[bool, dict[tuple[str, str, str], Difference]] = {True: {}, False: {}}
    for place, texts in enumerate(zip(_machine(session, of_a), _machine(session, of_b), strict=True)):
        better, worse = texts if gain[place] > 0 else texts[::-1]
        source, text = read[int(of_a.rows["revision"][place])]
        key = keys[int(of_a.rows["segment"][place])]
        one = Difference(int(of_a.pages[place]), key, source, text, better, worse, float(gain[place]))
        found[bool(gain[place] > 0)].setdefault((source, better, worse), one)
    return [one for side in found.values() for one in list(side.values())[:MOST_DIFFERENT]]


def _each(segments: Segments) -> NDArray[np.float64]:
    return METRICS["chrF2++"].scores(segments.statistics("chrF2++"))


def _own(segment: Segments, name: str) -> float:
    return METRICS[name].score(segment.statistics(name)[0])


def _machine(session: Session, segments: Segments) -> list[str]:
    ids = segments.rows["machine"].tolist()
    rows = select(MachineTranslation.id, MachineTranslation.text).where(among(MachineTranslation.id, ids))
    found = dict(session.execute(rows).all())
    return [found[id_] or "" for id_ in ids]


def _read(session: Session, revision_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = session.execute(select(Revision.id, Revision.source, Revision.text).where(among(Revision.id, revision_ids)))
    return {row.id: (row.source, row.text) for row in rows}


def _keys(session: Session, segment_ids: Sequence[int]) -> dict[int, str]:
    return dict(session.execute(select(Segment.id, Segment.key).where(among(Segment.id, segment_ids))).all())
