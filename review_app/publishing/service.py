"""Use cases of publishing: put an approved page before the public, take it back, and look up what is shown."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.document import Document
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import PageView, body_of, get_page, newest_version_ids, pages_of, shared_page
from review_app.publishing.content import Shown, internal_links, main_content, weave_page
from review_app.publishing.notice import Facts
from review_app.publishing.passages import Candidate, PassageKind, choose
from review_app.publishing.tables import Publication
from review_app.review.queries import load_work
from review_app.review.states import PageState, Verdict
from review_app.review.tables import Decision, Submission, SubmissionItem
from review_app.review.views import PageHead
from review_app.segments.service import occurrences_of, sources_of
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.tables import MachineTranslation, Revision


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is about to be published: the texts of one page version and the approval they stand on, if any."""

    version_id: int
    candidates: Mapping[int, Candidate]
    revisions: tuple[Revision, ...]
    submission: Submission | None
    decision: Decision | None


def publish(session: Session, actor: Actor, page_id: int, language: str) -> int:
    """Put the page's newest approved texts before the public, and return the publication's id.

    Without an approval only the policy "machine at once" lets anything be shown. What was public before stays on
    record.
    """
    page = get_page(session, page_id)
    actor.require(Action.PUBLISH, page.site_id)
    return _publish(session, actor, page, language)


def publish_at_once(session: Session, actor: Actor, page_id: int, language: str) -> int | None:
    """Publish a page whose policy asks for it as soon as it is machine-translated, unless a person approved it."""
    page = get_page(session, page_id)
    actor.require(Action.TRANSLATE, page.site_id)
    site = site_by_id(session, page.site_id)
    if page.policy(site, language) is not LanguagePolicy.MACHINE_AT_ONCE:
        return None
    live = live_publications(session, [page_id], language).get(page_id)
    if live is not None and live.submission_id is not None:
        return None
    return _publish(session, actor, page, language)


def withdraw(session: Session, actor: Actor, page_id: int, language: str) -> None:
    """Take a page off the public side in one language, at once."""
    page = get_page(session, page_id)
    actor.require(Action.PUBLISH, page.site_id)
    live = live_publications(session, [page_id], language).get(page_id)
    if live is None:
        raise NotFound(N_("This page is not published in this language."))
    _end(session, actor, live)
    record(
        session,
        actor,
        "page.withdraw",
        f"publication:{live.id}",
        site_id=page.site_id,
        before={"page": page.path, "language": language, "sha256": live.content_hash},
    )


def with_publications(session: Session, heads: Sequence[PageHead]) -> list[PageHead]:
    """Return the pages with what only publishing knows: since when they are public, and whether as approved."""
    languages = {head.language for head in heads}
    ids = [head.page_id for head in heads]
    live = {language: live_publications(session, ids, language) for language in languages}
    outdated = _outdated(session, [publication for found in live.values() for publication in found.values()])
    return [_overlaid(head, live[head.language].get(head.page_id), outdated) for head in heads]


def live_publications(session: Session, page_ids: Sequence[int], language: str) -> dict[int, Publication]:
    """Return what is public now, by page id."""
    rows = session.scalars(
        select(Publication).where(
            Publication.page_id.in_(page_ids), Publication.language == language, Publication.ended_at.is_(None)
        )
    )
    return {row.page_id: row for row in rows}


def _publish(session: Session, actor: Actor, page: PageView, language: str) -> int:
    site = site_by_id(session, page.site_id)
    edition = _approved_edition(session, site, page, language)
    if edition is None:
        edition = _machine_edition(session, site, page, language)
    if edition is None:
        raise BadInput(N_("Nothing of this page is approved in this language. Have it approved first."))
    body, charset = body_of(session, edition.version_id)
    document = parse_guarded(body, charset)
    shown, sources = _passages(session, site, page, language, edition)
    facts = _facts(site, edition, shown)
    html = main_content(
        weave_page(document, shown, language, site.source_language),
        base_url=page.url or site.base_url,
        link=internal_links(_published_paths(session, site, language, page)),
    )
    passages = [
        {"block": s.block, "position": s.position, "kind": s.kind, "text": s.text, "source": source}
        for s, source in zip(shown, sources, strict=True)
    ]
    live = live_publications(session, [page.id], language).get(page.id)
    if live is not None:
        _end(session, actor, live)
    publication = Publication(
        page_id=page.id,
        page_version_id=edition.version_id,
        submission_id=edition.submission.id if edition.submission else None,
        language=language,
        title=_attribute_text(document, shown, "title") or page.title,
        description=_attribute_text(document, shown, "content") or "",
        html=html,
        passages=passages,
        facts=facts.as_json(),
        content_hash=hashlib.sha256(json.dumps([html, passages], sort_keys=True).encode()).hexdigest(),
        published_by=actor.person_id,
        published_at=utc_now(),
    )
    session.add(publication)
    session.flush()
    record(
        session,
        actor,
        "page.publish",
        f"publication:{publication.id}",
        site_id=site.id,
        after={"page": page.path, "language": language, "sha256": publication.content_hash},
    )
    return publication.id


