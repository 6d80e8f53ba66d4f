"""What people are told of: kinds of events, how each is said, and how quickly. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from review_app.accounts.permissions import Action
from review_app.languages import name_in
from review_app.locale import N_, catalogue


class Kind(StrEnum):
    """A kind of event."""

    ASSIGNED = "assigned"
    DUE = "due"
    RETURNED = "returned"
    COMMENTED = "commented"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REPORTED = "reported"
    SOURCE = "source"
    BUDGET = "budget"


class Way(StrEnum):
    """How a person is told by e-mail."""

    NEVER = "never"
    ONCE = "once"
    DAILY = "daily"


KIND_NAMES = {
    Kind.ASSIGNED: N_("a page is given to you"),
    Kind.DUE: N_("a page of yours is due soon"),
    Kind.RETURNED: N_("a page comes back to you"),
    Kind.COMMENTED: N_("a comment on what you work on"),
    Kind.SUBMITTED: N_("a page waits for your word"),
    Kind.APPROVED: N_("a page you submitted is approved"),
    Kind.REPORTED: N_("a reader reports a passage"),
    Kind.SOURCE: N_("somebody finds a fault in the Swedish text"),
    Kind.BUDGET: N_("the month's budget of an engine is nearly used up"),
}

WAY_NAMES = {Way.NEVER: N_("not by e-mail"), Way.ONCE: N_("at once"), Way.DAILY: N_("once a day")}

USUAL = dict.fromkeys(Kind, Way.DAILY) | {Kind.ASSIGNED: Way.ONCE, Kind.RETURNED: Way.ONCE}
"""How a person is told who has not chosen."""

PART = "page.approve_part"
"""The change by which a part of a page is approved and the rest sent back."""

ACTIONS = {
    "page.assign": Kind.ASSIGNED,
    "page.return": Kind.RETURNED,
    "page.approve": Kind.APPROVED,
    PART: Kind.RETURNED,
    "page.submit": Kind.SUBMITTED,
    "comment.add": Kind.COMMENTED,
    "comment.source": Kind.SOURCE,
    "reader.report": Kind.REPORTED,
    "engine.budget_near": Kind.BUDGET,
}
"""Which changes in the log are events."""

SENTENCES = {
    Kind.ASSIGNED: N_("{who} gave you {page}, {language}"),
    Kind.DUE: N_("{page}, {language}, is due soon"),
    Kind.RETURNED: N_("{who} sent back {page}, {language}"),
    Kind.APPROVED: N_("{who} approved {page}, {language}"),
    Kind.SUBMITTED: N_("{who} submitted {page}, {language}, for approval"),
    Kind.COMMENTED: N_("{who} commented on {page}, {language}"),
    Kind.SOURCE: N_("{who} found a fault in the Swedish text of {page}"),
    Kind.REPORTED: N_("A reader reports a passage of {page}, {language}"),
    Kind.BUDGET: N_("More than 80 per cent of the month's budget for the engine {engine} is used"),
}

PART_APPROVED = N_("{who} approved a part of {page}, {language}, and sent the rest back")
"""How that is said which is both."""

WHOLE_LANGUAGE = N_("all pages that nobody else has")
"""What stands for the page when a whole language is given to somebody."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and whom it is for: these people, or else whoever may do the action in the language.

    ``key`` stays the same however often it is looked up. ``address`` is a path of the staff interface; ``words`` are
    what a colleague wrote, never a reader. ``part``: of a page that comes back, the other texts are approved. What is
    told of an ``engine`` is of no page and no language.
    """

    key: str
    kind: Kind
    at: datetime
    site_id: int
    by: int | None
    who: str
    page: str
    language: str
    address: str
    words: str = ""
    people: frozenset[int] | None = None
    action: Action = Action.READ
    part: bool = False
    engine: str = ""

    def is_for(self, person_id: int | None, *, may: bool) -> bool:
        """Say whether it concerns a person; ``may``: whether they may do the action. Nobody is told of their own."""
        if person_id is None or person_id == self.by:
            return False
        return may if self.people is None else person_id in self.people


def sentence(event: Event, interface: str) -> str:
    """Return what happened, in a language of the interface."""
    say = catalogue(interface).gettext
    page = event.page or say(WHOLE_LANGUAGE)
    language = name_in(event.language, interface) if event.language else ""
    return say(PART_APPROVED if event.part else SENTENCES[event.kind]).format(
        who=event.who, page=page, language=language, engine=event.engine
    )
