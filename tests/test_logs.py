import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from review_app import logs
from review_app.engines.contract import EngineConfig
from review_app.engines.mymemory import MyMemory
from review_app.errors import EngineFailed
from review_app.settings import Settings
from tests.engines.answering_server import answering, status


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_lines_go_to_stderr_as_json_and_secrets_are_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Settings(_env_file=None, log_json=True))
    structlog.contextvars.bind_contextvars(request_id="abc")
    structlog.get_logger("house").info("sign_in", email="a@b.se", password="hunter2", csrf_token="t", api_key="k")
    structlog.contextvars.clear_contextvars()
    logging.getLogger("library").warning("something %s", "odd")
    out, err = capsys.readouterr()
    ours, theirs = lines(err)
    assert out == ""
    assert (ours["event"], ours["request_id"], ours["email"]) == ("sign_in", "abc", "a@b.se")
    assert {ours[name] for name in ("password", "csrf_token", "api_key")} == {logs.HIDDEN}
    assert (theirs["event"], theirs["level"]) == ("something odd", "warning")


def test_an_exception_is_in_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Settings(_env_file=None, log_json=True))
    try:
        raise ValueError("boom")
    except ValueError:
        structlog.get_logger("house").exception("failed")
    (line,) = lines(capsys.readouterr().err)
    assert "ValueError: boom" in str(line["exception"])


def test_what_is_asked_of_engines_is_in_no_line_even_when_everything_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure(Settings(_env_file=None, log_level="DEBUG"))
    with answering(status(400)) as server, pytest.raises(EngineFailed):
        MyMemory(EngineConfig(addresses={"mymemory": server.address})).translate(["Hemligt namn"], "sv", "en")
    assert server.asked[0].fields["q"] == "Hemligt namn"
    assert "Hemligt" not in capsys.readouterr().err


def test_the_level_is_the_setting_and_doing_it_again_doubles_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        logs.configure(Settings(_env_file=None, log_level="WARNING"))
    structlog.get_logger("house").info("quiet")
    structlog.get_logger("house").warning("loud")
    err = capsys.readouterr().err
    assert "quiet" not in err
    assert err.count("loud") == 1
