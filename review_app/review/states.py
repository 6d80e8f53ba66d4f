"""The states of a page in a language, derived from facts."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """An approver's answer."""

    APPROVED = "approved"
    RETURNED = "returned"


class Basis(StrEnum):
    """What an approval stands on: the notice to readers says which."""

    READS = "reads"
    VOUCHES = "vouches"


class About(StrEnum):
    """What a comment is about: the translation, or the source text, which a web editor may mend."""

    TRANSLATION = "translation"
    SOURCE = "source"


class Act(StrEnum):
    """What can be done to many passages at once. Accepting is not among them: nobody reads many texts at once."""

    DISMISS = "dismiss"
    FIX = "fix"


class PageState(StrEnum):
    """Where a page stands in a language."""

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    WORK = "work"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state of a page in a language follows from.

    ``translated`` and ``read`` count segments of the current page version; ``submitted_hash`` is the newest
    submission's content hash, ``current_hash`` that of the present texts; ``verdict`` the newest submission's;
    ``wholly_approved`` says that the last approved submission covers every present text, perhaps more.
    ``published`` says that exactly this submission is what the public sees.
    """

    translated: int
    read: int
    current_hash: str
    submitted_hash: str | None
    verdict: Verdict | None
    published: bool
    wholly_approved: bool = False


def page_state(facts: Facts) -> PageState:
    """Derive the state. Editing after a submission or an approval ends it, because the hashes differ then."""
    holds = facts.submitted_hash == facts.current_hash
    if facts.verdict is Verdict.APPROVED and (holds or facts.wholly_approved):
        return PageState.PUBLISHED if facts.published else PageState.APPROVED
    if holds:
        return PageState.RETURNED if facts.verdict is Verdict.RETURNED else PageState.SUBMITTED
    if facts.verdict is Verdict.RETURNED:
        return PageState.RETURNED
    if facts.read:
        return PageState.WORK
    return PageState.MACHINE if facts.translated else PageState.UNTRANSLATED
