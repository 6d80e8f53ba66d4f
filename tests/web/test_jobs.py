from datetime import timedelta

import pytest

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.db import utc_now
from review_app.errors import EngineResting, FetchFailed
from review_app.jobs.attempts import claim, end, report_progress
from review_app.jobs.service import add_job
from review_app.jobs.tables import Job
from tests.web.conftest import Browser, House


@pytest.fixture
def job_id(house: House) -> str:
    with house.installation.database.writing() as session:
        return add_job(
            session, COMMAND_LINE, "import_url", house.site, {"url": "https://x.example/<b>"}, needs=Action.IMPORT
        )


def test_a_job_that_runs_asks_for_itself_until_it_is_over(house: House, anna: Browser, job_id: str) -> None:
    database = house.installation.database
    assert 'hx-trigger="every 1s"' in anna.get(f"/jobs/{job_id}").text
    with database.writing() as session:
        claimed = claim(session, job_id)
        assert claimed is not None
        report_progress(session, claimed, 18, 42)
    running = anna.get(f"/jobs/{job_id}", HX_Request="true").text
    assert 'value="18" max="42"' in running
    assert "</html>" not in running
    with database.writing() as session:
        end(session, claimed)
    done = anna.get(f"/jobs/{job_id}", HX_Request="true").text
    assert "hx-trigger" not in done
    assert "/sites/alvby/pages" in done


def test_a_job_that_failed_is_a_page_of_status_422_that_says_why(house: House, anna: Browser, job_id: str) -> None:
    with house.installation.database.writing() as session:
        claimed = claim(session, job_id)
        assert claimed is not None
        end(session, claimed, FetchFailed("{url} answered 404.", url="https://x.example/<b>"))
    page = anna.get(f"/jobs/{job_id}")
    assert page.status_code == 422
    assert "https://x.example/&lt;b&gt; answered 404." in page.text
    assert anna.get(f"/jobs/{job_id}", HX_Request="true").status_code == 200, "a fragment is swapped as it is"


def test_a_stranger_does_not_see_it(disa: Browser, job_id: str) -> None:
    assert disa.get(f"/jobs/{job_id}").status_code == 404
    assert disa.get("/jobs/nothing").status_code == 404


def test_an_administrator_calls_a_job_off_and_asks_for_it_again(house: House, carin: Browser, job_id: str) -> None:
    assert "/cancel" in carin.get(f"/jobs/{job_id}").text
    carin.post(f"/jobs/{job_id}/cancel")
    assert "Avbrutet" in carin.get(f"/jobs/{job_id}").text
    answer = carin.post(f"/jobs/{job_id}/retry")
    assert answer.status_code == 303
    assert answer.headers["Location"] != f"/jobs/{job_id}"
    assert house.jobs.sent == [answer.headers["Location"].rsplit("/", 1)[1]]


def test_others_are_not_offered_it_and_may_not(anna: Browser, job_id: str) -> None:
    assert "/cancel" not in anna.get(f"/jobs/{job_id}").text
    assert anna.post(f"/jobs/{job_id}/cancel").status_code == 403


def test_the_time_left_is_told(house: House, anna: Browser, job_id: str) -> None:
    with house.installation.database.writing() as session:
        claimed = claim(session, job_id)
        assert claimed is not None
        session.get_one(Job, job_id).started_at = utc_now() - timedelta(minutes=6)
        report_progress(session, claimed, 30, 60)
    assert "ungefär 6 minuter kvar" in anna.get(f"/jobs/{job_id}").text


def test_a_job_that_rests_says_until_when_and_why_and_is_tried_at_once(
    house: House, carin: Browser, anna: Browser, job_id: str
) -> None:
    with house.installation.database.writing() as session:
        claimed = claim(session, job_id)
        assert claimed is not None
        end(session, claimed, EngineResting("The engine {engine} rests.", timedelta(minutes=5), engine="<deepl>"))
    page = carin.get(f"/jobs/{job_id}")
    assert page.status_code == 200
    assert "Vilar till " in page.text
    assert ", fortsätter sedan av sig självt" in page.text
    assert "The engine &lt;deepl&gt; rests." in page.text
    assert 'hx-trigger="every 1s"' in page.text
    assert "/retry" not in anna.get(f"/jobs/{job_id}").text
    answer = carin.post(f"/jobs/{job_id}/retry")
    assert answer.headers["Location"] == f"/jobs/{job_id}"
    assert house.jobs.sent == [job_id]
    assert "Väntar på att börja" in carin.get(f"/jobs/{job_id}").text
