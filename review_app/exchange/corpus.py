"""Takes in a corpus folder: pages with machine translations, corrections and approvals, side by side.

``corpus/README.md`` defines the format. Approvals come in only through someone who may administer the site, and are
marked as imported; for everyone else an approved text is an edited one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import ensure_person
from review_app.errors import BadFile, BadPage
from review_app.exchange.cuts import CUTS, take_cuts
from review_app.exchange.places import places_apart, set_places
from review_app.exchange.reading import language_of, read_meta, read_segments, wrong
from review_app.exchange.records import PageRecord, SegmentRecord
from review_app.exchange.terms import GLOSSARY, import_terms
from review_app.locale import N_
from review_app.pages.service import PageView, find_page, get_page, set_content_class
from review_app.publishing.service import publish
from review_app.quality.estimating import assess
from review_app.review.heads import content_hash
from review_app.review.restoring import restore_submission
from review_app.review.states import Basis
from review_app.review.work import Work, load_work
from review_app.segments.service import Placed, import_page, placed_segments, rename_keys
from review_app.sites.service import SiteView, default_policy, set_language, site_by_id
from review_app.text.normalise import normalise
from review_app.translations.origin import Origin, SegmentState
from review_app.translations.service import EngineOutput, NewRevision, add_revision, keep_outputs, newest_revisions

APPROVED = "approved"
PUBLISHED = "published"
SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page that came in, with how many rows of translations per language."""

    path: str
    segments: int
    rows: Mapping[str, int]


def import_corpus(session: Session, actor: Actor, site_id: int, folder: Path) -> list[ImportedPage]:
    """Take in every page of a corpus folder; raises ``BadFile`` naming the file, and then nothing is stored."""
    folders = sorted(path.parent for path in folder.glob("*/meta.toml"))
    if not folders:
        raise BadFile(N_("{file} holds no page folders. Each has a meta.toml, see corpus/README.md."), file=folder)
    pages: dict[str, tuple[Path, PageRecord]] = {}
    for one in folders:
        meta = read_meta(one / "meta.toml")
        other, _ = pages.setdefault(meta.path, (one, meta))
        if other != one:
            raise BadFile(
                N_("{file} has the path “{path}”, and so has {other}. Every page needs its own."),
                file=one / "meta.toml",
                path=meta.path,
                other=other / "meta.toml",
            )
    _take_glossary(session, actor, site_id, folder)
    take_cuts(session, actor, site_id, folder / CUTS)
    shared_first = sorted(pages.values(), key=lambda page: not page[1].shared)  # the others' menus point to it
    return [_import_page(session, actor, site_id, one, meta) for one, meta in shared_first]


def _take_glossary(session: Session, actor: Actor, site_id: int, folder: Path) -> None:
    """Take in what words are called, before the texts that are checked against it."""
    file = folder / GLOSSARY
    if not file.is_file():
        return
    for path in sorted(folder.glob("*/segments.*.jsonl")):
        _with_language(session, actor, site_id, language_of(path), path)
    import_terms(session, actor, site_by_id(session, site_id), str(file), file.read_bytes())


def _import_page(session: Session, actor: Actor, site_id: int, folder: Path, meta: PageRecord) -> ImportedPage:
    page = _store_versions(session, actor, site_id, folder, meta)
    files = {path: read_segments(path) for path in sorted(folder.glob("segments.*.jsonl"))}
    page = set_places(session, actor, page, [record for records in files.values() for record in records.values()])
    placed = placed_segments(session, [page.version_id])[page.version_id]
    by_place = _by_place(placed, places_apart(session, page))
    rows: dict[str, int] = {}
    for path, records in files.items():
        language = language_of(path)
        pairs = [(_segment(path, line, record, by_place), record) for line, record in records.items()]
        rename_keys(session, page.id, {segment.segment_id: record.id for segment, record in pairs})
        site = _with_language(session, actor, site_id, language, path)
        _store_translations(session, actor, site, page, language, pairs)
        _restore_state(session, actor, page, language, pairs, meta)
        rows[language] = len(pairs)
    return ImportedPage(page.path, len(placed), rows)


def _store_versions(session: Session, actor: Actor, site_id: int, folder: Path, meta: PageRecord) -> PageView:
    """Keep the page's earlier version, if the folder has it and the page is new here, and then the present one."""
    previous = folder / "page.previous.html"
    has_history = find_page(session, site_id, meta.path) is not None or not previous.exists()
    page_id = 0
    for path in (folder / "page.html",) if has_history else (previous, folder / "page.html"):
        try:
            body = path.read_bytes()
            imported = import_page(
                session,
                actor,
                site_id,
                body=body,
                path=meta.path,
                origin=meta.provenance,
                url=meta.url,
                taken_at=meta.date,
                shared=meta.shared,
            )
        except OSError as error:
            raise BadFile(N_("{file} is missing. Every page's folder needs one."), file=path) from error
        except BadPage as error:
            raise BadFile(N_("{file}: {reason}"), file=path, reason=error) from error
        page_id = imported.page_id
    if get_page(session, page_id).content_class is not meta.content_class:
        set_content_class(session, actor, page_id, meta.content_class)
    return get_page(session, page_id)


