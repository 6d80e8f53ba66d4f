"""Writes a site as a corpus folder that ``corpus`` takes in again, field for field."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import emails_of
from review_app.errors import BadFile
from review_app.exchange.cuts import CUTS, write_cuts
from review_app.exchange.places import places_apart
from review_app.exchange.records import MachineRecord, PageRecord, SegmentRecord, write_meta, write_segments
from review_app.exchange.terms import GLOSSARY, export_terms
from review_app.glossary.service import terms_of
from review_app.locale import N_
from review_app.pages.service import PageView, body_of, pages_of
from review_app.publishing.service import with_publications
from review_app.review.heads import head_of
from review_app.review.states import Basis, PageState
from review_app.review.work import Work, load_work
from review_app.segments.service import Placed
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.origin import SegmentState, state_of
from review_app.translations.service import machine_translations
from review_app.translations.tables import MachineTranslation
from review_app.translations.texts import WrittenText


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows of a page in a language are made from."""

    work: Work
    outputs: Mapping[int, list[MachineTranslation]]
    emails: Mapping[int, str]
    apart: Mapping[int, int]


def export_corpus(session: Session, actor: Actor, site_id: int, folder: Path) -> list[str]:
    """Write every page of a site into a folder of its own, and the glossary beside them; returns the pages' names.

    Page folders and a glossary that are there are replaced.

    Raises ``BadFile``, before anything is written, when a folder that is in the way is no page's.
    """
    actor.require(Action.READ, site_id)
    site = site_by_id(session, site_id)
    pages = _named(pages_of(session, site_id))
    for name in pages:
        _require_replaceable(folder / name)
    for name, page in pages.items():
        works = [load_work(session, site, [page], language) for language in sorted(site.languages)]
        _write_page(session, folder / name, page, [work for work in works if work.revisions])
    _write_glossary(session, actor, site, folder / GLOSSARY)
    write_cuts(session, site.id, folder / CUTS)
    return list(pages)


def _write_glossary(session: Session, actor: Actor, site: SiteView, file: Path) -> None:
    file.unlink(missing_ok=True)
    if terms_of(session, site.id):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(export_terms(session, actor, site)))


def _named(pages: Sequence[PageView]) -> dict[str, PageView]:
    """Return the pages by the names of their folders; ``a/b`` and ``a--b`` must not share one."""
    named: dict[str, PageView] = {}
    for page in pages:
        name = page.path.replace("/", "--")
        while name in named:
            name += "-"
        named[name] = page
    return named


def _require_replaceable(folder: Path) -> None:
    if folder.exists() and not (folder / "meta.toml").is_file() and (folder.is_file() or any(folder.iterdir())):
        raise BadFile(N_("{file} is no page of a corpus, and would be lost. Choose another folder."), file=folder)


def _write_page(session: Session, folder: Path, page: PageView, works: list[Work]) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(body_of(session, page.version_id)[0])
    apart = {segment_id: nth for (_, nth), segment_id in places_apart(session, page).items()}
    states: dict[str, str] = {}
    bases: dict[str, Basis] = {}
    for work in works:
        head = with_publications(session, [head_of(work, page)])[0]
        states[work.language] = str(PageState.PUBLISHED if head.published_at else head.state)
        approval = work.approvals.get(page.id)
        if approval is not None and approval.basis is not None:
            bases[work.language] = approval.basis
        segments = work.segments(page)
        outputs = machine_translations(session, [segment.segment_id for segment in segments], work.language)
        known = _Known(work, outputs, _emails(session, work), apart)
        write_segments(
            folder / f"segments.{work.language}.jsonl", [_record(known, page, segment) for segment in segments]
        )
    write_meta(
        folder / "meta.toml",
        PageRecord(
            path=page.path,
            url=page.url,
            title=page.title,
            date=page.taken_at,
            provenance=page.origin,
            content_class=page.content_class,
            states=states,
            bases=bases,
            shared=page.shared,
        ),
    )


def _emails(session: Session, work: Work) -> dict[int, str]:
    people = {revision.author_id for revision in work.revisions.values() if revision.author_id}
    people |= {approval.decided_by for approval in work.approvals.values() if approval.decided_by}
    return emails_of(session, people)


def _record(known: _Known, page: PageView, segment: Placed) -> SegmentRecord:
    revision = known.work.revisions.get(segment.segment_id)
    read = revision if revision is not None and revision.origin.read_by_person else None
    state = _state(known, page, segment, revision)
    decided_by = known.work.approvals[page.id].decided_by if state == "approved" else None
    return SegmentRecord(
        id=segment.key,
        source=segment.source,
        machine=tuple(
            MachineRecord(one.engine, one.version, one.made_on, one.text)
            for one in known.outputs.get(segment.segment_id, [])
            if one.text is not None and one.source_hash == segment.source_hash
        ),
        correction=read.text if read else None,
        state=state,
        who=known.emails.get(read.author_id) if read and read.author_id else None,
        when=read.created_at if read else None,
        approved_by=known.emails.get(decided_by) if decided_by else None,
        corrected_source=read.source if read and read.source != segment.source else None,
        nth=known.apart.get(segment.segment_id),
    )


def _state(known: _Known, page: PageView, segment: Placed, revision: WrittenText | None) -> str:
    if revision is None:
        return SegmentState.UNTRANSLATED
    if revision.origin.read_by_person and known.work.is_approved(page, segment):
        return "approved"
    return state_of(revision.origin, accepted=revision.accepted)
