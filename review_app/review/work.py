"""Everything about some pages in one language, loaded at once; writes nothing."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from review_app.checks.flag_rows import OpenFlag, open_flags
from review_app.pages.service import PageView
from review_app.quality.service import hidden_revisions, is_hidden, risk_values
from review_app.quality.tables import Estimate
from review_app.quality.triage import expected_gain, presumed_risk
from review_app.review.submissions import Latest, approved_as, latest_submissions, newest_approvals
from review_app.review.tables import Decision
from review_app.segments.service import Placed, placed_segments
from review_app.sites.service import SiteView
from review_app.translations.revision_rows import NEWEST, RevisionRow
from review_app.translations.tables import Revision


class Known(NamedTuple):
    """What is known of a segment's newest text.

    ``fresh`` is the text if it translates the present source; ``is_read``: a person stands behind that. The ``risk`` is
    that of a text that no person has read; none where it is not known, or not to be seen.
    """

    revision: RevisionRow | None = None
    fresh: RevisionRow | None = None
    is_read: bool = False
    is_spot_check: bool = False
    open_flags: Sequence[OpenFlag] = ()
    risk: float | None = None


UNTRANSLATED = Known()


@dataclass(frozen=True, slots=True)
class Work:
    """Everything about some pages in one language, loaded at once.

    ``hidden`` are the spot checks that nobody has judged: they have no flags and no risk here, whatever is stored.
    """

    site: SiteView
    language: str
    pages: tuple[PageView, ...]
    placed: dict[int, list[Placed]]
    revisions: dict[int, RevisionRow]
    known: Mapping[int, Known]
    latest: dict[int, Latest]
    approvals: dict[int, Decision]
    approved: Mapping[int, Mapping[int, int]]
    hidden: frozenset[int]

    def segments(self, page: PageView) -> list[Placed]:
        """Return the page's segments, in page order."""
        return self.placed[page.version_id]

    def of(self, segment: Placed) -> Known:
        """Return what is known of a segment's newest text."""
        return self.known.get(segment.segment_id, UNTRANSLATED)

    def fresh_revision(self, segment: Placed) -> RevisionRow | None:
        """Return the newest revision if it translates the present source."""
        return self.of(segment).fresh

    def open_flags(self, segment: Placed) -> Sequence[OpenFlag]:
        """Return the open flags on the segment's newest text."""
        return self.of(segment).open_flags

    def is_approved(self, page: PageView, segment: Placed) -> bool:
        """Whether the newest text is the one last approved, of the present source."""
        revision = self.of(segment).fresh
        return revision is not None and self.approved.get(page.id, {}).get(segment.segment_id) == revision.approved_as

    def is_wholly_approved(self, page: PageView) -> bool:
        """Whether every text of the page is one last approved: also when others have left the page since."""
        return bool(self.segments(page)) and all(self.is_approved(page, segment) for segment in self.segments(page))

    def is_spot_check(self, segment: Placed) -> bool:
        """Whether the text is to be judged before anybody sees its flags and its risk."""
        return self.of(segment).is_spot_check

    def risk(self, segment: Placed) -> float | None:
        """Return the risk of a text that no person has read; none where it is not known, or not to be seen."""
        return self.of(segment).risk

    def gain(self, page: PageView, segment: Placed) -> float:
        """Return what working on a segment is worth: nothing once it is read and no flag is open."""
        known = self.of(segment)
        if known.is_spot_check or known.revision is None or (known.is_read and not known.open_flags):
            return 0.0
        value = presumed_risk(flag.severity for flag in known.open_flags) if known.risk is None else known.risk
        return expected_gain(value, page.visits, page.content_class)

    def is_read(self, segment: Placed) -> bool:
        """Whether a person stands behind the text of the present source."""
        return self.of(segment).is_read


def load_work(
    session: Session,
    site: SiteView,
    pages: Sequence[PageView],
    language: str,
    key: str | None = None,
    placed: dict[int, list[Placed]] | None = None,
    exactly: dict[int, RevisionRow] | None = None,
) -> Work:
    """Load what the views of these pages in this language are made of; of one segment only, if its key is given.

    Whoever asks for several languages looks the segments up once, and gives them as ``placed``. With ``exactly``
    these revisions, by segment id, stand for the newest ones.
    """
    if placed is None:
        placed = placed_segments(session, [page.version_id for page in pages])
    if key is not None:
        placed = {version: [s for s in segments if s.key == key] for version, segments in placed.items()}
    sources = {segment.segment_id: segment.source for segments in placed.values() for segment in segments}
    revisions, risks, hidden = _texts(session, sources, language) if exactly is None else _exactly(session, exactly)
    latest = latest_submissions(session, [page.id for page in pages], language)
    return Work(
        site=site,
        language=language,
        pages=tuple(pages),
        placed=placed,
        revisions=revisions,
        known=_known(session, sources, revisions, risks, hidden),
        latest=latest,
        approvals=newest_approvals(session, list(latest), language) if latest else {},
        approved=approved_as(session, list(latest), language) if latest else {},
        hidden=hidden,
    )


_TEXTS = NEWEST.outerjoin(Estimate, Estimate.revision_id == Revision.id).add_columns(
    Estimate.risk, is_hidden(Revision.id)
)


_Texts: TypeAlias = tuple[dict[int, RevisionRow], dict[int, float], frozenset[int]]


def _texts(session: Session, segment_ids: Collection[int], language: str) -> _Texts:
    """Return segments' newest texts, by segment id, the risk of those that may be seen, by theirs, and the others."""
    revisions, risks, hidden = {}, {}, set()
    for segment_id, *row, risk, is_unseen in session.execute(
        _TEXTS, {"segment_ids": list(segment_ids), "language": language}
    ):
        revisions[segment_id] = revision = RevisionRow._make(row)
        if is_unseen:
            hidden.add(revision.id)
        elif risk is not None:
            risks[revision.id] = risk
    return revisions, risks, frozenset(hidden)


def _exactly(session: Session, revisions: dict[int, RevisionRow]) -> _Texts:
    """Return what ``_texts`` does, of these texts."""
    ids = [revision.id for revision in revisions.values()]
    hidden = hidden_revisions(session, ids)
    return revisions, risk_values(session, [one for one in ids if one not in hidden]), hidden


def _known(
    session: Session,
    sources: Mapping[int, str],
    revisions: Mapping[int, RevisionRow],
    risks: Mapping[int, float],
    hidden: Collection[int],
) -> dict[int, Known]:
    """Return what is known of segments' newest texts, by segment id; ``sources`` are those of the segments now."""
    flags = open_flags(session, [revision.id for revision in revisions.values() if revision.id not in hidden])
    known = {}
    for segment_id, revision in revisions.items():
        fresh = revision if revision.source == sources.get(segment_id) else None
        is_read = fresh is not None and revision.origin.read_by_person
        known[segment_id] = Known(
            revision,
            fresh,
            is_read,
            revision.id in hidden,
            flags.get(revision.id, ()),
            None if is_read else risks.get(revision.id),
        )
    return known


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