def _by_place(placed: Sequence[Placed], apart: Mapping[tuple[str, int], int]) -> dict[tuple[str, int | None], Placed]:
    """Return a page's segments by their text, and those of places set apart by the place, too."""
    by_id = {segment.segment_id: segment for segment in placed}
    own: dict[tuple[str, int | None], Placed] = {
        (normalise(text), nth): by_id[segment_id] for (text, nth), segment_id in apart.items()
    }
    common = [segment for segment in placed if segment.segment_id not in apart.values()]
    return {(normalise(segment.source), None): segment for segment in common} | own


def _segment(path: Path, line: int, record: SegmentRecord, by_place: Mapping[tuple[str, int | None], Placed]) -> Placed:
    segment = by_place.get((normalise(record.source), record.nth))
    if segment is None:
        raise wrong(path, line, f"the source of {record.id!r} is not a sentence of page.html")
    return segment


def _with_language(session: Session, actor: Actor, site_id: int, language: str, path: Path) -> SiteView:
    site = site_by_id(session, site_id)
    if language == site.source_language:
        raise BadFile(N_("{file} is in the language that the site is written in. Leave it out."), file=path)
    if language not in site.languages:
        actor.require(Action.ADMINISTER, site_id)
        set_language(session, site_id, language, default_policy(language))
    return site_by_id(session, site_id)


def _store_translations(
    session: Session,
    actor: Actor,
    site: SiteView,
    page: PageView,
    language: str,
    pairs: Sequence[tuple[Placed, SegmentRecord]],
) -> None:
    drafts: list[EngineOutput] = []
    others: list[EngineOutput] = []
    outdated = [pair for pair in pairs if pair[1].corrected_source is not None]
    _store_corrections(session, language, outdated)  # before the machine's: they were written for an older text
    for segment, record in pairs:
        outputs = _outputs(segment, record)
        drafted = 0 if record.state == SegmentState.UNTRANSLATED else 1  # the first of them is the draft
        drafts += outputs[:drafted]
        others += outputs[drafted:]
    keep_outputs(session, language, drafts, drafts=True)
    keep_outputs(session, language, others, drafts=False)
    _store_corrections(session, language, [pair for pair in pairs if pair[1].corrected_source is None])
    revisions = newest_revisions(session, [segment.segment_id for segment, _ in pairs], language)
    assess(session, site, revisions.values(), language)


def _outputs(segment: Placed, record: SegmentRecord) -> list[EngineOutput]:
    return [
        EngineOutput(
            segment_id=segment.segment_id,
            source=segment.source,
            engine=one.engine,
            version=one.version,
            made_on=one.date,
            text=one.text,
            rejection=None,
            publishable=one.engine != "gloss",
        )
        for one in record.machine
    ]


def _store_corrections(session: Session, language: str, pairs: Sequence[tuple[Placed, SegmentRecord]]) -> None:
    heads = newest_revisions(session, [segment.segment_id for segment, _ in pairs], language)
    for segment, record in pairs:
        head = heads.get(segment.segment_id)
        source = record.corrected_source or segment.source
        known = head is not None and (head.text, head.source) == (record.correction, source)
        if record.correction is None or (known and head is not None and head.origin.read_by_person):
            continue
        drafted = record.machine[0].text if record.machine else None
        add_revision(
            session,
            NewRevision(
                segment_id=segment.segment_id,
                language=language,
                text=record.correction,
                source=source,
                based_on=head.number if head else 0,
                origin=Origin.IMPORT,
                author_id=ensure_person(session, record.who) if record.who else None,
                accepted=record.state == "accepted" or (record.state == "approved" and record.correction == drafted),
                created_at=record.when,
            ),
        )


def _restore_state(
    session: Session,
    actor: Actor,
    page: PageView,
    language: str,
    pairs: Sequence[tuple[Placed, SegmentRecord]],
    meta: PageRecord,
) -> None:
    """Bring back what was approved, public or waiting there, unless it is so here already."""
    state = meta.states.get(language)
    if not actor.may(Action.ADMINISTER, page.site_id):
        return
    approved = {segment.segment_id: record for segment, record in pairs if record.state == APPROVED}
    work = load_work(session, site_by_id(session, page.site_id), [page], language)
    if any(_may_be_approved(work, page, segment) for segment, _ in pairs if segment.segment_id in approved):
        approver = next((record.approved_by for record in approved.values() if record.approved_by), None)
        restore_submission(
            session,
            actor,
            page,
            language,
            segment_ids=list(approved),
            approver_id=ensure_person(session, approver) if approver else None,
            basis=meta.bases.get(language, Basis.VOUCHES),
            decided_at=max((record.when for record in approved.values() if record.when), default=None),
        )
        if state == PUBLISHED:
            publish(session, actor, page.id, language)
    if state == SUBMITTED and not _is_known(session, page, language):
        author = next((record.who for _, record in reversed(pairs) if record.who), None)
        person_id = ensure_person(session, author) if author else None
        restore_submission(session, replace(actor, person_id=person_id), page, language)


def _may_be_approved(work: Work, page: PageView, segment: Placed) -> bool:
    return work.fresh_revision(segment) is not None and not work.is_approved(page, segment)


def _is_known(session: Session, page: PageView, language: str) -> bool:
    """Whether just these texts have been submitted here before, whatever was decided then."""
    work = load_work(session, site_by_id(session, page.site_id), [page], language)
    latest = work.latest.get(page.id)
    return latest is not None and latest.submission.content_hash == content_hash(work, page)
