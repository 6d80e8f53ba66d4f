"""What is known already: what people made of the same sentence, here or in the memory; what an engine said of it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, true
from sqlalchemy.orm import Session, aliased

from review_app.db import among, among_given
from review_app.memory.service import Pair, exact
from review_app.memory.sharing import scope_of
from review_app.pages.tables import Page
from review_app.segments.tables import Segment
from review_app.sites.tables import Site
from review_app.text.normalise import source_hash
from review_app.text.placeholders import lost_and_added
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from review_app.translations.tables import MachineTranslation, Revision, Translation

_COLUMNS = (Revision, Segment.id, Segment.source, Segment.source_hash, Page.path)
"""What a ``Newest`` is read from."""

_OF_PEOPLE = [origin for origin in Origin if origin.read_by_person]


class Wrote(NamedTuple):
    """What people wrote last in one segment, the hash of its source, and the path of its page."""

    source_hash: str
    text: str
    segment_id: int
    path: str


def remembered(session: Session, site_id: int, language: str, hashes: Collection[str]) -> dict[str, str]:
    """Return what people made of exactly these sources, by hash of the source.

    What somebody of the site wrote last comes before what the translation memory has: approved texts of sites that
    share theirs, and pairs of files.
    """
    pairs = exact(session, scope_of(session, site_id, language), hashes)
    known = {
        source_hash(pair.source): pair.target
        for pair in holding(session, [pair for pair in pairs if pair.read])
        if lost_and_added(pair.source, pair.target) == ([], [])
    }
    wrote = people_wrote(session, site_id, language, hashes)
    return known | {one.source_hash: one.text for one in wrote}


def people_wrote(session: Session, site_id: int, language: str, hashes: Collection[str]) -> list[Wrote]:
    """Return every text in which people of the site left exactly these sources; the last word comes last."""
    given = {"site_id": site_id, "language": language, "hashes": list(hashes)}
    return [Wrote(*row) for row in session.execute(_PEOPLE_WROTE, given)]


class Stands(NamedTuple):
    """A source that a text stands for, by the text's hash, and the path of a page where it does."""

    read_hash: str | None
    source: str
    path: str


class Newest(NamedTuple):
    """The newest revision of a segment, the segment's source and its hash, and the path of its page."""

    revision: Revision
    segment_id: int
    source: str
    source_hash: str
    path: str

    def stands(self) -> Stands:
        """Return the source that its text stands for."""
        return Stands(self.revision.read_hash, self.revision.source, self.path)


def newest_of(session: Session, site_id: int, language: str, digest: str) -> list[Newest]:
    """Return the newest revisions of a site's segments with this source, whoever wrote them; the latest first."""
    given = {"site_id": site_id, "language": language, "hashes": [digest]}
    return [Newest(*row) for row in session.execute(_NEWEST_OF, given)]


def wrote(newest: Iterable[Newest]) -> list[Wrote]:
    """Return those of the newest revisions that people wrote of the present sources; the last word comes last."""
    found = [one for one in newest if one.revision.origin.read_by_person and one.revision.source == one.source]
    return [
        Wrote(one.source_hash, one.revision.text, one.segment_id, one.path)
        for one in sorted(found, key=lambda one: one.revision.id)
    ]


def _newest() -> Select[Revision]:
    """Select the newest revisions of segments whose sources have these ``hashes``, at a ``site_id``."""
    # The segments come first: SQLite would go through all translations into the language instead.
    standing = (
        select(Segment.id).where(among_given(Segment.source_hash, "hashes")).cte("standing").prefix_with("MATERIALIZED")
    )
    newest = (
        select(Revision.translation_id, func.max(Revision.number).label("number"))
        .join(Translation, Revision.translation_id == Translation.id)
        .join(standing, Translation.segment_id == standing.c.id)
        .where(Translation.language == bindparam("language"))
        .group_by(Revision.translation_id)
        .subquery()
    )
    return (
        select(Revision)
        .join(
            newest,
            (Revision.translation_id == newest.c.translation_id) & (Revision.number == newest.c.number),
        )
        .join(Translation, Translation.id == newest.c.translation_id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == bindparam("site_id"))
    )


_NEWEST_OF = _newest().with_only_columns(*_COLUMNS).order_by(Revision.id.desc())

_PEOPLE_WROTE = (
    _newest()
    .with_only_columns(Segment.source_hash, Revision.text, Segment.id, Page.path)
    .where(Revision.origin.in_(_OF_PEOPLE), Revision.source == Segment.source)
    .order_by(Revision.id)
)


