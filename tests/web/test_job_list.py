"""The list of jobs: Carin sees all of the site's and can end each, Anna sees those she asked for."""

import re

import pytest

from review_app.accounts.permissions import COMMAND_LINE, Action, Actor
from review_app.accounts.service import person_actor
from review_app.errors import FetchFailed
from review_app.jobs.attempts import claim, end, report_progress
from review_app.jobs.service import add_job, get_job
from review_app.jobs.states import JobState
from tests.web.conftest import Browser, House

LIST = "/sites/alvby/jobs"


def ask(house: House, who: Actor, url: str, site: int | None = None) -> str:
    with house.installation.database.writing() as session:
        return add_job(session, who, "import_url", site or house.site, {"url": url}, needs=Action.READ)


@pytest.fixture
def jobs(house: House) -> dict[str, str]:
    """Jobs by the address they fetch: Anna's that runs, the program's that failed, Carin's that waits."""
    with house.installation.database.reading() as session:
        anna, carin = (person_actor(session, house.people[name]) for name in ("anna", "carin"))
    ask(house, COMMAND_LINE, "https://noise.example/", house.other_site)
    found = {
        "running": ask(house, anna, "https://x.example/running"),
        "failed": ask(house, COMMAND_LINE, "https://x.example/<failed>"),
        "waiting": ask(house, carin, "https://x.example/waiting"),
    }
    with house.installation.database.writing() as session:
        running, failed = claim(session, found["running"]), claim(session, found["failed"])
        assert running is not None
        assert failed is not None
        report_progress(session, running, 3, 12)
        end(session, failed, FetchFailed("{url} answered 404.", url="<it>"))
    return found


def rows(page: str) -> list[str]:
    return re.findall(r'<tr id="job-(\w+)"', page)


def test_an_administrator_sees_all_of_the_site_s_what_is_under_way_first(carin: Browser, jobs: dict[str, str]) -> None:
    page = carin.get(LIST).text
    assert rows(page) == [jobs["waiting"], jobs["running"], jobs["failed"]]
    assert 'value="3" max="12"' in page
    assert "&lt;it&gt; answered 404." in page
    assert "https://x.example/&lt;failed&gt;" in page
    assert "Anna" in page


def test_others_see_those_they_asked_for_and_strangers_none(
    anna: Browser, bo: Browser, disa: Browser, jobs: dict[str, str]
) -> None:
    assert rows(anna.get(LIST).text) == [jobs["running"]]
    assert rows(bo.get(LIST).text) == []
    assert disa.get(LIST).status_code == 404


def test_the_list_asks_for_itself_while_something_is_under_way(carin: Browser, jobs: dict[str, str]) -> None:
    assert 'hx-trigger="every 2s"' in carin.get(LIST, HX_Request="true").text
    stopped = carin.get(f"{LIST}?state=failed", HX_Request="true").text
    assert rows(stopped) == [jobs["failed"]]
    assert "hx-trigger" not in stopped
    assert "</html>" not in stopped


def test_a_job_is_called_off_and_another_tried_again_from_the_list(
    house: House, carin: Browser, jobs: dict[str, str]
) -> None:
    for path in (f"/jobs/{jobs['waiting']}/cancel", f"/jobs/{jobs['failed']}/retry"):
        assert carin.post(path, {"listed": "1"}).headers["Location"] == LIST
    with house.installation.database.reading() as session:
        assert get_job(session, COMMAND_LINE, jobs["waiting"]).state is JobState.CANCELLED
        assert get_job(session, COMMAND_LINE, house.jobs.sent[0]).payload == {"url": "https://x.example/<failed>"}


def test_a_long_list_comes_in_pages(carin: Browser, jobs: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_app.web.jobs.ROWS_PER_PAGE", 2)
    first, second = carin.get(LIST).text, carin.get(f"{LIST}?page=2").text
    assert rows(first) + rows(second) == [jobs["waiting"], jobs["running"], jobs["failed"]]
    assert (f"{LIST}?page=2" in first, 'rel="next"' in second) == (True, False)
