"""The states of a job, when one has died, when one that rests is tried again, and when one is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

STALE_AFTER = timedelta(minutes=2)
"""A running job that has given no sign of life for this long has died with its worker."""

MOST_STUCK = 3
"""So often a job may be interrupted without having come further in between."""

MOST_INTERRUPTED = 10
"""So often it may be interrupted at all: a job that takes hours meets restarts that are not its fault."""

FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)
"""How long a job waits for an engine that does not say how long it wants to be left alone."""

PATIENCE = timedelta(hours=24)
"""A job that has rested for this long without coming further is given up."""

LONGEST_STEP = timedelta(hours=1)
"""A job that has come no further for this long is no longer said to live, though its process does."""


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether the job will not change any more."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly a dead worker is noticed; tests that kill workers have a quicker one."""

    stale_after: timedelta = STALE_AFTER

    @property
    def beat(self) -> timedelta:
        """How often a running job says that it lives: several times before it would be taken for dead."""
        return self.stale_after / 6

    @property
    def sweep(self) -> timedelta:
        """How often a worker looks for jobs that nobody has."""
        return self.stale_after / 12

    def is_dead(self, heartbeat: datetime | None, now: datetime) -> bool:
        """Say whether the worker of a running job is gone."""
        return heartbeat is None or now - heartbeat > self.stale_after

    def send_again(self, created_at: datetime, now: datetime) -> datetime:
        """Return when a job that was just sent is sent again if nobody has taken it by then.

        The longer it has waited, the later: in a long queue nothing is lost, and copies would make it longer.
        """
        return now + min(max(now - created_at, self.stale_after), 5 * self.stale_after)


PACE = Pace()


def remaining(started_at: datetime | None, done: int, total: int, now: datetime) -> timedelta | None:
    """Return how long the rest will take at the pace so far; ``None`` before anything is done."""
    if started_at is None or not 0 < done <= total:
        return None
    return (now - started_at) / done * (total - done)


def next_try(now: datetime, resting_since: datetime, wanted: timedelta | None) -> datetime | None:
    """Return when a job that has rested since then is tried again; ``None`` when its patience is at an end.

    ``wanted`` is how long the engine asks to be left alone; an engine that does not say is left alone as long again
    as so far, within bounds.
    """
    rest = min(max(now - resting_since, FIRST_REST), LONGEST_REST) if wanted is None else wanted
    return now + rest if now + rest - resting_since <= PATIENCE else None


def is_given_up(interrupted: int, stuck: int) -> bool:
    """Say whether a job was interrupted so often that the fault must be its own."""
    return stuck >= MOST_STUCK or interrupted >= MOST_INTERRUPTED
