"""Reads what the bench, the desk and the lists show; writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.checks.service import flags_of
from review_app.checks.states import FlagState
from review_app.checks.tables import Flag
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, get_page
from review_app.quality.service import Risk, hidden_revisions, risk_values, risks_of
from review_app.quality.triage import expected_gain, presumed_risk, risk_level
from review_app.review.commented import comments_of
from review_app.review.effort import minutes, seconds_left
from review_app.review.states import Facts, page_state
from review_app.review.submissions import Latest, approved_as, latest_submissions, newest_approvals
from review_app.review.tables import Decision
from review_app.review.views import CommentView, FlagView, MachineText, PageHead, SegmentRow
from review_app.segments.service import Placed, find_own, placed_segments
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.origin import state_of
from review_app.translations.service import machine_translations, newest_revisions
from review_app.translations.tables import MachineTranslation, Revision

SEVERITIES = ("critical", "major", "minor")


@dataclass(frozen=True, slots=True)
class Work:
    """Everything about some pages in one language, loaded at once.

    ``hidden`` are the spot checks that nobody has judged: they have no flags and no risk here, whatever is stored.
    """

    site: SiteView
    language: str
    pages: tuple[PageView, ...]
    placed: dict[int, list[Placed]]
    revisions: dict[int, Revision]
    flags: dict[int, list[Flag]]
    latest: dict[int, Latest]
    approvals: dict[int, Decision]
    approved: Mapping[int, Mapping[int, int]]
    risks: dict[int, float]
    hidden: frozenset[int]

    def segments(self, page: PageView) -> list[Placed]:
        """Return the page's segments, in page order."""
        return self.placed[page.version_id]

    def fresh_revision(self, segment: Placed) -> Revision | None:
        """Return the newest revision if it translates the present source."""
        revision = self.revisions.get(segment.segment_id)
        return revision if revision is not None and revision.source == segment.source else None

    def open_flags(self, segment: Placed) -> list[Flag]:
        """Return the open flags on the segment's newest text."""
        revision = self.revisions.get(segment.segment_id)
        found = self.flags.get(revision.id, []) if revision else []
        return [flag for flag in found if flag.state is FlagState.OPEN]

    def is_approved(self, page: PageView, segment: Placed) -> bool:
        """Whether the newest text is the one last approved, of the present source."""
        revision = self.fresh_revision(segment)
        return revision is not None and self.approved.get(page.id, {}).get(segment.segment_id) == revision.approved_as

    def is_wholly_approved(self, page: PageView) -> bool:
        """Whether every text of the page is one last approved: also when others have left the page since."""
        return bool(self.segments(page)) and all(self.is_approved(page, segment) for segment in self.segments(page))

    def is_spot_check(self, segment: Placed) -> bool:
        """Whether the text is to be judged before anybody sees its flags and its risk."""
        revision = self.revisions.get(segment.segment_id)
        return revision is not None and revision.id in self.hidden

    def risk(self, segment: Placed) -> float | None:
        """Return the risk of a text that no person has read; none where it is not known, or not to be seen."""
        revision = self.revisions.get(segment.segment_id)
        return None if revision is None or self.is_read(segment) else self.risks.get(revision.id)

    def gain(self, page: PageView, segment: Placed) -> float:
        """Return what working on a segment is worth: nothing once it is read and no flag is open."""
        flags = self.open_flags(segment)
        if self.is_spot_check(segment) or segment.segment_id not in self.revisions:
            return 0.0
        if self.is_read(segment) and not flags:
            return 0.0
        risk = self.risk(segment)
        value = presumed_risk(flag.severity for flag in flags) if risk is None else risk
        return expected_gain(value, page.visits, page.content_class)

    def is_read(self, segment: Placed) -> bool:
        """Whether a person stands behind the text of the present source."""
        revision = self.fresh_revision(segment)
        return revision is not None and revision.origin.read_by_person


