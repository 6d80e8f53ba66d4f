"""Reads what the bench, the desk and the lists show; writes nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.checks.flag_rows import FlagRow, OpenFlag, flag_rows
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, get_page
from review_app.quality.service import Risk, risks_of
from review_app.quality.triage import risk_level
from review_app.review.commented import comments_of
from review_app.review.effort import minutes, seconds_left
from review_app.review.states import Facts, page_state
from review_app.review.views import CommentView, FlagView, MachineText, PageHead, SegmentRow
from review_app.review.work import Known, Work, content_hash, load_work
from review_app.segments.service import Placed, find_own
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.origin import state_of
from review_app.translations.revision_rows import RevisionRow
from review_app.translations.service import machine_translations
from review_app.translations.tables import MachineTranslation

SEVERITIES = ("critical", "major", "minor")

NOBODY: Mapping[int, str] = {}
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """A page and its site, as a request found them: it need not look them up for every step."""

    page: PageView
    site: SiteView


Where: TypeAlias = int | Place
"""A page: its id, or the place that it was opened as."""


def open_place(session: Session, actor: Actor, page_id: int, site: SiteView | None = None) -> Place:
    """Return a page and its site, which may be known; raises ``NotFound``, also when it is another site's page."""
    page = get_page(session, page_id)
    if not actor.may(Action.READ, page.site_id) or (site is not None and site.id != page.site_id):
        raise NotFound(N_("There is no such page."))  # a stranger is not told that it exists
    return Place(page, site or site_by_id(session, page.site_id))


def open_page(
    session: Session, actor: Actor, where: Where, language: str, action: Action, key: str | None = None
) -> tuple[PageView, Work]:
    """Return a page and what is known of it in a language (of one segment only, if its key is given).

    Raises ``NotFound`` for whoever does not belong to the site, and ``NotAllowed`` without the right to the action.
    """
    page, site = _open(session, actor, where, language, action)
    return page, load_work(session, site, [page], language, key)


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment of a page's newest version that somebody works on in a language."""

    page: PageView
    site: SiteView
    language: str
    segment_id: int
    source: str


def open_segment(
    session: Session, actor: Actor, where: Where, language: str, action: Action, key: str, *, hold: bool = False
) -> OpenSegment:
    """Return a segment of a page, and no more than that; raises as ``open_page`` does.

    ``hold``: nobody else writes a text of it until the transaction ends.
    """
    page, site = _open(session, actor, where, language, action)
    own = find_own(session, page.id, page.version_id, key, hold=hold)
    if own is None:
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    return OpenSegment(page, site, language, own.segment_id, own.source)


def _open(session: Session, actor: Actor, where: Where, language: str, action: Action) -> tuple[PageView, SiteView]:
    place = where if isinstance(where, Place) else open_place(session, actor, where)
    page, site = place.page, place.site
    if not actor.may(Action.READ, page.site_id):
        raise NotFound(N_("There is no such page."))
    actor.require(action, page.site_id, language)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return page, site


def head_of(work: Work, page: PageView) -> PageHead:
    """Return the page's state and counts."""
    segments = work.segments(page)
    known = [work.of(segment) for segment in segments]
    severities = Counter(flag.severity for one in known for flag in one.open_flags)
    translated = [one.revision for one in known if one.revision is not None]
    read = sum(one.is_read for one in known)
    approved = sum(work.is_approved(page, segment) for segment in segments)
    latest = work.latest.get(page.id)
    state = page_state(
        Facts(
            translated=len(translated),
            read=read,
            current_hash=content_hash(work, page),
            submitted_hash=latest.submission.content_hash if latest else None,
            verdict=latest.decision.verdict if latest and latest.decision else None,
            wholly_approved=0 < len(segments) == approved,
            published=False,
        )
    )
    left = sum(
        seconds_left(segment.source, read=one.is_read, flagged=bool(one.open_flags))
        for segment, one in zip(segments, known, strict=True)
        if not one.is_read or one.open_flags
    )
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
        stale=sum(one.revision is not None and one.fresh is None for one in known),
        approved_share=approved / len(segments) if segments else 0.0,
        minutes_left=minutes(left),
        changed_at=max([page.taken_at, *(revision.created_at for revision in translated)]),
        published_at=None,
        submission_id=latest.submission.id if latest else None,
        visits=page.visits,
        risky=sum(_is_risky(one) for one in known),
        spot_checks=sum(one.is_spot_check for one in known),
        gain=sum(work.gain(page, segment) for segment in segments),
    )


