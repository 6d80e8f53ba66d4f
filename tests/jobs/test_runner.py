"""Running a job: to its end, whatever happens, with the permission its asker has now."""

import pytest

from review_app.accounts.membership import set_roles
from review_app.accounts.permissions import COMMAND_LINE, Action, Actor, Role
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed
from review_app.jobs.attempts import CRASHED
from review_app.jobs.runner import Running, run_job, sweep_jobs
from review_app.jobs.service import add_job, ask_for, get_job
from review_app.jobs.states import STALE_AFTER, JobState
from review_app.jobs.tables import Job
from tests.houses import House


def ask(house: House, name: str = "work", **payload: object) -> str:
    with house.database.writing() as session:
        return add_job(session, house.town.anna, name, house.town.site_id, payload, needs=Action.CORRECT)


def state(house: House, job_id: str) -> tuple[JobState, str | None]:
    with house.database.reading() as session:
        job = get_job(session, house.town.anna, job_id)
    return job.state, job.error


def test_a_job_runs_once_with_what_it_was_given(house: House) -> None:
    ran: list[object] = []
    job_id = ask(house, n=3)
    for _ in range(2):
        run_job(house.database, {"work": lambda job: ran.append(job.payload["n"])}, job_id)
    assert ran == [3]
    assert state(house, job_id) == (JobState.DONE, None)


def test_progress_is_stored_and_shown(house: House) -> None:
    shown: list[tuple[int, int]] = []
    stored: list[tuple[int, int]] = []
    job_id = ask(house)

    def work(job: Running) -> None:
        for done in (1, 2):
            job.progress(done, 2)
            with house.database.reading() as session:
                seen = get_job(session, house.town.anna, job_id)
            stored.append((seen.done, seen.total))

    run_job(house.database, {"work": work}, job_id, lambda done, total: shown.append((done, total)))
    assert shown == stored == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("error", "told"),
    [(BadInput("That will not do."), "That will not do."), (ValueError("x"), CRASHED), (KeyError("y"), CRASHED)],
)
def test_whatever_stops_a_job_is_in_its_row(house: House, error: Exception, told: str) -> None:
    def work(_job: Running) -> None:
        raise error

    job_id = ask(house)
    run_job(house.database, {"work": work}, job_id)
    assert state(house, job_id) == (JobState.FAILED, told)


def test_a_job_that_this_program_does_not_know_fails(house: House) -> None:
    job_id = ask(house, "nothing")
    run_job(house.database, {}, job_id)
    assert state(house, job_id)[0] is JobState.FAILED


def test_a_persons_job_of_no_site_fails(house: House) -> None:
    ran: list[Running] = []
    job_id = ask(house)
    with house.database.writing() as session:
        session.get_one(Job, job_id).site_id = None
    run_job(house.database, {"work": ran.append}, job_id)
    assert ran == []
    assert state(house, job_id)[0] is JobState.FAILED


def test_what_the_installation_does_for_itself_is_of_no_site(house: House) -> None:
    with house.database.writing() as session:
        job_id, _ = ask_for(session, COMMAND_LINE, "work", None, {}, needs=Action.READ)
    ran: list[bool] = []
    run_job(house.database, {"work": lambda job: ran.append(job.actor().is_system)}, job_id)
    assert ran == [True]


def test_a_refusal_is_kept_as_a_template_with_its_values(house: House) -> None:
    def work(_job: Running) -> None:
        raise BadInput("{page} is empty.", page=7)

    job_id = ask(house)
    run_job(house.database, {"work": work}, job_id)
    with house.database.reading() as session:
        job = get_job(session, house.town.anna, job_id)
    assert (job.error, job.error_values) == ("{page} is empty.", {"page": "7"})


def test_what_the_command_line_asks_for_the_command_line_does(house: House) -> None:
    actors: list[Actor] = []
    with house.database.writing() as session:
        job_id = add_job(session, COMMAND_LINE, "work", house.town.site_id, {}, needs=Action.IMPORT)
    run_job(house.database, {"work": lambda job: actors.append(job.actor())}, job_id)
    assert actors == [COMMAND_LINE]


def test_the_runner_s_sweep_is_stored(house: House) -> None:
    job_id = ask(house)
    with house.database.writing() as session:
        job = session.get_one(Job, job_id)
        job.state, job.attempts, job.created_at = JobState.RUNNING, 1, utc_now() - 2 * STALE_AFTER
    assert sweep_jobs(house.database) == [(job_id, False)]
    assert state(house, job_id) == (JobState.WAITING, None)


def test_permission_is_that_of_the_moment_it_runs(house: House) -> None:
    """Anna asked when she was a translator; when the job runs she is not any more."""
    site = house.town.site_id
    job_id = ask(house)
    anna = house.town.anna.person_id
    assert anna is not None
    with house.database.writing() as session:
        set_roles(session, house.town.carin, site, anna, {Role.APPROVER: ()})
    tried: list[type[Exception]] = []

    def work(job: Running) -> None:
        try:
            job.actor().require(Action.CORRECT, site)
        except NotAllowed as refused:
            tried.append(type(refused))
            raise

    run_job(house.database, {"work": work}, job_id)
    assert tried == [NotAllowed]
    with house.database.reading() as session:
        assert get_job(session, house.town.carin, job_id).state is JobState.FAILED
