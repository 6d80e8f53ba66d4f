"""What the bench and the desk show: values a template can render without asking the database again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from review_app.checks.states import FlagState
from review_app.quality.service import Risk
from review_app.review.gate import Gate, Obstacle
from review_app.review.states import About, Basis, PageState, Verdict
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.translations.origin import Origin, SegmentState

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag on the text in view; spans are half-open code-point offsets into source and current text.

    ``fix`` is what should stand in the place of the target span, where that is certain.
    """

    id: int | None
    name: str
    severity: str
    category: str
    source_span: Span | None
    target_span: Span | None
    message_id: str
    values: Mapping[str, Any]
    state: FlagState = FlagState.OPEN
    decided_by: str | None = None
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class MachineText:
    """One engine's raw output for the segment's present source; no text means rejected, and why."""

    engine: str
    version: str
    made_on: date
    text: str | None
    rejection: str | None
    publishable: bool


@dataclass(frozen=True, slots=True)
class CommentView:
    """What a person said of a segment; ``source`` is the source text as it was then."""

    id: int
    about: About
    language: str
    text: str
    source: str
    author_id: int
    author: str
    at: datetime
    closed_by: str | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment of a page in one language, ready to be shown.

    ``number`` counts from 1 in page order; ``text`` is the newest revision's (``None`` when untranslated) and
    ``revision`` its number (0 when there is none), which a save must name. A ``spot_check`` has flags and a risk that
    nobody may see until a person has judged the text. ``draft`` is the machine translation the
    text is, or was edited from. ``stale`` texts translate ``old_source``.
    """

    key: str
    number: int
    kind: str
    source: str
    state: SegmentState
    revision: int
    text: str | None
    draft: MachineText | None
    others: tuple[MachineText, ...]
    flags: tuple[FlagView, ...]
    stale: bool
    old_source: str | None
    approved: bool
    author: str | None
    changed_at: datetime | None
    origin: Origin | None = None
    risk: Risk | None = None
    spot_check: bool = False
    comments: tuple[CommentView, ...] = ()

    @property
    def open_comments(self) -> tuple[CommentView, ...]:
        """The comments that nobody has closed."""
        return tuple(comment for comment in self.comments if comment.is_open)

    @property
    def from_memory(self) -> bool:
        """Whether the text is one that people wrote of the same sentence elsewhere."""
        return self.origin is Origin.MEMORY

    @property
    def copied(self) -> bool:
        """Whether the text is the source itself, the same in every language."""
        return self.origin is Origin.COPY

    @property
    def replaced(self) -> bool:
        """Whether the text is a draft into which somebody put a recurring correction."""
        return self.origin is Origin.REPLACED

    @property
    def open_flags(self) -> tuple[FlagView, ...]:
        """The flags nobody has dismissed."""
        return tuple(flag for flag in self.flags if flag.state is FlagState.OPEN)

    @property
    def read(self) -> bool:
        """Whether a person stands behind the text of the present source."""
        return self.state in {SegmentState.ACCEPTED, SegmentState.EDITED} and not self.stale

    @property
    def may_be_accepted(self) -> bool:
        """Whether the text may be accepted as it stands: there is one, and it is not a mere gloss."""
        return self.text is not None and (self.draft is None or self.draft.publishable or self.text != self.draft.text)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is to correct a page in a language, and by when; ``whole_site``: because nobody has it by itself."""

    person_id: int
    name: str
    due_on: date | None
    whole_site: bool


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page in a language, without its segments: a row of lists and the head of the bench.

    ``shared``: it is what the site's pages share. ``risky`` counts passages that are flagged or at high risk,
    ``spot_checks`` those to be judged before their flags are shown; ``gain`` is what working on the page is worth.
    """

    site_slug: str
    site_name: str
    page_id: int
    path: str
    title: str
    url: str
    content_class: ContentClass
    shared: bool
    policy: LanguagePolicy
    language: str
    state: PageState
    segments: int
    translated: int
    read: int
    open_flags: Mapping[str, int]
    stale: int
    approved_share: float
    minutes_left: int
    changed_at: datetime
    published_at: datetime | None
    submission_id: int | None
    visits: int = 0
    risky: int = 0
    spot_checks: int = 0
    gain: float = 0.0
    assigned: Assigned | None = None

    @property
    def by_people_only(self) -> bool:
        """Whether no machine translates this page into this language."""
        return self.policy is LanguagePolicy.HUMAN_ONLY

    @property
    def has_work(self) -> bool:
        """Whether somebody can begin to correct or to write."""
        return self.translated > 0 or self.by_people_only

    @property
    def flag_total(self) -> int:
        """Open flags of every severity."""
        return sum(self.open_flags.values())


@dataclass(frozen=True, slots=True)
class DecisionView:
    """An approver's answer to a submission."""

    verdict: Verdict
    basis: Basis | None
    comment: str
    by: str
    at: datetime


class SentBack(NamedTuple):
    """What an approver said of a sentence, and its number in the page."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Bench:
    """A page in a language with those of its segments that are to be shown.

    ``shows`` counts the segments of each way to narrow the list; ``unrated``: there are machine texts, and no risk is
    known of any. ``sent_back`` is what the last decision says of sentences, by key, while the page is with the
    translators for it. ``ended`` counts the approved sentences of the page whose newest text is not the one approved
    (at ``approved_at``).
    """

    head: PageHead
    rows: tuple[SegmentRow, ...]
    shows: Mapping[str, int]
    unrated: bool
    page_version_id: int
    page_version: int
    last_decision: DecisionView | None
    sent_back: Mapping[str, SentBack]
    approved_at: datetime | None
    ended: int
    may_correct: bool
    may_submit: bool
    may_translate: bool
    may_publish: bool
    may_administer: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What was approved last of a passage, and the source it translates."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class WaiverView:
    """An administrator's reason to approve in spite of what blocks."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """What was approved of a submission of which the rest went back: how many of its texts."""

    submission_id: int
    texts: int


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One submitted text beside what was approved before; ``offered`` says that it is part of the submission.

    ``comment`` is what the approver said of it.
    """

    row: SegmentRow
    before: Before | None
    offered: bool
    comment: str = ""

    @property
    def changed(self) -> bool:
        """Whether the text differs from the last approved one."""
        return self.row.text != (self.before.text if self.before else None)

    @property
    def source_changed(self) -> bool:
        """Whether the Swedish differs from that of the last approved text."""
        return self.before is not None and self.row.source != self.before.source


@dataclass(frozen=True, slots=True)
class Desk:
    """A submission, for the person who decides on it: its exact texts, whatever was written since.

    ``holds`` says that the page is still as submitted; ``may_decide`` that this person may, and is not its author
    (``why_not`` then says why, as an English template). ``gone`` is what was approved of sentences that have left the
    page since. ``blocking`` is what no reason allows yet; ``may_allow``
    that this person could record one.
    """

    head: PageHead
    submission_id: int
    page_version_id: int
    submitted_by: str
    submitted_at: datetime
    rows: tuple[DeskRow, ...]
    decision: DecisionView | None
    holds: bool
    may_decide: bool
    may_publish: bool
    why_not: str | None
    gate: Gate
    blocking: tuple[Obstacle, ...]
    waivers: tuple[WaiverView, ...]
    may_allow: bool
    gone: tuple[Before, ...]
    part: Part | None
