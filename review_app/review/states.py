"""The states of a page in a language, derived from facts, and every way from one to another."""

from dataclasses import dataclass
from enum import StrEnum

from review_app.accounts.permissions import Action
from review_app.locale import N_


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
    REPEAT = "repeat"


class PageState(StrEnum):
    """Where a page stands in a language."""

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    WORK = "work"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"


BEING_CORRECTED = frozenset({PageState.MACHINE, PageState.WORK, PageState.RETURNED, PageState.UNTRANSLATED})
"""States of a page that translators work on; the others are for those who decide, or done."""


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


class Move(StrEnum):
    """What changes where a page stands in a language."""

    TRANSLATE = "translate"
    CORRECT = "correct"
    SAME_MEANING = "same_meaning"
    SUBMIT = "submit"
    APPROVE = "approve"
    APPROVE_PART = "approve_part"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ROLL_BACK = "roll_back"
    NEW_VERSION = "new_version"


MOVE_NAMES = {
    Move.TRANSLATE: N_("machine-translate"),
    Move.CORRECT: N_("correct or accept a sentence"),
    Move.SAME_MEANING: N_("say that the meaning is unchanged"),
    Move.SUBMIT: N_("submit for approval"),
    Move.APPROVE: N_("approve"),
    Move.APPROVE_PART: N_("approve a part"),
    Move.SEND_BACK: N_("send back"),
    Move.PUBLISH: N_("publish"),
    Move.WITHDRAW: N_("withdraw"),
    Move.ROLL_BACK: N_("publish an earlier approved version"),
    Move.NEW_VERSION: N_("take in a new version of the page"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A move: the states it leads from, those it can lead to, and what one must be allowed to do for it."""

    move: Move
    before: tuple[PageState, ...]
    after: tuple[PageState, ...]
    action: Action


_S = PageState
_FRESH = (_S.UNTRANSLATED, _S.MACHINE, _S.WORK, _S.SUBMITTED, _S.APPROVED, _S.PUBLISHED)
"""Every state but that of a page that came back: it stays with the translators until they submit it again."""

TRANSITIONS = (
    Transition(Move.TRANSLATE, (_S.UNTRANSLATED,), (_S.MACHINE,), Action.TRANSLATE),
    Transition(Move.TRANSLATE, (_S.SUBMITTED, _S.APPROVED, _S.PUBLISHED), (_S.WORK, _S.MACHINE), Action.TRANSLATE),
    Transition(Move.CORRECT, _FRESH, (_S.WORK,), Action.CORRECT),
    Transition(
        Move.SAME_MEANING,
        (_S.MACHINE, _S.WORK, _S.SUBMITTED, _S.APPROVED, _S.PUBLISHED),
        (_S.WORK, _S.SUBMITTED, _S.APPROVED, _S.PUBLISHED),
        Action.CORRECT,
    ),
    Transition(Move.SUBMIT, (_S.MACHINE, _S.WORK, _S.RETURNED), (_S.SUBMITTED,), Action.SUBMIT),
    Transition(Move.APPROVE, (_S.SUBMITTED,), (_S.APPROVED,), Action.APPROVE),
    Transition(Move.APPROVE_PART, (_S.SUBMITTED,), (_S.RETURNED,), Action.APPROVE),
    Transition(Move.SEND_BACK, (_S.SUBMITTED,), (_S.RETURNED,), Action.APPROVE),
    Transition(Move.PUBLISH, (_S.APPROVED,), (_S.PUBLISHED,), Action.PUBLISH),
    Transition(Move.WITHDRAW, (_S.PUBLISHED,), (_S.APPROVED,), Action.PUBLISH),
    Transition(Move.ROLL_BACK, (_S.APPROVED, _S.PUBLISHED), (_S.APPROVED, _S.PUBLISHED), Action.PUBLISH),
    Transition(Move.NEW_VERSION, _FRESH, _FRESH, Action.IMPORT),
)
"""Every way from one state to another, and who may go it. A move that is not listed for a state leaves it as it is."""

REFUSED = frozenset({Move.SUBMIT, Move.APPROVE, Move.APPROVE_PART, Move.SEND_BACK})
"""Moves that are refused in every state they are not listed for."""


def leads_to(move: Move, state: PageState) -> frozenset[PageState]:
    """Return where a move can lead from a state: to itself, if nothing else is said; nowhere, if it is refused."""
    found = [transition for transition in TRANSITIONS if transition.move is move and state in transition.before]
    if found:
        return frozenset(after for transition in found for after in transition.after)
    return frozenset() if move in REFUSED else frozenset({state})
