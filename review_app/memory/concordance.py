"""Finds the pairs in which some words stand one after the other, in the source or in the translation."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import among, batches
from review_app.memory import postings
from review_app.memory.postings import SOURCE, Numbers, Scope
from review_app.memory.service import Pair, pairs_by_id
from review_app.memory.similarity import words
from review_app.memory.tables import MemoryEntry

SHORTEST_BEGINNING = 3
"""Letters of the shortest word that also finds longer ones which begin so: "förskola" finds "förskolan"."""

MOST_FORMS = 60
"""Words that one beginning stands for."""

MOST_LOOKED_AT = 4_000
"""Texts, the newest first, in which the words are looked for one after the other."""

_BATCH = 400


def concordance(session: Session, scope: Scope, phrase: str, *, side: int = SOURCE, most: int = 20) -> list[Pair]:
    """Return pairs in which the words of a phrase stand in this order, the newest first; longer words count too.

    ``side`` is ``SOURCE`` or ``TARGET``. A phrase without words finds nothing.
    """
    sought = words(phrase)
    if not sought:
        return []
    pattern = phrase_pattern(sought)
    found: list[int] = []
    for ids in batches(_with_all(session, scope, side, sought)[:MOST_LOOKED_AT].tolist(), _BATCH):
        found += [id_ for id_, text in _texts(session, scope, side, ids) if pattern.search(text)]
        if len(found) >= most:
            break
    return pairs_by_id(session, found[:most])


def phrase_pattern(sought: Sequence[str]) -> re.Pattern[str]:
    """Return what finds words one after the other, each perhaps longer, with marks and placeholders between."""
    between = r"(?:</?\d+/?>|[\W\d_])+"
    return re.compile(r"(?<!\w)" + between.join(rf"{re.escape(word)}\w*" for word in sought), re.IGNORECASE)


def _with_all(session: Session, scope: Scope, side: int, sought: Sequence[str]) -> Numbers:
    """Return the ids of the entries that have all of the words, the newest first."""
    ids: Numbers | None = None
    for word in dict.fromkeys(sought):
        long = len(word) >= SHORTEST_BEGINNING
        forms = postings.starting(session, scope, side, word, MOST_FORMS) if long else [word]
        having = list(postings.entries_with(session, scope, side, forms).values())
        those = np.unique(np.concatenate(having)) if having else np.empty(0, np.int64)
        ids = those if ids is None else np.intersect1d(ids, those, assume_unique=True)
        if not len(ids):
            break
    return np.empty(0, np.int64) if ids is None else ids[::-1]


def _texts(session: Session, scope: Scope, side: int, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    column = MemoryEntry.source if side == SOURCE else MemoryEntry.target
    rows = session.execute(
        select(MemoryEntry.id, column)
        .where(
            among(MemoryEntry.id, ids),
            among(MemoryEntry.site_id, scope.site_ids),
            MemoryEntry.language == scope.language,
        )
        .order_by(MemoryEntry.id.desc())
    )
    return ((id_, text) for id_, text in rows)
