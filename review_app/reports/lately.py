"""One line for the start page: what people made of the machine's texts in the last 90 days, and in the 90 before."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.reports.edits import of_hundred
from review_app.reports.filters import Filter
from review_app.reports.shares import SIZES, edit_sizes
from review_app.reports.slices import choose
from review_app.scoring.service import Segments
from review_app.scoring.units import TOO_FEW

SPAN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Lately:
    """Of a hundred sentences, how many were left, edited a little, edited a lot; ``before``: left, in the span before.

    Not ``enough``: too few were read to say. ``before`` is ``None`` where too few were read then.
    """

    of_hundred: tuple[int, ...]
    sentences: int
    pages: int
    before: int | None

    @property
    def enough(self) -> bool:
        """Whether so many sentences were read that their shares say something."""
        return self.sentences >= TOO_FEW


def lately(session: Session, actor: Actor, site_slug: str, language: str, today: date) -> Lately:
    """Return the line for a language of a site; raises ``NotFound``."""
    first = today - SPAN + timedelta(days=1)
    asked = Filter(language, since=first - SPAN, until=today)
    drafted = choose(session, actor, site_slug, asked).segments.drafted()
    now, before = drafted.judged_between(first, today), drafted.judged_between(None, first - timedelta(days=1))
    return Lately(
        of_hundred=_of_hundred(now),
        sentences=len(now),
        pages=len(np.unique(now.pages)),
        before=_of_hundred(before)[0] if len(before) >= TOO_FEW else None,
    )


def _of_hundred(drafted: Segments) -> tuple[int, ...]:
    kinds = edit_sizes(drafted.statistics("HTER")) if len(drafted) else np.zeros(0, np.int64)
    return of_hundred(np.bincount(kinds, minlength=len(SIZES)).tolist())