def _approved_edition(session: Session, site: SiteView, page: PageView, language: str) -> _Edition | None:
    """Return the newest approved submission's texts; those of the present page where the approval covers it all."""
    row = session.execute(
        select(Submission, Decision)
        .join(Decision, Decision.submission_id == Submission.id)
        .where(
            Submission.page_id == page.id,
            Submission.language == language,
            Decision.verdict == Verdict.APPROVED,
        )
        .order_by(Submission.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    submission, decision = row
    work = load_work(session, site, [page], language)
    present = work.is_wholly_approved(page)
    if present:
        revisions = {segment.segment_id: work.revisions[segment.segment_id] for segment in work.segments(page)}
    else:
        items = select(SubmissionItem.segment_id, Revision).join(Revision, SubmissionItem.revision_id == Revision.id)
        found = session.execute(items.where(SubmissionItem.submission_id == submission.id))
        revisions = dict(found.all())
    publishable = _publishable(session, revisions.values())
    return _Edition(
        version_id=page.version_id if present else submission.page_version_id,
        candidates={
            segment_id: _candidate(revision, approved=True, publishable=publishable.get(revision.draft_id or 0, True))
            for segment_id, revision in revisions.items()
        },
        revisions=tuple(revisions.values()),
        submission=submission,
        decision=decision,
    )


def _machine_edition(session: Session, site: SiteView, page: PageView, language: str) -> _Edition | None:
    """Return the present texts of a page that may be shown without approval."""
    if page.policy(site, language) is not LanguagePolicy.MACHINE_AT_ONCE:
        return None
    work = load_work(session, site, [page], language)
    revisions = {s.segment_id: r for s in work.segments(page) if (r := work.fresh_revision(s)) is not None}
    publishable = _publishable(session, revisions.values())
    return _Edition(
        version_id=page.version_id,
        candidates={
            segment_id: _candidate(revision, approved=False, publishable=publishable.get(revision.draft_id or 0, False))
            for segment_id, revision in revisions.items()
        },
        revisions=tuple(revisions.values()),
        submission=None,
        decision=None,
    )


def _publishable(session: Session, revisions: Iterable[Revision]) -> dict[int, bool]:
    """Return whether the raw text of each machine translation that these were drafted from may be shown."""
    drafts = [revision.draft_id for revision in revisions if revision.draft_id is not None]
    rows = select(MachineTranslation.id, MachineTranslation.publishable).where(MachineTranslation.id.in_(drafts))
    return dict(session.execute(rows).all())


def _candidate(revision: Revision, *, approved: bool, publishable: bool) -> Candidate:
    return Candidate(revision.text, revision.origin.read_by_person, approved, publishable)


def _passages(
    session: Session, site: SiteView, page: PageView, language: str, edition: _Edition
) -> tuple[list[Shown], list[str]]:
    """Return every occurrence of the page with what is shown there, and its source.

    What the page shares with others is as approved with them.
    """
    candidates = {**_shared_candidates(session, site, page, language), **edition.candidates}
    shown, sources = [], []
    for place in occurrences_of(session, edition.version_id):
        kind, text = choose(
            candidates.get(place.segment_id), place.source, page.policy(site, language), page.content_class
        )
        shown.append(Shown(place.block, place.position, kind, text))
        sources.append(place.source)
    return shown, sources


def _shared_candidates(session: Session, site: SiteView, page: PageView, language: str) -> Mapping[int, Candidate]:
    """Return the texts that are approved, or may be shown, of what the site's pages share."""
    found = shared_page(session, site.id)
    if page.shared or found is None:
        return {}
    shared = get_page(session, found.id)
    edition = _approved_edition(session, site, shared, language) or _machine_edition(session, site, shared, language)
    return edition.candidates if edition else {}


def _facts(site: SiteView, edition: _Edition, shown: Sequence[Shown]) -> Facts:
    zone = ZoneInfo(site.timezone)
    read = [revision for revision in edition.revisions if revision.origin.read_by_person]
    decision = edition.decision
    return Facts(
        body=site.responsible,
        total=len(shown),
        read=sum(passage.kind is PassageKind.READ for passage in shown),
        machine=sum(passage.kind is PassageKind.MACHINE for passage in shown),
        corrected=sum(not revision.accepted for revision in read),
        read_on=_day(max((revision.created_at for revision in read), default=None), zone),
        approved_on=_day(decision.decided_at if decision else None, zone),
        basis=decision.basis if decision else None,
        one_person=decision.one_person if decision else False,
        imported=edition.submission.imported if edition.submission else False,
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).date().isoformat() if moment else None


def _attribute_text(document: Document, shown: Sequence[Shown], kind: str) -> str | None:
    """Return the published text of the page's title or description."""
    block = next((block.number for block in document.blocks if block.kind == kind), None)
    return " ".join(passage.text for passage in shown if passage.block == block) or None


def _published_paths(session: Session, site: SiteView, language: str, page: PageView) -> dict[str, str]:
    """Return the public address of every page published in the language, by its address on the site."""
    pages = {other.id: other for other in pages_of(session, site.id) if other.url}
    live = set(live_publications(session, list(pages), language)) | {page.id}
    return {
        pages[page_id].url.rstrip("/"): f"/{site.slug}/{language}/{pages[page_id].path}"
        for page_id in live
        if page_id in pages
    }


def _outdated(session: Session, publications: Iterable[Publication]) -> set[int]:
    """Return the ids of those publications whose page says something else now."""
    newest = newest_version_ids(session, [publication.page_id for publication in publications])
    doubtful = [one for one in publications if one.page_version_id != newest[one.page_id]]
    versions = {version for one in doubtful for version in (one.page_version_id, newest[one.page_id])}
    sources = sources_of(session, versions)
    return {one.id for one in doubtful if sources[one.page_version_id] != sources[newest[one.page_id]]}


def _overlaid(head: PageHead, live: Publication | None, outdated: Collection[int]) -> PageHead:
    if live is None:
        return head
    as_approved = head.state is PageState.APPROVED and live.submission_id == head.submission_id
    as_approved = as_approved and live.id not in outdated
    return replace(head, state=PageState.PUBLISHED if as_approved else head.state, published_at=live.published_at)


def _end(session: Session, actor: Actor, live: Publication) -> None:
    live.ended_at, live.ended_by = utc_now(), actor.person_id
    session.flush()
