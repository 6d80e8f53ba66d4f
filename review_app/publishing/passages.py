"""Decides, passage by passage, what the public is shown."""

from dataclasses import dataclass
from enum import StrEnum

from review_app.sites.policy import ContentClass, LanguagePolicy, unread_machine_text_may_show


class PassageKind(StrEnum):
    """What a published passage is: readers are told which."""

    READ = "read"
    MACHINE = "machine"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that could be shown for a passage.

    ``read``: a person stands behind it; ``approved``: it is part of the approved submission; ``publishable``: its
    raw machine text may be shown at all (a word-for-word gloss may not).
    """

    text: str
    read: bool
    approved: bool
    publishable: bool


def choose(
    candidate: Candidate | None, source: str, policy: LanguagePolicy, content_class: ContentClass
) -> tuple[PassageKind, str]:
    """Return what to show: the approved text a person has read, else what the policy allows, else the source."""
    if candidate is None:
        return PassageKind.SOURCE, source
    if candidate.read and candidate.approved:
        return PassageKind.READ, candidate.text
    machine_may = candidate.publishable and unread_machine_text_may_show(
        policy, content_class, approved=candidate.approved
    )
    if machine_may and not candidate.read:
        return PassageKind.MACHINE, candidate.text
    return PassageKind.SOURCE, source
