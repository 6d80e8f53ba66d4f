"""The state and counts of a page in a language, and the hash of what a submission of it covers."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from review_app.pages.service import PageView
from review_app.review.effort import minutes, words_in
from review_app.review.states import Facts, page_state
from review_app.review.submissions import Latest
from review_app.review.views import PageHead
from review_app.review.work import Work
from review_app.sites.service import SiteView

SEVERITIES = ("critical", "major", "minor")


@dataclass(frozen=True, slots=True)
class Sums:
    """What a page's segments add up to in a language, and the hash of what they cover.

    ``words`` are those of texts that no person has read; ``flagged`` counts texts with open flags, ``risky`` those
    and the ones at high risk. ``changed_at`` is none where nothing is translated.
    """

    segments: int
    translated: int
    read: int
    stale: int
    approved: int
    words: int
    flagged: int
    open_flags: Mapping[str, int]
    risky: int
    spot_checks: int
    gain: float
    changed_at: datetime | None
    content_hash: str | None


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
    """Return the state and counts of a page that is loaded."""
    return head(work.site, page, work.language, work.latest.get(page.id), sums_of(work, page))


def sums_of(work: Work, page: PageView) -> Sums:
    """Add up what is loaded of a page."""
    segments = work.segments(page)
    flags = {segment.segment_id: work.open_flags(segment) for segment in segments}
    severities = Counter(flag.severity for found in flags.values() for flag in found)
    translated = [work.revisions[s.segment_id] for s in segments if s.segment_id in work.revisions]
    return Sums(
        segments=len(segments),
        translated=len(translated),
        read=sum(work.is_read(segment) for segment in segments),
        stale=sum(s.segment_id in work.revisions and work.fresh_revision(s) is None for s in segments),
        approved=sum(work.is_approved(page, segment) for segment in segments),
        words=sum(words_in(segment.source) for segment in segments if not work.is_read(segment)),
        flagged=sum(bool(found) for found in flags.values()),
        open_flags={severity: severities[severity] for severity in SEVERITIES if severities[severity]},
        risky=sum(work.is_risky(segment) for segment in segments),
        spot_checks=sum(work.is_spot_check(segment) for segment in segments),
        gain=sum(work.gain(page, segment) for segment in segments),
        changed_at=max((revision.created_at for revision in translated), default=None),
        content_hash=content_hash(work, page),
    )


def head(site: SiteView, page: PageView, language: str, latest: Latest | None, sums: Sums) -> PageHead:
    """Return the state and counts that follow from what a page's segments add up to."""
    state = page_state(
        Facts(
            translated=sums.translated,
            read=sums.read,
            current_hash=sums.content_hash or "",
            submitted_hash=latest.submission.content_hash if latest else None,
            verdict=latest.decision.verdict if latest and latest.decision else None,
            wholly_approved=0 < sums.approved == sums.segments,
            published=False,
        )
    )
    return PageHead(
        site_slug=site.slug,
        site_name=site.name,
        page_id=page.id,
        path=page.path,
        title=page.title,
        url=page.url,
        content_class=page.content_class,
        shared=page.shared,
        policy=page.policy(site, language),
        language=language,
        state=state,
        segments=sums.segments,
        translated=sums.translated,
        read=sums.read,
        open_flags=sums.open_flags,
        stale=sums.stale,
        approved_share=sums.approved / sums.segments if sums.segments else 0.0,
        minutes_left=minutes(sums.words, sums.flagged),
        changed_at=max(page.taken_at, sums.changed_at or page.taken_at),
        published_at=None,
        submission_id=latest.submission.id if latest else None,
        visits=page.visits,
        risky=sums.risky,
        spot_checks=sums.spot_checks,
        gain=sums.gain,
    )
