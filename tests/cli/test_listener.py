"""The port that stops without cutting off an answer."""

import threading
from contextlib import closing
from errno import EADDRINUSE
from http.client import HTTPConnection

import pytest
from flask import Flask

from review_app.cli.listener import Listener
from review_app.errors import BadInput


@pytest.fixture
def asked() -> threading.Event:
    """Set once the slow request is under way."""
    return threading.Event()


@pytest.fixture
def go_on() -> threading.Event:
    """Set to let the slow request end."""
    return threading.Event()


@pytest.fixture
def listener(asked: threading.Event, go_on: threading.Event) -> Listener:
    """A listener that answers at once, or when it is allowed to."""
    app = Flask("slow")

    @app.get("/slow")
    def slow() -> str:
        asked.set()
        go_on.wait(10)
        return "whole"

    @app.get("/")
    def quick() -> str:
        return "quick"

    listener = Listener(app, "127.0.0.1", 0, threads=2)
    listener.start()
    return listener


def connect(listener: Listener) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", listener.port, timeout=10)


def test_a_request_under_way_is_answered_though_the_port_closes(
    listener: Listener, asked: threading.Event, go_on: threading.Event
) -> None:
    with closing(connect(listener)) as connection:
        connection.request("GET", "/slow")
        assert asked.wait(10)
        stopping = threading.Thread(target=listener.stop)
        stopping.start()
        go_on.set()
        assert connection.getresponse().read() == b"whole"
        stopping.join(10)
    assert not stopping.is_alive()


def test_a_connection_kept_open_does_not_keep_the_port_open(listener: Listener) -> None:
    with closing(connect(listener)) as connection:
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"quick"  # the connection stays open: HTTP/1.1
        listener.stop()
    with closing(connect(listener)) as another, pytest.raises(ConnectionRefusedError):
        another.connect()


def test_stopping_leaves_no_thread_behind() -> None:
    others = set(threading.enumerate())
    listener = Listener(Flask("idle"), "127.0.0.1", 0, threads=2)
    listener.start()
    listener.stop()
    assert set(threading.enumerate()) <= others


def test_a_port_that_is_taken_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_given: object, **_named: object) -> None:  # waitress itself would leave its socket open
        raise OSError(EADDRINUSE, "Address already in use")

    monkeypatch.setattr("review_app.cli.listener.create_server", taken)
    with pytest.raises(BadInput, match=r"Port 8000 at .* cannot be had: Address already in use"):
        Listener(Flask("another"), "127.0.0.1", 8000, 1)
