import logging

import pytest
from flask import Flask
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError, OperationalError

from review_app import errors
from review_app.accounts.service import choose_language
from review_app.web.context import actor, db
from review_app.web.errors import STATUS, status_of
from tests.web.conftest import Browser, House


@pytest.fixture
def failing(app: Flask) -> Flask:
    """The app with a page that changes something and then fails as it is told."""

    @app.route("/fail/<name>", methods=["GET", "POST"])
    def fail(name: str) -> str:
        if name != "read":
            choose_language(db(), actor().person_id or 0, "en")
        if name == "Away":
            raise OperationalError("SELECT", {}, Exception("the database system is starting up"))
        if name == "Clash":
            raise IntegrityError("INSERT", {}, UniqueViolation("duplicate key"))
        if name == "Fault":
            raise ZeroDivisionError("the password is hunter2")
        if hasattr(errors, name):
            raise getattr(errors, name)("It is {what}.", what="<b>so</b>")
        return name

    return app


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("BadInput", 422), ("BadFile", 422), ("BadPage", 422), ("BadAddress", 422), ("FetchFailed", 422),
        ("NotSignedIn", 401), ("NotAllowed", 403), ("NotFound", 404), ("Conflict", 409), ("EngineFailed", 502),
        ("EngineResting", 502), ("MissingExtra", 501), ("Fault", 500), ("Away", 503), ("Clash", 409),
    ],
)  # fmt: skip
def test_every_error_has_its_status_a_page_and_a_fragment_and_changes_nothing(
    failing: Flask, anna: Browser, name: str, status: int
) -> None:
    page = anna.post(f"/fail/{name}")
    fragment = anna.post(f"/fail/{name}", HX_Request="true")
    assert page.status_code == fragment.status_code == status
    assert "<h1>" in page.text
    assert "</html>" in page.text
    assert fragment.text.lstrip().startswith('<p class="message wrong" role="alert"')
    assert fragment.headers["HX-Retarget"] == "#messages"
    assert '<html lang="sv">' in page.text, "what the request changed before it failed is rolled back"
    assert "<b>so</b>" not in page.text
    assert "hunter2" not in page.text


def test_a_database_that_is_away_is_told_as_such(failing: Flask, anna: Browser) -> None:
    answer = anna.post("/fail/Away")
    assert "Databasen svarade inte; den kanske startas om." in answer.text
    assert answer.headers["Retry-After"] == "5"


def test_every_error_of_the_tree_has_a_status() -> None:
    tree = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    shared = {"ReviewAppError", "NotNow"}  # what others are as well; neither is raised as such
    assert {kind.__name__ for kind in tree if status_of(kind("x")) == 500} == shared
    assert set(STATUS) < set(tree)


def test_a_well_ended_request_is_committed_once(failing: Flask, anna: Browser) -> None:
    assert anna.post("/fail/nothing").text == "nothing"
    assert '<html lang="en">' in anna.get("/sites/alvby/pages").text


def test_a_page_that_only_reads_cannot_write(failing: Flask, anna: Browser) -> None:
    anna.get("/fail/nothing")
    assert '<html lang="sv">' in anna.get("/sites/alvby/pages").text


def test_a_fault_is_logged_with_the_number_that_is_shown(
    failing: Flask, anna: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        page = anna.get("/fail/Fault")
    number = page.headers["X-Request-Id"]
    assert number in page.text
    assert any(
        "ZeroDivisionError" in record.getMessage() and number in record.getMessage() for record in caplog.records
    )


def test_calm_pages_for_what_the_web_itself_refuses(failing: Flask, anna: Browser, house: House) -> None:
    assert anna.get("/nothing-here").status_code == 404
    wrong_way = anna.post("/approvals")
    assert wrong_way.status_code == 405
    assert "GET" in wrong_way.headers["Allow"]
    failing.config["MAX_CONTENT_LENGTH"] = 1000
    too_large = anna.client.post("/fail/nothing", data={"text": "x" * 2000})
    assert too_large.status_code == 413
    assert str(house.installation.settings.max_upload_mb) in too_large.text
    for answer in (anna.get("/nothing-here"), wrong_way, too_large):
        assert "</html>" in answer.text


def test_a_stranger_gets_a_page_too(browser: Browser) -> None:
    answer = browser.get("/nothing-here")
    assert answer.status_code == 404
    assert "<nav class" not in answer.text
