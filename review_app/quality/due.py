"""What has become due at a site: assessing texts by newer checks or models, learning from enough new corrections."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.jobs.service import ask_for, last_job
from review_app.jobs.states import JobState
from review_app.quality.corrections import judged_count
from review_app.quality.estimating import is_assessed, signature_of
from review_app.quality.training import is_due
from review_app.sites.service import all_sites

ASSESS, TRAIN = "assess_language", "train_quality"


class Due(NamedTuple):
    """A job that is due; what it is due for is part of it, so that one that failed is not tried again for the same."""

    name: str
    site_id: int
    payload: Mapping[str, Any]


def find_due(session: Session) -> list[Due]:
    """Return the jobs that are due and not waiting, running or failed already."""
    return [due for due in _due(session) if not _is_known(session, due)]


def add_due(session: Session) -> list[str]:
    """Add the jobs that are due, and return their ids; of two workers that find one at the same moment one adds it."""
    asked = [
        ask_for(session, COMMAND_LINE, due.name, due.site_id, due.payload, needs=Action.READ)
        for due in find_due(session)
    ]
    return [job_id for job_id, new in asked if new]


def _due(session: Session) -> Iterator[Due]:
    for site in all_sites(session):
        for language in site.languages:
            if not is_assessed(session, site, language):
                signature = signature_of(session, site, language)
                yield Due(ASSESS, site.id, {"language": language, "signature": signature})
            if is_due(session, site, language):
                judged = judged_count(session, site.id, language)
                yield Due(TRAIN, site.id, {"language": language, "judged": judged})


def _is_known(session: Session, due: Due) -> bool:
    last = last_job(session, due.name, due.site_id, due.payload)
    return last is not None and last.state is not JobState.DONE
