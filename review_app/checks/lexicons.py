"""Which lexicon a site uses for a language: the best it has learned, else the shipped one, else none."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from review_app.checks.lexical.own import Limits, OwnLexicon, read_own
from review_app.checks.tables import SiteLexicon

MOST_READ = 8
"""Lexicons that are kept in memory, of some megabytes each."""


@dataclass(frozen=True, slots=True)
class LexiconTry:
    """A try to learn a lexicon; ``kept`` when it was better than what was in use."""

    number: int
    kept: bool
    made_at: datetime
    figures: Mapping[str, Any]


@dataclass(slots=True)
class _Slot:
    """A place for a lexicon that is read from the database once."""

    lexicon: OwnLexicon | None = None


def lexicon_of(session: Session, site_id: int, language: str) -> OwnLexicon | None:
    """Return the lexicon that a site has learned for a language and uses; None where what ships is used, if any."""
    found = session.execute(_FOUND, {"site_id": site_id, "language": language}).first()
    if found is None:
        return None
    limits = Limits(found.missing, found.added)
    slot = _slot(found.digest, limits)
    if slot.lexicon is None:
        model = session.scalars(select(SiteLexicon.model).where(SiteLexicon.id == found.id)).one()
        slot.lexicon = read_own(found.digest, model, limits)
    return slot.lexicon


def lexicon_in_use(session: Session, site_id: int, language: str) -> LexiconTry | None:
    """Return what is known of the lexicon that a site has learned and uses."""
    row = session.scalar(_IN_USE, {"site_id": site_id, "language": language})
    return LexiconTry(row.number, row.kept, row.made_at, row.figures) if row else None


def add_lexicon(
    session: Session,
    site_id: int,
    language: str,
    model: bytes,
    limits: Limits,
    *,
    kept: bool,
    figures: Mapping[str, Any],
) -> LexiconTry:
    """Keep a try with its figures; the words of one that is not used are not stored."""
    of_language = (SiteLexicon.site_id == site_id, SiteLexicon.language == language)
    newest = session.scalar(select(func.max(SiteLexicon.number)).where(*of_language))
    row = SiteLexicon(
        site_id=site_id,
        language=language,
        number=(newest or 0) + 1,
        kept=kept,
        figures=dict(figures),
        missing=limits.missing,
        added=limits.added,
        digest=hashlib.sha256(model).hexdigest(),
        model=model if kept else b"",
    )
    session.add(row)
    session.flush()
    return LexiconTry(row.number, row.kept, row.made_at, row.figures)


@lru_cache(maxsize=MOST_READ)
def _slot(digest: str, limits: Limits) -> _Slot:
    return _Slot()


_IN_USE = (
    select(SiteLexicon)
    .where(SiteLexicon.site_id == bindparam("site_id"), SiteLexicon.language == bindparam("language"))
    .where(SiteLexicon.kept)
    .order_by(SiteLexicon.number.desc())
    .limit(1)
)
_FOUND = _IN_USE.with_only_columns(SiteLexicon.id, SiteLexicon.digest, SiteLexicon.missing, SiteLexicon.added)
