"""Keeps what a site's pages share — menus, headers, footers, cookie banners — as one set of segments.

The set is a page of its own, written anew from the parts of the real pages whenever those change, so that it is cut,
followed, corrected and approved like any other. The real pages' occurrences then point to its segments.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import hold
from review_app.pages.attributes import ATTRIBUTES
from review_app.pages.document import Document
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import SHARED_PATH, body_of, shared_page
from review_app.pages.tables import Block, Page, PageVersion
from review_app.segments.service import import_page, new_key
from review_app.segments.tables import Occurrence, Segment
from review_app.sites.tables import Site
from review_app.text.normalise import source_hash

LEAST_PAGES = 2
"""So many pages have to hold a text around their content before it is shared; once shared, one is enough."""

_ELEMENTS = frozenset("p li dt dd h1 h2 h3 h4 h5 h6 button label legend summary th td caption option".split())
_ATTRIBUTE_KINDS = frozenset({*ATTRIBUTES, "value", "content"})

Rank = Callable[[Collection[int]], Mapping[int, int]]
"""Says of segments, by id, how much work of people is in each."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A block around a page's content: where it stands and which segments it is made of.

    ``texts`` are the hashes of its segments' texts: blocks with the same are the same part.
    """

    page_id: int
    version_id: int
    block: int
    kind: str
    occurrences: tuple[Occurrence, ...]
    texts: tuple[str, ...]


def regroup(session: Session, actor: Actor, site_id: int, rank: Rank) -> dict[int, int]:
    """Bring the site's shared page in line with its pages; returns which segment each one that gave way became.

    Of several segments with the same text the one with most work in it stays. Doing it again changes nothing.
    """
    hold(session, Site.id, [site_id])
    parts = _parts(session, site_id)
    page = shared_page(session, site_id)
    known = _current_texts(session, page.id) if page else set()
    wanted = _wanted(parts, known)
    if not wanted and page is None:
        return {}
    texts = frozenset(text for part in wanted for text in part.texts)
    if page is None:
        page = Page(site_id=site_id, path=SHARED_PATH, shared=True)
        session.add(page)
        session.flush()
    rivals = _rivals(session, page.id, parts, texts)
    work = rank({segment_id for ids in rivals.values() for segment_id in ids})
    changing = bool(known - texts)  # then a text without work in it may be a change of one that is gone
    _move(session, page.id, [ids for ids in rivals.values() if not changing or any(map(work.get, ids))], work)
    if texts != known and wanted:
        body = _compose(session, wanted)
        import_page(session, actor, site_id, body=body, path=SHARED_PATH, origin="the site's pages", shared=True)
    return _point(session, page.id, parts, texts)


def _parts(session: Session, site_id: int) -> list[_Part]:
    """Return the blocks around the content of the pages' newest versions, page by page, in page order."""
    newest = (
        select(func.max(PageVersion.id))
        .join(Page, PageVersion.page_id == Page.id)
        .where(Page.site_id == site_id, Page.shared.is_(False))
        .group_by(Page.id)
    )
    rows = session.execute(
        select(PageVersion.page_id, PageVersion.id, Block.number, Block.kind, Occurrence)
        .join(Block, Block.page_version_id == PageVersion.id)
        .join(Occurrence, Occurrence.block_id == Block.id)
        .where(PageVersion.id.in_(newest), Block.around.is_(True))
        .order_by(PageVersion.page_id, Block.number, Occurrence.position)
    )
    found: dict[tuple[int, int], tuple[int, str, list[Occurrence]]] = {}
    for page_id, version_id, number, kind, occurrence in rows:
        found.setdefault((version_id, number), (page_id, kind, []))[2].append(occurrence)
    return [
        _Part(
            page_id, version_id, number, kind, tuple(occurrences), tuple(source_hash(one.source) for one in occurrences)
        )
        for (version_id, number), (page_id, kind, occurrences) in found.items()
    ]


