"""What is known of some pages in a language, loaded at once; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.checks.flags import FlagRow, flags_of
from review_app.checks.states import FlagState
from review_app.pages.service import PageView
from review_app.quality.service import hidden_revisions, risk_values
from review_app.quality.triage import expected_gain, presumed_risk, risk_level
from review_app.review.submissions import Latest, approved_as, latest_submissions, newest_approvals
from review_app.review.tables import Decision
from review_app.segments.service import Placed, placed_segments
from review_app.sites.service import SiteView
from review_app.translations.texts import WrittenText, newest_texts


@dataclass(frozen=True, slots=True)
class Work:
    """Everything about some pages in one language, loaded at once.

    ``hidden`` are the spot checks that nobody has judged: they have no flags and no risk here, whatever is stored.
    """

    site: SiteView
    language: str
    pages: tuple[PageView, ...]
    placed: dict[int, list[Placed]]
    revisions: Mapping[int, WrittenText]
    flags: Mapping[int, list[FlagRow]]
    latest: dict[int, Latest]
    approvals: dict[int, Decision]
    approved: Mapping[int, Mapping[int, int]]
    risks: dict[int, float]
    hidden: frozenset[int]

    def segments(self, page: PageView) -> list[Placed]:
        """Return the page's segments, in page order."""
        return self.placed[page.version_id]

    def fresh_revision(self, segment: Placed) -> WrittenText | None:
        """Return the newest revision if it translates the present source."""
        revision = self.revisions.get(segment.segment_id)
        return revision if revision is not None and revision.source == segment.source else None

    def open_flags(self, segment: Placed) -> list[FlagRow]:
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

    def is_risky(self, segment: Placed) -> bool:
        """Whether the text is flagged, or unread and at high risk."""
        risk = self.risk(segment)
        return bool(self.open_flags(segment)) or (risk is not None and risk_level(risk) == "high")

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
    placed: dict[int, list[Placed]] | None = None,
    exactly: Mapping[int, WrittenText] | None = None,
    some: list[Placed] | None = None,
    latest: dict[int, Latest] | None = None,
) -> Work:
    """Load what the views of these pages in this language are made of; of ``some`` segments of one page only, if given.

    Whoever asks for several languages looks the segments up once, and gives them as ``placed``. With ``exactly``
    these revisions, by segment id, stand for the newest ones. Whoever knows the ``latest`` submissions gives them.
    """
    if some is not None:
        placed = {pages[0].version_id: some}
    if placed is None:
        placed = placed_segments(session, [page.version_id for page in pages])
    segment_ids = {segment.segment_id for segments in placed.values() for segment in segments}
    revisions = newest_texts(session, segment_ids, language) if exactly is None else exactly
    page_ids = [page.id for page in pages]
    if latest is None:
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
        approved=approved_as(session, list(latest), language, None if some is None else segment_ids) if latest else {},
        risks=risk_values(session, seen),
        hidden=hidden,
    )