def cached(
    session: Session,
    engine: tuple[str, str],
    languages: tuple[str, str],
    hashes: Collection[str],
    site_id: int | None = None,
) -> dict[str, MachineTranslation]:
    """Return what an engine, ``(name, version)``, has answered for exactly these sources, by hash of the source.

    ``languages``: of the source and of the target; ``site_id``: whose texts alone it has answered for.
    """
    (name, version), (source_language, language) = engine, languages
    rows = session.scalars(
        select(MachineTranslation)
        .join(Segment, MachineTranslation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .join(Site, Page.site_id == Site.id)
        .where(
            among(MachineTranslation.source_hash, hashes),
            MachineTranslation.language == language,
            MachineTranslation.engine == name,
            MachineTranslation.version == version,
            MachineTranslation.text.is_not(None),
            Site.source_language == source_language,
            Site.id == site_id if site_id is not None else true(),
        )
        .order_by(MachineTranslation.id)
    )
    return {row.source_hash: row for row in rows}


def follows(terms: Mapping[str, str], source: str, text: str) -> bool:
    """Say whether a text has every term that its source asks for now; an answer that does not is out of date."""
    source, text = source.casefold(), text.casefold()
    return all(called.casefold() in text for word, called in terms.items() if word.casefold() in source)


def sources_of(session: Session, site_id: int, language: str, hashes: Collection[str]) -> list[Stands]:
    """Return the different sources that texts which read so stand for at a site, in the order of their paths."""
    given = {"site_id": site_id, "language": language, "hashes": list(hashes)}
    return [Stands(*row) for row in session.execute(_SOURCES, given)]


def newest_reading(session: Session, site_id: int, language: str, revision: Revision) -> list[Newest]:
    """Return the newest revisions at a site that read like this one, or like the one it replaced; the latest first."""
    given = {"site_id": site_id, "language": language, "of": revision.translation_id, "number": revision.number}
    return [Newest(*row) for row in session.execute(_READING_LIKE, given)]


def _reading(reads_so: Callable[[type[Revision]], ColumnElement[bool]]) -> Select[Revision]:
    """Select the newest revisions of a ``site_id``'s segments that read so, in a ``language``.

    What reads so is found first: a server that knows little of its tables yet would go through the whole site.
    """
    own, later = aliased(Revision), aliased(Revision)
    reads = select(own.id).where(reads_so(own)).cte("reads").prefix_with("MATERIALIZED")
    newer = select(later.id).where(later.translation_id == Revision.translation_id, later.number > Revision.number)
    return (
        select(Revision)
        .join(reads, Revision.id == reads.c.id)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Translation.language == bindparam("language"), Page.site_id == bindparam("site_id"), ~newer.exists())
    )


_NUMBER = bindparam("number", type_=Integer())
_version = aliased(Revision)
_READING_LIKE = (
    _reading(
        lambda own: own.read_hash.in_(
            select(_version.read_hash).where(
                _version.translation_id == bindparam("of"),
                _version.number.between(_NUMBER - 1, _NUMBER),
            )
        )
    )
    .with_only_columns(*_COLUMNS)
    .order_by(Revision.id.desc())
)

_SOURCES = (
    _reading(lambda own: among_given(own.read_hash, "hashes"))
    .with_only_columns(Revision.read_hash, Revision.source, func.min(Page.path).label("path"))
    .group_by(Revision.read_hash, Revision.source)
    .order_by("path", Revision.source)
)


def holding(session: Session, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of the memory that still hold: of approved texts, those that nobody has changed since."""
    segments = {pair.segment_id for pair in pairs if pair.segment_id is not None}
    languages = {pair.language for pair in pairs}
    newest = {
        (segment_id, language): revision.approved_as
        for language in languages
        for segment_id, revision in newest_revisions(session, segments, language).items()
    }
    return [
        pair
        for pair in pairs
        if pair.segment_id is None or newest.get((pair.segment_id, pair.language)) == pair.revision_id
    ]


class Standing(NamedTuple):
    """A source with the text that stands for it now, and whether a person stands behind it."""

    source: str
    text: str
    read_by_person: bool


def standing_texts(session: Session, site_id: int, language: str) -> list[Standing]:
    """Return the newest text of every segment of a site in a language, in the order of their segments."""
    newest = (
        select(Revision.translation_id, func.max(Revision.number).label("number"))
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == site_id, Translation.language == language)
        .group_by(Revision.translation_id)
        .subquery()
    )
    rows = session.execute(
        select(Revision.source, Revision.text, Revision.origin)
        .join(newest, (Revision.translation_id == newest.c.translation_id) & (Revision.number == newest.c.number))
        .order_by(Revision.translation_id)
    )
    return [Standing(source, text, origin.read_by_person) for source, text, origin in rows]
