"""Who guesses has to wait, whichever process answers, and whatever else becomes of the request."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Condition

import pytest
from flask import Flask

from review_app.accounts import signing_in, tries
from review_app.app import create_app, open_installation
from review_app.db import utc_now
from review_app.web.throttle import network_of
from tests.web.conftest import PASSWORD, Browser, House


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine a wait may be over before the next try is made."""
    now = utc_now()
    monkeypatch.setattr(tries, "database_now", lambda _session: now)


@pytest.fixture
def other_app(house: House) -> Iterator[Flask]:
    """A second process's worth: an app, and a database connection, of its own."""
    installation = open_installation(house.installation.settings)
    yield create_app(installation.settings, installation)
    installation.database.dispose()


def test_two_processes_count_together(app: Flask, other_app: Flask) -> None:
    here, there = Browser(app), Browser(other_app)
    answers = [browser.sign_in("anna", "fel").status_code for browser in (here, there, here, there, here)]
    assert answers == [401] * 5
    assert there.sign_in("anna").status_code == 429
    assert here.sign_in("anna").status_code == 429


class SlowChecking:
    """Checks of a password that take as long as there is somebody left who may ask for one, and find it wrong."""

    def __init__(self, asking: int) -> None:
        self.made, self._asking, self._change = 0, asking, Condition()

    def __call__(self, password: str, hashed: str | None) -> bool:
        with self._change:
            self.made += 1
            self.one_less()
            self._change.wait_for(lambda: self._asking == 0)
        return False

    def one_less(self) -> None:
        with self._change:
            self._asking -= 1
            self._change.notify_all()


def test_of_fifty_guesses_at_once_five_are_checked_and_the_owners_browser_gets_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Browser(app)
    own.sign_in("anna")
    own.post("/sign-out")
    guessers = [Browser(app) for _ in range(50)]
    tokens = [guesser.token() for guesser in guessers]
    checking = SlowChecking(len(guessers))

    def guess(guesser: Browser, token: str) -> int:
        form = {"csrf_token": token, "email": "anna@example.se", "password": "fel"}
        status = guesser.client.post("/sign-in", data=form).status_code
        if status == 429:
            checking.one_less()
        return status

    with monkeypatch.context() as patch, ThreadPoolExecutor(len(guessers)) as crowd:
        patch.setattr(signing_in, "password_matches", checking)
        answers = list(crowd.map(guess, guessers, tokens))
    assert (checking.made, sorted(answers)) == (5, [401] * 5 + [429] * 45)
    assert own.sign_in("anna").status_code == 303


def test_a_restart_forgets_nothing(app: Flask, other_app: Flask) -> None:
    for _ in range(5):
        Browser(app).sign_in("anna", "fel")
    assert Browser(other_app).sign_in("anna").status_code == 429


def test_who_is_right_is_free_in_every_process(app: Flask, other_app: Flask) -> None:
    for _ in range(4):
        assert Browser(app).sign_in("anna", "fel").status_code == 401
    assert Browser(other_app).sign_in("anna").status_code == 303
    assert [Browser(app).sign_in("anna", "fel").status_code for _ in range(5)] == [401] * 5


def test_a_wrong_present_password_is_counted_though_nothing_else_of_the_request_is_stored(
    app: Flask, other_app: Flask
) -> None:
    here, there = Browser(app), Browser(other_app)
    here.sign_in("anna")
    there.sign_in("anna")
    form: dict[str, object] = {"old": "fel", "new": "ett nytt långt lösenord"}
    assert [browser.post("/account", form).status_code for browser in (here, there) * 3] == [422] * 5 + [429]
    assert there.post("/account", {**form, "old": PASSWORD}).status_code == 429


def test_a_whole_block_of_ipv6_is_one_network(app: Flask) -> None:
    answers = []
    for number in range(7):
        browser = Browser(app)
        browser.client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:1::{number}"
        answers.append(browser.sign_in("anna", "fel").status_code)
    assert answers == [401] * 5 + [429] * 2
    neighbour = Browser(app)
    neighbour.client.environ_base["REMOTE_ADDR"] = "2001:db8:0:2::1"
    assert neighbour.sign_in("anna").status_code == 303


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1::/64"),
        ("2001:DB8:0:1::", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("a socket", "a socket"),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert network_of(address) == network
