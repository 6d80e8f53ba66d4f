"""Decides what stands in the way of an approval, and what it should be warned of. Pure.

Unedited is not the measure: a text that a person accepted as it stands is read.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from review_app.sites.policy import ContentClass


class Obstacle(StrEnum):
    """What blocks an approval, unless an administrator records why it does not."""

    CRITICAL_FLAGS = "critical_flags"
    UNREAD_RIGHTS = "unread_rights"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that is offered for approval.

    ``critical`` counts its open critical flags; ``copied`` is what reads the same in every language, as a telephone
    number does.
    """

    segment_id: int
    read: bool
    critical: int = 0
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What an approval of some passages meets: how many a person read, and the passages that each obstacle is about.

    ``least`` is the share, in percent, below which it warns.
    """

    read: int
    total: int
    least: int
    obstacles: Mapping[Obstacle, frozenset[int]]

    @property
    def share(self) -> float:
        """The share that a person read, 0 to 1."""
        return self.read / self.total if self.total else 0.0

    @property
    def little_read(self) -> bool:
        """Whether too little was read: a warning, never a refusal."""
        return self.read * 100 < self.least * self.total

    def blocking(self, allowed: Mapping[Obstacle, Collection[int]]) -> tuple[Obstacle, ...]:
        """Return what still blocks, given the passages that an administrator allowed in spite of each obstacle."""
        return tuple(
            obstacle for obstacle, found in self.obstacles.items() if not found <= set(allowed.get(obstacle, ()))
        )


def gate(passages: Iterable[Passage], content_class: ContentClass, least: int) -> Gate:
    """Look at the texts that are to be approved together."""
    passages = list(passages)
    found = {
        Obstacle.CRITICAL_FLAGS: frozenset(one.segment_id for one in passages if one.critical),
        Obstacle.UNREAD_RIGHTS: frozenset(
            one.segment_id
            for one in passages
            if content_class is ContentClass.RIGHTS and not one.read and not one.copied
        ),
    }
    return Gate(
        read=sum(one.read for one in passages),
        total=len(passages),
        least=least,
        obstacles={obstacle: segments for obstacle, segments in found.items() if segments},
    )
