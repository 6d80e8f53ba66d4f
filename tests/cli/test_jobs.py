"""Commands about jobs: the terminal tells what the browser tells."""

import pytest

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.errors import FetchFailed
from review_app.jobs.attempts import claim, end, report_progress
from review_app.jobs.service import add_job
from review_app.sites.service import get_site
from tests.cli.administrator import Administrator


@pytest.fixture
def jobs(admin: Administrator) -> tuple[str, str]:
    """The ids of a job that runs and of one that failed."""
    database = admin.database
    with database.writing() as session:
        site = get_site(session, "alvby").id
        running, failed = (
            add_job(session, COMMAND_LINE, "import_url", site, {"url": url}, needs=Action.IMPORT)
            for url in ("https://x.example/a", "https://x.example/b")
        )
        runs, fails = claim(session, running), claim(session, failed)
        assert runs is not None
        assert fails is not None
        report_progress(session, runs, 3, 12)
        end(session, fails, FetchFailed("{url} answered 404.", url="https://x.example/b"))
    database.dispose()
    return running, failed


def test_jobs_are_listed_what_is_under_way_first(admin: Administrator, jobs: tuple[str, str]) -> None:
    running, failed = admin.lines("jobs", "list")
    assert running[:5] == [jobs[0][:8], "running", "3/12", "import_url: https://x.example/a (alvby)", "command line"]
    assert (failed[0], failed[1], failed[-1]) == (jobs[1][:8], "failed", "https://x.example/b answered 404.")
    assert admin.lines("jobs", "list", "--site", "alvby", "--state", "failed") == [failed]


def test_a_job_is_shown_by_the_beginning_of_its_id(admin: Administrator, jobs: tuple[str, str]) -> None:
    told = admin.does("jobs", "show", jobs[0][:8]).splitlines()
    assert told[:2] == [jobs[0], "import_url: https://x.example/a (alvby)"]
    assert told[3].startswith("running 3/12")
    assert admin.does("jobs", "show", jobs[1], "--follow").splitlines()[3:] == [
        "failed https://x.example/b answered 404."
    ]
    for beginning in (jobs[0][:2], "%%%%", "ffffffff0"):
        assert admin.fails("jobs", "show", beginning) == "There is no such job."


def test_a_job_is_called_off_and_tried_again(admin: Administrator, jobs: tuple[str, str]) -> None:
    admin.does("jobs", "cancel", jobs[0][:8])
    assert admin.run("jobs", "cancel", jobs[0]).stderr == "review-app: The job is over already.\n"
    again = admin.does("jobs", "retry", jobs[1][:8]).split()[0]
    states = {line[0]: line[1] for line in admin.lines("jobs", "list")}
    assert states == {jobs[0][:8]: "cancelled", jobs[1][:8]: "failed", again: "waiting"}
