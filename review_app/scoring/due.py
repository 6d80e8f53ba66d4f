"""Which languages' scores are behind what people have read."""

from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.jobs.service import ask_for, last_job
from review_app.jobs.states import JobState
from review_app.scoring.filling import is_due
from review_app.sites.service import all_sites

SCORE = "score_language"


def find_due(session: Session) -> list[tuple[int, str]]:
    """Return the sites and languages to be scored, for which no job is waiting, running or has failed."""
    return [
        (site.id, language)
        for site in all_sites(session)
        for language in site.languages
        if not _is_known(session, site.id, language) and is_due(session, site.id, language)
    ]


def add_due(session: Session) -> list[str]:
    """Add the jobs that are due, and return their ids; of two workers that find one at the same moment one adds it."""
    asked = [
        ask_for(session, COMMAND_LINE, SCORE, site_id, {"language": language}, needs=Action.READ)
        for site_id, language in find_due(session)
    ]
    return [job_id for job_id, new in asked if new]


def _is_known(session: Session, site_id: int, language: str) -> bool:
    last = last_job(session, SCORE, site_id, {"language": language})
    return last is not None and last.state is not JobState.DONE
