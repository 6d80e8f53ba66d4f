"""What is about to be published of a page: whose texts, on which approval, and what its readers are told of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.pages.service import PageView, get_page, shared_page
from review_app.publishing.content import Shown
from review_app.publishing.notice import Facts
from review_app.publishing.passages import Candidate, PassageKind, choose
from review_app.publishing.tables import PulledText
from review_app.review.states import Verdict
from review_app.review.submissions import items_of
from review_app.review.tables import Decision, Submission
from review_app.review.work import load_work
from review_app.segments.service import occurrences_of
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteView
from review_app.translations.tables import MachineTranslation
from review_app.translations.texts import WrittenText


@dataclass(frozen=True, slots=True)
class Edition:
    """What is about to be published: the texts of one page version and the approval they stand on, if any."""

    version_id: int
    candidates: Mapping[int, Candidate]
    revisions: tuple[WrittenText, ...]
    submission: Submission | None
    decision: Decision | None


def approved_edition(session: Session, site: SiteView, page: PageView, language: str) -> Edition | None:
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
    if not work.is_wholly_approved(page):
        return edition_of(session, submission, decision)
    revisions = {segment.segment_id: work.revisions[segment.segment_id] for segment in work.segments(page)}
    return _edition(session, page.version_id, revisions, submission, decision)


def edition_of(session: Session, submission: Submission, decision: Decision) -> Edition:
    """Return exactly the texts of a submission, on the approval of it; of a part, the rest as not approved."""
    approved = items_of(session, submission.id)
    rest = items_of(session, submission.part_of_id) if submission.part_of_id else {}
    return _edition(session, submission.page_version_id, approved, submission, decision, rest)


def _edition(
    session: Session,
    version_id: int,
    approved: Mapping[int, WrittenText],
    submission: Submission | None = None,
    decision: Decision | None = None,
    rest: Mapping[int, WrittenText] | None = None,
) -> Edition:
    """Return an edition of approved texts and (``rest``) of others, which policy may let be shown."""
    texts = {**(rest or {}), **approved}
    publishable = _publishable(session, texts.values())
    return Edition(
        version_id=version_id,
        candidates={
            segment_id: _candidate(
                revision,
                approved=segment_id in approved,
                publishable=publishable.get(revision.draft_id or 0, True),
            )
            for segment_id, revision in texts.items()
        },
        revisions=tuple((approved or texts).values()),
        submission=submission,
        decision=decision,
    )


def machine_edition(session: Session, site: SiteView, page: PageView, language: str) -> Edition | None:
    """Return the present texts of a page that may be shown without approval."""
    if page.policy(site, language) is not LanguagePolicy.MACHINE_AT_ONCE:
        return None
    work = load_work(session, site, [page], language)
    revisions = {s.segment_id: r for s in work.segments(page) if (r := work.fresh_revision(s)) is not None}
    return _edition(session, page.version_id, {}, rest=revisions)


def passages_of(
    session: Session, site: SiteView, page: PageView, language: str, edition: Edition
) -> tuple[list[Shown], list[str]]:
    """Return every occurrence of the page with what is shown there, and its source.

    What the page shares with others is as approved with them.
    """
    candidates = {**_shared_candidates(session, site, page, language), **edition.candidates}
    pulled = pulled_texts(session, candidates, language)
    shown, sources = [], []
    for place in occurrences_of(session, edition.version_id):
        candidate = candidates.get(place.segment_id)
        if candidate is not None and (place.segment_id, candidate.text) in pulled:
            candidate = None
        kind, text = choose(candidate, place.source, page.policy(site, language), page.content_class)
        shown.append(Shown(place.block, place.position, kind, text))
        sources.append(place.source)
    return shown, sources


def facts_of(site: SiteView, edition: Edition, shown: Sequence[Shown]) -> Facts:
    """Return the facts that a page's notice is built from."""
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
        drafted=sum(revision.draft_id is not None for revision in edition.revisions),
    )


def _shared_candidates(session: Session, site: SiteView, page: PageView, language: str) -> Mapping[int, Candidate]:
    """Return the texts that are approved, or may be shown, of what the site's pages share."""
    found = shared_page(session, site.id)
    if page.shared or found is None:
        return {}
    shared = get_page(session, found.id)
    edition = approved_edition(session, site, shared, language) or machine_edition(session, site, shared, language)
    return edition.candidates if edition else {}


def _publishable(session: Session, revisions: Iterable[WrittenText]) -> dict[int, bool]:
    """Return whether the raw text of each machine translation that these were drafted from may be shown."""
    drafts = [revision.draft_id for revision in revisions if revision.draft_id is not None]
    rows = select(MachineTranslation.id, MachineTranslation.publishable).where(MachineTranslation.id.in_(drafts))
    return dict(session.execute(rows).all())


def _candidate(revision: WrittenText, *, approved: bool, publishable: bool) -> Candidate:
    return Candidate(revision.text, revision.origin.read_by_person, approved, publishable)


def _day(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).date().isoformat() if moment else None


def pulled_texts(session: Session, segment_ids: Iterable[int], language: str) -> set[tuple[int, str]]:
    """Return the texts that were taken off the public side for good, with their segments."""
    rows = session.execute(
        select(PulledText.segment_id, PulledText.text).where(
            PulledText.segment_id.in_(list(segment_ids)), PulledText.language == language
        )
    )
    return {(segment_id, text) for segment_id, text in rows}
