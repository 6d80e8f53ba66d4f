import pytest
from flask import Flask
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.accounts.service import find_person as find_id
from review_app.errors import Conflict
from review_app.jobs.attempts import ToSend
from review_app.jobs.service import add_job, get_job
from review_app.web.context import Work, actor, current_site, db, my_sites, send_after_commit
from tests.web.conftest import Browser, House


def test_work_opens_late_and_ends_once(house: House) -> None:
    class Counting:
        opened = 0

        def reading(self) -> object:
            Counting.opened += 1
            return house.installation.database.reading()

    work = Work(Counting(), writes=False)  # type: ignore[arg-type]
    assert (work.commit(), Counting.opened) == ([], 0)
    assert work.session is work.session
    assert Counting.opened == 1
    work.roll_back()
    work.roll_back()


def test_after_its_end_work_only_reads(house: House) -> None:
    work = Work(house.installation.database, writes=True)
    work.session.connection()
    work.send_after_commit(ToSend("job", urgent=True))
    assert work.commit() == [("job", True)]
    with house.installation.database.writing() as other:  # would wait for ever if the first still wrote
        assert find_id(other, "anna@example.se") == house.people["anna"]
    assert find_id(work.session, "anna@example.se") == house.people["anna"]
    assert work.commit() == []


@pytest.fixture
def asking(app: Flask, house: House) -> Flask:
    @app.post("/ask/<how>")
    def ask(how: str) -> tuple[str, int]:
        job_id = add_job(db(), actor(), "import_url", house.site, {"url": "x"}, needs=Action.IMPORT)
        send_after_commit(job_id)
        if how == "raise":
            raise Conflict("no")
        return job_id, 200 if how == "well" else 409

    return app


def test_a_job_is_sent_once_it_is_stored(asking: Flask, house: House, carin: Browser) -> None:
    seen: list[str] = []

    def look_for_it(job_id: str, *, urgent: bool) -> None:
        with house.installation.database.reading() as session:
            seen.append(get_job(session, COMMAND_LINE, job_id).id)

    house.jobs.send = look_for_it  # type: ignore[method-assign]
    answer = carin.post("/ask/well")
    assert seen == [answer.text]


def test_the_log_says_which_request_asked_for_which_job(asking: Flask, carin: Browser) -> None:
    """A worker's lines have the job's id, the request's own line has the request's: this one has both."""
    with capture_logs(processors=[merge_contextvars]) as lines:
        answer = carin.post("/ask/well")
    sent = [(line["job"], line["request_id"]) for line in lines if line["event"] == "job sent"]
    assert sent == [(answer.text, answer.headers["X-Request-Id"])]


@pytest.mark.parametrize("how", ["raise", "refuse"])
def test_a_job_of_a_request_that_fails_is_neither_stored_nor_sent(
    asking: Flask, house: House, carin: Browser, how: str
) -> None:
    assert carin.post(f"/ask/{how}").status_code == 409
    assert house.jobs.sent == []


@pytest.fixture
def telling(app: Flask) -> Flask:
    @app.get("/mine")
    def mine() -> list[str]:
        site = current_site()
        return [site.slug if site else "", *(each.slug for each in my_sites())]

    return app


def test_a_person_sees_their_own_sites_only(telling: Flask, anna: Browser, disa: Browser) -> None:
    assert anna.get("/mine").json == ["alvby", "alvby"]
    assert disa.get("/mine").json == ["noise", "noise"]
    assert disa.get("/sites/alvby/pages").status_code == 404
