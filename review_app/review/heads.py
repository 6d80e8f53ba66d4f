"""The state and counts of a page in a language, and the hash of what a submission of it covers."""

import hashlib
from collections import Counter

from review_app.pages.service import PageView
from review_app.quality.triage import risk_level
from review_app.review.effort import minutes, seconds_left
from review_app.review.states import Facts, page_state
from review_app.review.views import PageHead
from review_app.review.work import Work
from review_app.segments.service import Placed

SEVERITIES = ("critical", "major", "minor")


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