def load_work(
    session: Session,
    site: SiteView,
    pages: Sequence[PageView],
    language: str,
    key: str | None = None,
    placed: dict[int, list[Placed]] | None = None,
    exactly: dict[int, Revision] | None = None,
) -> Work:
    """Load what the views of these pages in this language are made of; of one segment only, if its key is given.

    Whoever asks for several languages looks the segments up once, and gives them as ``placed``. With ``exactly``
    these revisions, by segment id, stand for the newest ones.
    """
    if placed is None:
        placed = placed_segments(session, [page.version_id for page in pages])
    if key is not None:
        placed = {version: [s for s in segments if s.key == key] for version, segments in placed.items()}
    segment_ids = {segment.segment_id for segments in placed.values() for segment in segments}
    revisions = newest_revisions(session, segment_ids, language) if exactly is None else exactly
    page_ids = [page.id for page in pages]
    latest = latest_submissions(session, page_ids, language)
    hidden = hidden_revisions(session, [revision.id for revision in revisions.values()])
    seen = [revision.id for revision in revisions.values() if revision.id not in hidden]
    return Work(
        site=site,
        language=language,
        pages=tuple(pages),
        placed=placed,
        revisions=revisions,
        flags=flags_of(session, seen),
        latest=latest,
        approvals=newest_approvals(session, list(latest), language) if latest else {},
        approved=approved_as(session, list(latest), language) if latest else {},
        risks=risk_values(session, seen),
        hidden=hidden,
    )


def open_page(
    session: Session, actor: Actor, page_id: int, language: str, action: Action, key: str | None = None
) -> tuple[PageView, Work]:
    """Return a page and what is known of it in a language (of one segment only, if its key is given).

    Raises ``NotFound`` for whoever does not belong to the site, and ``NotAllowed`` without the right to the action.
    """
    page, site = _open(session, actor, page_id, language, action)
    return page, load_work(session, site, [page], language, key)


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment of a page's newest version that somebody works on in a language."""

    page: PageView
    site: SiteView
    language: str
    segment_id: int
    source: str


def open_segment(session: Session, actor: Actor, page_id: int, language: str, action: Action, key: str) -> OpenSegment:
    """Return a segment of a page, and no more than that; raises as ``open_page`` does."""
    page, site = _open(session, actor, page_id, language, action)
    own = find_own(session, page.id, page.version_id, key)
    if own is None:
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    return OpenSegment(page, site, language, own.segment_id, own.source)


def _open(session: Session, actor: Actor, page_id: int, language: str, action: Action) -> tuple[PageView, SiteView]:
    page = get_page(session, page_id)
    if not actor.may(Action.READ, page.site_id):
        raise NotFound(N_("There is no such page."))  # a stranger is not told that it exists
    actor.require(action, page.site_id, language)
    site = site_by_id(session, page.site_id)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return page, site


def content_hash(work: Work, page: PageView) -> str:
    """Return the hash of what a submission covers: of each segment the exact text, or the source that lacks one.

    A revision belongs to one source, so it says that too; one that only carries an approval on counts as the former.
    """
    digest = hashlib.sha256()
    for segment in work.segments(page):
        revision = work.fresh_revision(segment)
        covered = str(revision.approved_as) if revision else segment.source_hash
        digest.update(f"{segment.segment_id}:{covered}\n".encode())
    return digest.hexdigest()


def head_of(work: Work, page: PageView) -> PageHead:
    """Return the page's state and counts."""
    segments = work.segments(page)
    flags = {segment.segment_id: work.open_flags(segment) for segment in segments}
    severities = Counter(flag.severity for found in flags.values() for flag in found)
    translated = [work.revisions[s.segment_id] for s in segments if s.segment_id in work.revisions]
    read = sum(work.is_read(segment) for segment in segments)
    latest = work.latest.get(page.id)
    state = page_state(
        Facts(
            translated=len(translated),
            read=read,
            current_hash=content_hash(work, page),
            submitted_hash=latest.submission.content_hash if latest else None,
            verdict=latest.decision.verdict if latest and latest.decision else None,
            wholly_approved=work.is_wholly_approved(page),
            published=False,
        )
    )
    left = sum(seconds_left(s.source, read=work.is_read(s), flagged=bool(flags[s.segment_id])) for s in segments)
    return PageHead(
        site_slug=work.site.slug,
        site_name=work.site.name,
        page_id=page.id,
        path=page.path,
        title=page.title,
        url=page.url,
        content_class=page.content_class,
        shared=page.shared,
        policy=page.policy(work.site, work.language),
        language=work.language,
        state=state,
        segments=len(segments),
        translated=len(translated),
        read=read,
        open_flags={severity: severities[severity] for severity in SEVERITIES if severities[severity]},
        stale=sum(s.segment_id in work.revisions and work.fresh_revision(s) is None for s in segments),
        approved_share=sum(work.is_approved(page, s) for s in segments) / len(segments) if segments else 0.0,
        minutes_left=minutes(left),
        changed_at=max([page.taken_at, *(revision.created_at for revision in translated)]),
        published_at=None,
        submission_id=latest.submission.id if latest else None,
        visits=page.visits,
        risky=sum(_is_risky(work, segment) for segment in segments),
        spot_checks=sum(work.is_spot_check(segment) for segment in segments),
        gain=sum(work.gain(page, segment) for segment in segments),
    )


