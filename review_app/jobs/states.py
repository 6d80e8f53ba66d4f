"""The states of a job, and when one has died."""

from datetime import datetime, timedelta
from enum import StrEnum

STALE_AFTER = timedelta(minutes=2)
"""A running job that has not reported for this long has died with its worker."""

MAX_ATTEMPTS = 3


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


def remaining(started_at: datetime | None, done: int, total: int, now: datetime) -> timedelta | None:
    """Return how long the rest will take at the pace so far; ``None`` before anything is done."""
    if started_at is None or not 0 < done <= total:
        return None
    return (now - started_at) / done * (total - done)


def has_died(state: JobState, heartbeat: datetime | None, now: datetime) -> bool:
    """Say whether a job was running in a worker that is gone."""
    return state is JobState.RUNNING and (heartbeat is None or now - heartbeat > STALE_AFTER)