def _is_risky(one: Known) -> bool:
    return bool(one.open_flags) or (one.risk is not None and risk_level(one.risk) == "high")


def outlines_of(session: Session, work: Work, page: PageView) -> tuple[SegmentRow, ...]:
    """Return every segment of the page as a closed row shows it.

    Without drafts, names, reasons of its risk, and what its flags say.
    """
    segments = work.segments(page)
    comments = comments_of(session, [segment.segment_id for segment in segments], work.language)
    return tuple(
        _row(
            work,
            page,
            segment,
            [_outline(flag) for flag in work.open_flags(segment)],
            comments=comments.get(segment.segment_id, ()),
        )
        for segment in segments
    )


def rows_of(
    session: Session,
    work: Work,
    page: PageView,
    keys: Collection[str] | None = None,
    comments: Mapping[int, tuple[CommentView, ...]] | None = None,
) -> tuple[SegmentRow, ...]:
    """Return every segment of the page, or those with these keys, with texts and flags; the comments may be known."""
    segments = [segment for segment in work.segments(page) if keys is None or segment.key in keys]
    outputs = machine_translations(session, [segment.segment_id for segment in segments], work.language)
    revisions = {one.segment_id: work.revisions[one.segment_id] for one in segments if one.segment_id in work.revisions}
    flags = flag_rows(session, [one.id for one in revisions.values() if one.id not in work.hidden])
    names = names_of(session, _people(revisions.values(), flags.values()))
    risks = explained_risks(session, work, segments)
    if comments is None:
        comments = comments_of(session, [segment.segment_id for segment in segments], work.language)

    def row(segment: Placed) -> SegmentRow:
        revision = revisions.get(segment.segment_id)
        found = flags.get(revision.id, ()) if revision else ()
        return _row(
            work,
            page,
            segment,
            [flag_view(flag, names) for flag in found],
            outputs.get(segment.segment_id, ()),
            names,
            risks.get(segment.segment_id),
            comments.get(segment.segment_id, ()),
        )

    return tuple(map(row, segments))


def _people(revisions: Iterable[RevisionRow], flags: Iterable[Sequence[FlagRow]]) -> set[int]:
    """Return the ids of who wrote texts, or decided on their flags."""
    deciders = {flag.decided_by for found in flags for flag in found if flag.decided_by}
    return deciders | {one.author_id for one in revisions if one.author_id}


def explained_risks(session: Session, work: Work, segments: Sequence[Placed]) -> dict[int, Risk]:
    """Return, by segment id, the risk of what no person has read, with its reasons."""
    known = {work.revisions[s.segment_id].id: s.segment_id for s in segments if work.risk(s) is not None}
    return {known[revision_id]: risk for revision_id, risk in risks_of(session, known).items()}


def flag_view(flag: FlagRow, names: Mapping[int, str]) -> FlagView:
    """Return a stored flag as the templates see it."""
    return FlagView(
        flag.id,
        flag.name,
        flag.severity,
        flag.category,
        flag.source_span,
        flag.target_span,
        flag.message_id,
        flag.values,
        flag.state,
        names.get(flag.decided_by) if flag.decided_by else None,
    )


def _outline(flag: OpenFlag) -> FlagView:
    return FlagView(None, "", flag.severity, "", None, flag.target_span, "", NOTHING)


def _bare(risk: float | None) -> Risk | None:
    return None if risk is None else Risk(risk, ())


def machine_text(row: MachineTranslation) -> MachineText:
    """Return an engine's output as the templates see it."""
    return MachineText(row.engine, row.version, row.made_on, row.text, row.rejection, row.publishable)


def _row(
    work: Work,
    page: PageView,
    segment: Placed,
    flags: Sequence[FlagView],
    outputs: Sequence[MachineTranslation] = (),
    names: Mapping[int, str] = NOBODY,
    risk: Risk | None = None,
    comments: tuple[CommentView, ...] = (),
) -> SegmentRow:
    known = work.of(segment)
    revision = known.revision
    present = [output for output in outputs if output.source_hash == segment.source_hash]
    draft = next((output for output in outputs if revision and output.id == revision.draft_id), None)
    stale = revision is not None and known.fresh is None
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
        flags=tuple(flags),
        stale=stale,
        old_source=revision.source if revision and stale else None,
        approved=work.is_approved(page, segment),
        author=names.get(revision.author_id) if revision and revision.author_id else None,
        changed_at=revision.created_at if revision else None,
        origin=revision.origin if revision else None,
        risk=risk or _bare(known.risk),
        spot_check=known.is_spot_check,
        segment_id=segment.segment_id,
        comments=comments,
    )
