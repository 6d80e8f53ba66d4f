"""The index of words: finds the few entries that may be like a text among a million, alike on both databases.

A word's entries are kept in parts of ``PART`` neighbouring ids, each part one packed array of unsigned 32-bit numbers,
little-endian: the id's place in its part, shifted left by 8, and the number of tokens of the entry's text, at most 255.
Reading an array is a copy, counting a million of them takes milliseconds, and new entries are appended.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import LargeBinary, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.memory.similarity import tokens, words_of
from review_app.memory.tables import MemoryWord

PART = 1 << 16
MOST_COUNTED = 255

SOURCE, TARGET = 0, 1

Numbers = NDArray[np.int64]


class Scope(NamedTuple):
    """The memories that are searched: those of some sites in one language."""

    site_ids: tuple[int, ...]
    language: str


class Likely(NamedTuple):
    """Ids of entries, the likeliest first, and the most that each can be alike, from 0 to 1."""

    ids: Numbers
    bounds: NDArray[np.float64]


def add(session: Session, site_id: int, language: str, texts: Iterable[tuple[int, int, str]]) -> None:
    """Add texts of entries: ids, sides and texts."""
    found: defaultdict[tuple[int, str, int], list[int]] = defaultdict(list)
    for entry_id, side, text in texts:
        cut = tokens(text)
        value = (entry_id % PART) << 8 | min(len(cut), MOST_COUNTED)
        for word in set(words_of(cut)):
            found[side, word, entry_id // PART].append(value)
    if not found:
        return
    rows = [
        {
            "site_id": site_id,
            "language": language,
            "side": side,
            "word": word,
            "part": part,
            "entries": np.array(values, "<u4").tobytes(),
        }
        for (side, word, part), values in sorted(found.items())  # in one order, so that no two writers block each other
    ]
    session.connection().execute(_appending(session), rows)


def _appending(session: Session) -> sqlite.Insert | postgresql.Insert:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    bare: sqlite.Insert | postgresql.Insert = (
        postgresql.insert(MemoryWord) if on_postgresql else sqlite.insert(MemoryWord)
    )
    joined = MemoryWord.entries.op("||")(bare.excluded.entries)
    return bare.on_conflict_do_update(
        index_elements=["site_id", "language", "side", "word", "part"], set_={"entries": cast(joined, LargeBinary)}
    )


def counts(session: Session, scope: Scope, side: int, sought: Iterable[str]) -> dict[str, int]:
    """Return in how many texts each of these words stands; those in none are left out."""
    rows = session.execute(
        select(MemoryWord.word, func.sum(func.length(MemoryWord.entries)))
        .where(*_within(scope, side), among(MemoryWord.word, list(sought)))
        .group_by(MemoryWord.word)
    )
    return {word: int(size) // 4 for word, size in rows}


def starting(session: Session, scope: Scope, side: int, beginning: str, most: int) -> list[str]:
    """Return words that begin so, in their order, not more than ``most``."""
    rows = session.scalars(
        select(MemoryWord.word)
        .where(*_within(scope, side), MemoryWord.word >= beginning, MemoryWord.word < f"{beginning}\U0010ffff")
        .group_by(MemoryWord.word)
        .order_by(MemoryWord.word)
        .limit(most)
    )
    return list(rows)


def entries_with(session: Session, scope: Scope, side: int, sought: Iterable[str]) -> dict[str, Numbers]:
    """Return the ids of the entries that have each of these words."""
    found = {
        word: [_ids(part, values) for part, values in parts] for word, parts in _read(session, scope, side, sought)
    }
    return {word: np.concatenate(ids) for word, ids in found.items()}


def likely(session: Session, scope: Scope, text: str, *, most: int, most_read: int, least: float) -> Likely:
    """Return the entries that can be most alike to a source, by the words they share with it; at most ``most``.

    Rare words are read first, and no more once ``most_read`` occurrences are read: a word that is left unread is taken
    to be shared. What cannot be as alike as ``least`` (0 to 1) is left out.
    """
    cut = tokens(text)
    sought = set(words_of(cut))
    frequency = counts(session, scope, SOURCE, sought)
    chosen = _rarest(frequency, most_read)
    if not chosen:
        return Likely(np.empty(0, np.int64), np.empty(0))
    packed = defaultdict(list)
    for _word, parts in _read(session, scope, SOURCE, chosen):
        for part, values in parts:
            packed[part].append(values)
    presumed = len(cut) - len(sought) + len(frequency) - len(chosen)
    found = [_bounds(part, values, presumed, len(cut), least) for part, values in packed.items()]
    ids, bounds = np.concatenate([each[0] for each in found]), np.concatenate([each[1] for each in found])
    if len(ids) > most:
        best = np.argpartition(-bounds, most)[:most]
        ids, bounds = ids[best], bounds[best]
    order = np.argsort(-bounds, kind="stable")
    return Likely(ids[order], bounds[order])


def _rarest(frequency: Mapping[str, int], most_read: int) -> list[str]:
    """Return the rarest words as long as they are read; one at least."""
    chosen: list[str] = []
    read = 0
    for word in sorted(frequency, key=lambda word: (frequency[word], word)):
        read += frequency[word]
        if chosen and read > most_read:
            break
        chosen.append(word)
    return chosen


def _bounds(
    part: int, packed: Sequence[NDArray[np.uint32]], presumed: int, length: int, least: float
) -> tuple[Numbers, NDArray[np.float64]]:
    """Return the ids of a part, and the most that each can be alike to a text of so many tokens."""
    values = np.concatenate(packed)
    places = (values >> 8).astype(np.int64)
    shared = np.bincount(places, minlength=PART)
    lengths = np.zeros(PART, np.int64)
    lengths[places] = values & MOST_COUNTED
    present = np.flatnonzero(shared >= max(math.ceil(least * length) - presumed, 1))
    bounds = np.minimum((shared[present] + presumed) / np.maximum(lengths[present], length), 1.0)
    enough = bounds >= least
    return present[enough] + part * PART, bounds[enough]


def _read(
    session: Session, scope: Scope, side: int, sought: Iterable[str]
) -> Iterable[tuple[str, list[tuple[int, NDArray[np.uint32]]]]]:
    rows = session.execute(
        select(MemoryWord.word, MemoryWord.part, MemoryWord.entries).where(
            *_within(scope, side), among(MemoryWord.word, list(sought))
        )
    )
    found: defaultdict[str, list[tuple[int, NDArray[np.uint32]]]] = defaultdict(list)
    for word, part, entries in rows:
        found[word].append((part, np.frombuffer(entries, "<u4")))
    return found.items()


def _ids(part: int, values: NDArray[np.uint32]) -> Numbers:
    return (values >> 8).astype(np.int64) + part * PART


def _within(scope: Scope, side: int) -> tuple[Any, ...]:
    site = (
        MemoryWord.site_id == scope.site_ids[0]
        if len(scope.site_ids) == 1
        else among(MemoryWord.site_id, scope.site_ids)
    )
    return site, MemoryWord.language == scope.language, MemoryWord.side == side