def _is_risky(work: Work, segment: Placed) -> bool:
    risk = work.risk(segment)
    return bool(work.open_flags(segment)) or (risk is not None and risk_level(risk) == "high")


def outlines_of(session: Session, work: Work, page: PageView) -> tuple[SegmentRow, ...]:
    """Return every segment of the page as a closed row shows it: without drafts, names, and reasons of its risk."""
    segments = work.segments(page)
    comments = comments_of(session, [segment.segment_id for segment in segments], work.language)
    risks = {s.segment_id: None if (risk := work.risk(s)) is None else Risk(risk, ()) for s in segments}
    return tuple(_row(work, page, s, [], {}, risks[s.segment_id], comments.get(s.segment_id, ())) for s in segments)


def rows_of(
    session: Session, work: Work, page: PageView, keys: Collection[str] | None = None
) -> tuple[SegmentRow, ...]:
    """Return every segment of the page, or those with these keys, with texts and flags."""
    segments = [segment for segment in work.segments(page) if keys is None or segment.key in keys]
    outputs = machine_translations(session, [segment.segment_id for segment in segments], work.language)
    names = names_of(session, _people(work, segments))
    risks = explained_risks(session, work, segments)
    comments = comments_of(session, [segment.segment_id for segment in segments], work.language)
    return tuple(
        _row(
            work,
            page,
            segment,
            outputs.get(segment.segment_id, []),
            names,
            risks.get(segment.segment_id),
            comments.get(segment.segment_id, ()),
        )
        for segment in segments
    )


def _people(work: Work, segments: Iterable[Placed]) -> set[int]:
    """Return the ids of who wrote the texts of segments, or decided on their flags."""
    revisions = [work.revisions[one.segment_id] for one in segments if one.segment_id in work.revisions]
    deciders = {flag.decided_by for one in revisions for flag in work.flags.get(one.id, ()) if flag.decided_by}
    return deciders | {one.author_id for one in revisions if one.author_id}


def explained_risks(session: Session, work: Work, segments: Sequence[Placed]) -> dict[int, Risk]:
    """Return, by segment id, the risk of what no person has read, with its reasons."""
    known = {work.revisions[s.segment_id].id: s.segment_id for s in segments if work.risk(s) is not None}
    return {known[revision_id]: risk for revision_id, risk in risks_of(session, known).items()}


def flag_view(flag: Flag, names: dict[int, str]) -> FlagView:
    """Return a stored flag as the templates see it."""
    return FlagView(
        id=flag.id,
        name=flag.name,
        severity=flag.severity,
        category=flag.category,
        source_span=flag.source_span,
        target_span=flag.target_span,
        message_id=flag.message_id,
        values=flag.values,
        state=flag.state,
        decided_by=names.get(flag.decided_by) if flag.decided_by else None,
        fix=flag.fix,
    )


def machine_text(row: MachineTranslation) -> MachineText:
    """Return an engine's output as the templates see it."""
    return MachineText(row.engine, row.version, row.made_on, row.text, row.rejection, row.publishable)


def _row(
    work: Work,
    page: PageView,
    segment: Placed,
    outputs: list[MachineTranslation],
    names: dict[int, str],
    risk: Risk | None,
    comments: tuple[CommentView, ...],
) -> SegmentRow:
    revision = work.revisions.get(segment.segment_id)
    present = [output for output in outputs if output.source_hash == segment.source_hash]
    draft = next((output for output in outputs if revision and output.id == revision.draft_id), None)
    stale = revision is not None and revision.source != segment.source
    if draft is None and revision is None:
        draft = next((output for output in present if output.text is None), None)
    return SegmentRow(
        key=segment.key,
        number=segment.number,
        kind=segment.kind,
        source=segment.source,
        state=state_of(revision.origin if revision else None, accepted=bool(revision and revision.accepted)),
        revision=revision.number if revision else 0,
        text=revision.text if revision else None,
        draft=machine_text(draft) if draft else None,
        others=tuple(machine_text(output) for output in present if output is not draft),
        flags=tuple(flag_view(flag, names) for flag in (work.flags.get(revision.id, []) if revision else [])),
        stale=stale,
        old_source=revision.source if revision and stale else None,
        approved=work.is_approved(page, segment),
        author=names.get(revision.author_id) if revision and revision.author_id else None,
        changed_at=revision.created_at if revision else None,
        origin=revision.origin if revision else None,
        risk=risk,
        spot_check=work.is_spot_check(segment),
        comments=comments,
    )
