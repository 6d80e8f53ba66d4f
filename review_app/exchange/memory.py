"""Takes pairs of texts into a site's translation memory from TMX and CSV files, and writes them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app import __version__
from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import batches, utc_now
from review_app.errors import BadFile, NotFound
from review_app.exchange.table import read_table, write_table
from review_app.exchange.tmx import Unit, read_tmx, write_tmx
from review_app.jobs.runner import Running
from review_app.locale import N_
from review_app.memory.service import NewPair, Pair, keep, many_added, texts_of
from review_app.memory.tables import Kind, MemoryFile
from review_app.sites.service import SiteView, site_by_id
from review_app.text.normalise import normalise
from review_app.translations.memory import holding

LONGEST = 5_000
"""Characters of a text that is kept: memories hold sentences."""

AT_ONCE = 500
"""Pairs that are kept in one transaction."""

FORMATS = ("tmx", "csv")


@dataclass(frozen=True, slots=True)
class FilePair:
    """A pair of texts of a file, in one of the site's languages."""

    language: str
    source: str
    target: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that pairs came from; ``waiting`` until they are kept."""

    id: int
    name: str
    pairs: int
    left_out: int
    waiting: bool


def add_file(session: Session, actor: Actor, site: SiteView, name: str, body: bytes) -> int:
    """Store a file whose pairs are to be kept, and return its id; ``take_in`` is the job that keeps them.

    Raises ``BadFile`` for one that cannot be read, or has no pair in the site's languages.
    """
    actor.require(Action.IMPORT, site.id)
    if not read_pairs(site, name, body)[0]:
        raise BadFile(
            N_("{file} has no texts in {source} with a translation into {languages}. Check the languages it names."),
            file=name,
            source=site.source_language,
            languages=", ".join(sorted(site.languages)),
        )
    row = MemoryFile(site_id=site.id, name=name[:200], content=body, added_by=actor.person_id, added_at=utc_now())
    session.add(row)
    session.flush()
    record(session, actor, "memory.import", f"memory_file:{row.id}", site_id=site.id, after={"file": row.name})
    return row.id


def take_in(job: Running) -> None:
    """Keep the pairs of a stored file, batch by batch; what was kept before is there already."""
    file_id = int(job.payload["file_id"])
    job.actor().require(Action.IMPORT, job.site_id)
    with job.reading() as session:
        file = session.get(MemoryFile, file_id)
        if file is None or file.content is None or file.site_id != job.site_id:
            raise NotFound(N_("This file has been taken in already."))
        site, name, body, author, added_at = (
            site_by_id(session, job.site_id), file.name, file.content, file.added_by, file.added_at,
        )  # fmt: skip
    found, left_out = read_pairs(site, name, body)
    for number, batch in enumerate(batches(found, AT_ONCE)):
        done = number * AT_ONCE + len(batch)
        pairs = [(pair.language, _new(pair, file_id, author, pair.unit.changed_at or added_at)) for pair in batch]
        job.step(done, len(found), partial(_keep, site_id=site.id, pairs=pairs))
    with job.writing() as session:
        row = session.get_one(MemoryFile, file_id)
        row.content, row.pairs, row.left_out = None, len(found), left_out
        many_added(session)


def read_pairs(site: SiteView, name: str, body: bytes) -> tuple[list[FilePair], int]:
    """Return the pairs of a file in the site's languages, each once, and how many of its texts are left out.

    Raises ``BadFile``.
    """
    reading = read_tmx(name, body) if _is_xml(name, body) else _table_units(name, body)
    found: dict[tuple[str, str, str], FilePair] = {}
    left_out = 0
    for unit in reading:
        source = _in_language(unit, site.source_language)
        targets = {language: _in_language(unit, language) for language in site.languages}
        usable = [
            FilePair(language, source, target, unit)
            for language, target in targets.items()
            if _usable(source) and _usable(target)
        ]
        left_out += not usable
        for pair in usable:
            found.setdefault((pair.language, pair.source, pair.target), pair)
    return list(found.values()), left_out


def export_pairs(session: Session, actor: Actor, site: SiteView, language: str, kind: str) -> Iterator[bytes]:
    """Yield a site's pairs in a language that still hold, as ``tmx`` or ``csv``, piece by piece."""
    actor.require(Action.READ, site.id)
    pairs = _holding_pairs(session, site.id, language)
    if kind == "tmx":
        units = (Unit({site.source_language: p.source, language: p.target}, p.written_at) for p in pairs)
        return write_tmx(units, site.source_language, __version__)
    columns = (site.source_language, language, "from", "page", "file", "person", "date")
    return write_table(columns, (_cells(site.source_language, pair) for pair in pairs))


def files_of(session: Session, site_id: int) -> list[FileView]:
    """Return the files that a site's memory was filled from, the newest first."""
    columns = (MemoryFile.id, MemoryFile.name, MemoryFile.pairs, MemoryFile.left_out, MemoryFile.content.is_not(None))
    rows = session.execute(select(*columns).where(MemoryFile.site_id == site_id).order_by(MemoryFile.id.desc()))
    return [FileView(*row) for row in rows]


def _keep(session: Session, site_id: int, pairs: Sequence[tuple[str, NewPair]]) -> None:
    for language in sorted({language for language, _pair in pairs}):
        keep(session, site_id, language, [pair for its, pair in pairs if its == language])


def _new(pair: FilePair, file_id: int, author: int | None, written_at: datetime) -> NewPair:
    key = hashlib.sha256(f"{pair.source}\0{pair.target}".encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return NewPair(
        key, pair.source, pair.target, Kind.IMPORTED, file_id=file_id, author_id=author, written_at=written_at
    )


def _is_xml(name: str, body: bytes) -> bool:
    return name.lower().endswith((".tmx", ".xml")) or body.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith(b"<")


def _table_units(name: str, body: bytes) -> Iterator[Unit]:
    for _line, cells in read_table(name, body):
        yield Unit({column: normalise(cell) for column, cell in cells.items()})


def _in_language(unit: Unit, language: str) -> str:
    """Return a unit's text in a language: in exactly this one, else in another region's."""
    wanted = language.lower()
    own = unit.texts.get(wanted)
    if own is not None:
        return own
    primary = wanted.split("-")[0]
    return next((text for tag, text in unit.texts.items() if tag.split("-")[0] == primary), "")


def _usable(text: str) -> bool:
    return 0 < len(text) <= LONGEST and "\x00" not in text


def _holding_pairs(session: Session, site_id: int, language: str) -> Iterator[Pair]:
    after = 0
    while pairs := list(texts_of(session, site_id, language, after, AT_ONCE)):
        after = pairs[-1].id
        yield from holding(session, pairs)


def _cells(source_language: str, pair: Pair) -> dict[str, object]:
    return {
        source_language: pair.source,
        pair.language: pair.target,
        "from": str(pair.kind),
        "page": pair.page,
        "file": pair.file,
        "person": pair.author,
        "date": pair.written_at.date().isoformat() if pair.written_at else None,
    }
