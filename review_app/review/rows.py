"""The segments of a page as the bench, the desk and the lists show them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy.orm import Session

from review_app.accounts.service import names_of
from review_app.checks.flags import FlagRow
from review_app.pages.service import PageView
from review_app.quality.service import Risk, risks_of
from review_app.review.commented import comments_of
from review_app.review.views import CommentView, FlagView, MachineText, SegmentRow
from review_app.review.work import Work
from review_app.segments.service import Placed
from review_app.translations.origin import state_of
from review_app.translations.service import machine_translations
from review_app.translations.tables import MachineTranslation

Said: TypeAlias = Mapping[int, tuple[CommentView, ...]]
"""Comments by the id of their segment."""


def outlines_of(
    session: Session, work: Work, page: PageView, keys: Collection[str] | None = None, comments: Said | None = None
) -> tuple[SegmentRow, ...]:
    """Return every segment of the page, or those with these keys, as a closed row shows it.

    It has no drafts, no names, and no reasons of its risk. ``comments``: what was said of the segments, if it is known.
    """
    segments = [segment for segment in work.segments(page) if keys is None or segment.key in keys]
    comments = _said(session, work, segments) if comments is None else comments
    risks = {s.segment_id: None if (risk := work.risk(s)) is None else Risk(risk, ()) for s in segments}
    return tuple(_row(work, page, s, [], {}, risks[s.segment_id], comments.get(s.segment_id, ())) for s in segments)


def rows_of(
    session: Session, work: Work, page: PageView, keys: Collection[str] | None = None, comments: Said | None = None
) -> tuple[SegmentRow, ...]:
    """Return every segment of the page, or those with these keys, with texts and flags."""
    segments = [segment for segment in work.segments(page) if keys is None or segment.key in keys]
    outputs = machine_translations(session, [segment.segment_id for segment in segments], work.language)
    names = names_of(session, _people(work, segments))
    risks = explained_risks(session, work, segments)
    comments = _said(session, work, segments) if comments is None else comments
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


def _said(session: Session, work: Work, segments: Iterable[Placed]) -> Said:
    return comments_of(session, [segment.segment_id for segment in segments], work.language)


def _people(work: Work, segments: Iterable[Placed]) -> set[int]:
    """Return the ids of who wrote the texts of segments, or decided on their flags."""
    revisions = [work.revisions[one.segment_id] for one in segments if one.segment_id in work.revisions]
    deciders = {flag.decided_by for one in revisions for flag in work.flags.get(one.id, ()) if flag.decided_by}
    return deciders | {one.author_id for one in revisions if one.author_id}


def explained_risks(session: Session, work: Work, segments: Sequence[Placed]) -> dict[int, Risk]:
    """Return, by segment id, the risk of what no person has read, with its reasons."""
    known = {work.revisions[s.segment_id].id: s.segment_id for s in segments if work.risk(s) is not None}
    return {known[revision_id]: risk for revision_id, risk in risks_of(session, known).items()}


def flag_view(flag: FlagRow, names: dict[int, str]) -> FlagView:
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