def standing_on(session: Session, shared_page_id: int) -> dict[int, set[str]]:
    """Return the paths of the pages that hold each segment of a shared page now, by segment id."""
    newest = select(func.max(PageVersion.id)).group_by(PageVersion.page_id)
    rows = session.execute(
        select(Occurrence.segment_id, Page.path)
        .join(Segment, Occurrence.segment_id == Segment.id)
        .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
        .join(Page, PageVersion.page_id == Page.id)
        .where(Segment.page_id == shared_page_id, Page.shared.is_(False), PageVersion.id.in_(newest))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for segment_id, path in rows:
        found.setdefault(segment_id, set()).add(path)
    return found


def _current_texts(session: Session, page_id: int) -> set[str]:
    newest = select(func.max(PageVersion.id)).where(PageVersion.page_id == page_id).scalar_subquery()
    sources = session.scalars(select(Occurrence.source).where(Occurrence.page_version_id == newest))
    return {source_hash(source) for source in sources}


def _wanted(parts: Iterable[_Part], known: Collection[str]) -> list[_Part]:
    """Return the first of each part that is shared, in the order of the pages."""
    first: dict[tuple[str, ...], _Part] = {}
    pages: dict[tuple[str, ...], set[int]] = {}
    for part in parts:
        first.setdefault(part.texts, part)
        pages.setdefault(part.texts, set()).add(part.page_id)
    return [
        part
        for texts, part in first.items()
        if len(pages[texts]) >= LEAST_PAGES or all(text in known for text in texts)
    ]


def _rivals(session: Session, page_id: int, parts: Iterable[_Part], texts: frozenset[str]) -> dict[str, set[int]]:
    """Return, for each shared text that the shared page has no segment of, the pages' segments of it."""
    there = set(session.scalars(select(Segment.source_hash).where(Segment.page_id == page_id)))
    rivals: dict[str, set[int]] = {}
    for part in parts:
        for text, occurrence in zip(part.texts, part.occurrences, strict=True):
            if text not in there and texts.issuperset(part.texts):
                rivals.setdefault(text, set()).add(occurrence.segment_id)
    return rivals


def _move(session: Session, page_id: int, rivals: Iterable[Collection[int]], work: Mapping[int, int]) -> None:
    """Give the shared page, of each group of rivals, the one with most work in it."""
    for ids in rivals:
        chosen = session.get_one(Segment, min(ids, key=lambda segment_id: (-work.get(segment_id, 0), segment_id)))
        chosen.page_id, chosen.key = page_id, new_key()
    session.flush()


def _compose(session: Session, parts: Sequence[_Part]) -> bytes:
    """Return the shared page's HTML: each part as it stands in the source of a page that has it."""
    documents: dict[int, Document] = {}
    out: list[str] = []
    for part in parts:
        if part.version_id not in documents:
            documents[part.version_id] = parse_guarded(*body_of(session, part.version_id))
        out.append(_written(documents[part.version_id], part))
    page = f'<!doctype html>\n<html lang="sv">\n<meta charset="utf-8">\n<body>\n{chr(10).join(out)}\n</body>\n</html>\n'
    return page.encode()


def _written(document: Document, part: _Part) -> str:
    block = document.blocks[part.block]
    if part.kind in _ATTRIBUTE_KINDS:
        name = "title" if part.kind in {"value", "content"} else part.kind
        return f'<p {name}="{escape(block.runs[0].text)}"></p>'
    tag = part.kind if part.kind in _ELEMENTS else "p"
    return f"<{tag}>{document.flat[block.runs[0].start : block.runs[-1].end]}</{tag}>"


def _point(session: Session, page_id: int, parts: Iterable[_Part], texts: frozenset[str]) -> dict[int, int]:
    """Let the pages' occurrences of shared texts point to the shared segments."""
    segments = dict(session.execute(select(Segment.source_hash, Segment.id).where(Segment.page_id == page_id)).all())
    gave_way: dict[int, int] = {}
    for part in parts:
        if not texts.issuperset(part.texts):
            continue
        for text, occurrence in zip(part.texts, part.occurrences, strict=True):
            if occurrence.segment_id != segments[text]:
                gave_way[occurrence.segment_id] = segments[text]
                occurrence.segment_id = segments[text]
    session.flush()
    return gave_way
