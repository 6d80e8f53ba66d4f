"""The judged texts behind a figure of the page about flags and risk: reads, writes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.checks.flags import flags_of
from review_app.checks.states import FlagOrigin
from review_app.db import among
from review_app.quality.corrections import ALL, Correction, Narrowed, corrections_of
from review_app.quality.figures import arrays, bins_of
from review_app.quality.report import LEAST_IN_BIN, basis_of, readable_site
from review_app.quality.sampling import Sample
from review_app.segments.tables import Segment


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which judged texts; whatever is ``None`` lets all pass.

    ``known``: those of the kind that the figures rest on, with a risk; ``bin`` one of these by rising risk, from 0 on.
    ``check``: spot checks that it flagged, once for each flag.
    """

    known: bool = False
    bin: int | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A judged text and where it stands."""

    page_id: int
    key: str
    correction: Correction


def judged_texts(
    session: Session,
    actor: Actor,
    site_slug: str,
    language: str,
    wanted: Wanted,
    first: int,
    most: int,
    meant: Narrowed = ALL,
) -> tuple[list[JudgedText], int]:
    """Return up to so many of the judged texts, from the given one on, the newest first, and how many there are."""
    site = readable_site(session, actor, site_slug, language)
    found = list(reversed(_wanted(session, corrections_of(session, site.id, language, meant), wanted)))
    shown = found[first : first + most]
    ids = {one.segment_id for one in shown}
    rows = session.execute(select(Segment.id, Segment.page_id, Segment.key).where(among(Segment.id, ids)))
    places = {id_: (page_id, key) for id_, page_id, key in rows}
    return [JudgedText(*places[one.segment_id], one) for one in shown], len(found)


def _wanted(session: Session, corrections: Sequence[Correction], wanted: Wanted) -> list[Correction]:
    if wanted.check is not None:
        return _flagged(session, corrections, wanted.check)
    found = list(corrections)
    if wanted.known or wanted.bin is not None:
        basis = basis_of(corrections)
        found = [one for one in corrections if one.sample is basis and one.risk is not None]
    if wanted.bin is not None:
        risk, _, _ = arrays([(one.risk or 0.0, one.edits) for one in found])
        bins = bins_of(risk, LEAST_IN_BIN)
        found = [found[place] for place in sorted(bins[wanted.bin])] if wanted.bin < len(bins) else []
    return found


def _flagged(session: Session, corrections: Sequence[Correction], check: str) -> list[Correction]:
    audited = [one for one in corrections if one.sample is Sample.AUDIT and one.judged_id is not None]
    flags = flags_of(session, {one.judged_id for one in audited if one.judged_id is not None})
    counts = Counter(
        id_ for id_, found in flags.items() for flag in found if flag.name == check and flag.origin is FlagOrigin.CHECK
    )
    return [one for one in audited for _ in range(counts[one.judged_id or 0])]
