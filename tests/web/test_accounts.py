import re

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import AnyConverter

from review_app.accounts import signing_in
from review_app.accounts.signing_in import find_signed_in
from review_app.db import database as database_module
from review_app.web.access import OPEN
from tests.web.conftest import PASSWORD, Browser, House


def cookie_token(browser: Browser) -> str | None:
    with browser.client.session_transaction() as session:
        return session.get("token")


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_page(browser: Browser) -> None:
    asked = browser.get("/sites/alvby/pages?q=bygg")
    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=/sites/alvby/pages?q%3Dbygg"
    back = browser.sign_in("anna", next="/sites/alvby/pages?q=bygg")
    assert (back.status_code, back.location) == (303, "/sites/alvby/pages?q=bygg")


def test_every_page_but_those_for_strangers_asks_to_sign_in(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN or "GET" not in (rule.methods or set()):
            continue
        values = {name: 1 if "id" in name else "x" for name in rule.arguments}
        values |= {name: min(one.items) for name, one in rule._converters.items() if isinstance(one, AnyConverter)}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values)
        answer = app.test_client().get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in"), rule.endpoint


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "", "evil", "/%0d%0aSet-Cookie:x\r\nx: y",
    ],
)  # fmt: skip
def test_signing_in_never_leads_to_another_site(browser: Browser, away: str) -> None:
    assert browser.sign_in("anna", next=away).location == "/"


def test_the_wrong_password_and_an_unknown_address_read_the_same(browser: Browser) -> None:
    wrong = browser.sign_in("anna", "fel lösenord!")
    unknown = browser.sign_in("nobody", "fel lösenord!")
    assert wrong.status_code == unknown.status_code == 401
    assert 'role="alert"' in wrong.text
    assert wrong.text.count("nobody") == 0
    assert cookie_token(browser) is None


def test_nobody_who_writes_waits_for_a_password_that_is_checked(
    house: House, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite one transaction writes at a time, and a password takes as long to check as a sentence to save."""
    check, written = signing_in.password_matches, []

    def while_others_write(password: str, stored: str | None) -> bool:
        with house.installation.database.writing() as session:
            written.append(session.execute(text("UPDATE person SET language = 'en' WHERE id = 0")).rowcount)
        return check(password, stored)

    monkeypatch.setattr(signing_in, "password_matches", while_others_write)
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 500)
    assert browser.sign_in("anna").status_code == 303
    assert browser.sign_in("anna", "fel").status_code == 401
    assert written == [0, 0]


def test_guessing_has_to_wait_even_with_the_right_password(browser: Browser) -> None:
    for _ in range(5):
        assert browser.sign_in("anna", "fel").status_code == 401
    held = browser.sign_in("anna", PASSWORD)
    assert held.status_code == 429
    assert 0 < int(held.headers["Retry-After"]) <= 30
    assert browser.sign_in("bo").status_code == 303


def test_signing_in_starts_the_cookie_anew(browser: Browser) -> None:
    token = browser.token()
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    browser.client.post("/sign-in", data={"csrf_token": token, "email": "anna@example.se", "password": PASSWORD})
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
        assert session["token"]


def test_each_sign_in_has_its_own_token_and_sign_out_ends_it_on_the_server(house: House, browser: Browser) -> None:
    browser.sign_in("anna")
    first = cookie_token(browser)
    browser.post("/sign-out")
    assert cookie_token(browser) is None
    browser.sign_in("anna")
    second = cookie_token(browser)
    assert first
    assert second
    assert first != second
    with house.installation.database.reading() as session:
        assert find_signed_in(session, first) is None
        assert find_signed_in(session, second) is not None


def test_the_cookie_holds_the_token_and_nothing_of_the_person(anna: Browser) -> None:
    anna.get("/sites/alvby/pages")
    with anna.client.session_transaction() as session:
        assert set(session) <= {"token", "csrf_token", "_permanent"}


def test_a_form_without_its_token_is_refused(anna: Browser) -> None:
    for form in ({}, {"csrf_token": "forged"}):
        refused = anna.client.post("/language", data={"language": "en", **form})
        assert refused.status_code == 400
    assert 'lang="sv"' in anna.get("/sites/alvby/pages").text


def test_the_token_may_come_as_htmx_sends_it(anna: Browser) -> None:
    headers = {"X-CSRFToken": anna.token(), "HX-Request": "true"}
    assert anna.client.post("/language", data={"language": "en"}, headers=headers).status_code == 303


def test_the_language_follows_the_person_then_the_browser(app: Flask, browser: Browser) -> None:
    assert '<html lang="sv">' in browser.get("/sign-in").text
    assert '<html lang="en">' in browser.get("/sign-in", Accept_Language="de, en;q=0.9, sv;q=0.5").text
    chosen = browser.post("/language", {"language": "en", "next": "/sign-in?next=%2Fsites%2Falvby%2Fpages"})
    assert chosen.location == "/sign-in?next=%2Fsites%2Falvby%2Fpages"
    assert '<html lang="en">' in browser.get("/sign-in", Accept_Language="sv").text
    browser.sign_in("anna")
    browser.post("/language", {"language": "en"})
    elsewhere = Browser(app)
    elsewhere.sign_in("anna")
    assert '<html lang="en">' in elsewhere.get("/sites/alvby/pages").text


def test_an_unknown_language_changes_nothing(browser: Browser) -> None:
    assert browser.post("/language", {"language": "xx"}).status_code == 303
    assert '<html lang="sv">' in browser.get("/sign-in").text


def test_people_change_their_own_password(browser: Browser, anna: Browser) -> None:
    assert "anna@example.se" in anna.get("/account").text
    new = "ett nytt långt lösenord"
    answer = anna.post("/account", {"old": PASSWORD, "new": new})
    assert "told=password" in answer.location
    assert anna.get("/account").status_code == 200, "this browser stays signed in"
    browser.post("/sign-in", {"email": "anna@example.se", "password": new})
    assert browser.get("/account").status_code == 200


def test_a_changed_password_signs_other_browsers_out(app: Flask, anna: Browser) -> None:
    other = Browser(app)
    other.post("/sign-in", {"email": "anna@example.se", "password": PASSWORD})
    anna.post("/account", {"old": PASSWORD, "new": "ett nytt långt lösenord"})
    assert other.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "message"), [("fel", "ett nytt långt lösenord", "stämmer inte"), (PASSWORD, "kort", "för kort")]
)
def test_a_password_that_cannot_be_changed_is_told(anna: Browser, old: str, new: str, message: str) -> None:
    answer = anna.post("/account", {"old": old, "new": new})
    assert (answer.status_code, message in answer.text) == (422, True)
    assert PASSWORD not in answer.text


def test_guessing_the_present_password_is_slowed_down(anna: Browser) -> None:
    answers = [anna.post("/account", {"old": "fel", "new": "ett nytt långt lösenord"}).status_code for _ in range(12)]
    assert answers[-1] == 429


def test_a_browser_that_signed_in_before_is_not_kept_out_by_guesses_from_elsewhere(app: Flask, anna: Browser) -> None:
    anna.post("/sign-out")
    stranger = Browser(app)  # in the same office
    for _ in range(45):
        stranger.sign_in("anna", "fel")
    assert stranger.sign_in("anna").status_code == 429
    assert anna.sign_in("anna").status_code == 303


def test_guesses_at_one_account_from_many_networks_have_to_wait(app: Flask) -> None:
    browsers = [Browser(app) for _ in range(22)]
    answers = []
    for number, browser in enumerate(browsers):
        browser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        answers.append(browser.sign_in("anna", "fel").status_code)
    assert answers[:20] == [401] * 20
    assert answers[20:] == [429, 429]
    assert browsers[0].sign_in("bo").status_code == 303


def test_a_known_browser_guesses_no_more_freely_than_others(anna: Browser) -> None:
    anna.post("/sign-out")
    answers = [anna.sign_in("anna", "fel").status_code for _ in range(7)]
    assert answers == [401] * 5 + [429] * 2


def test_a_forged_word_of_having_been_here_is_none(browser: Browser) -> None:
    browser.client.set_cookie("known", "WyJhIiwiYiJd.aaaa.bbbb")
    for _ in range(5):
        browser.sign_in("anna", "fel")
    assert browser.sign_in("anna").status_code == 429


def test_people_see_and_end_their_other_sign_ins(app: Flask, anna: Browser) -> None:
    phone, tablet = Browser(app), Browser(app)
    for other, tells in ((phone, "(iPhone) Safari/604.1"), (tablet, "(iPad) Safari/604.1")):
        other.client.environ_base["HTTP_USER_AGENT"] = tells
        other.sign_in("anna")
    shown = anna.get("/account").text
    assert "Safari, iPhone" in shown
    handle = re.search(r'name="sign_in" value="([0-9a-f]+)"', shown.split("Safari, iPhone")[1])
    assert handle
    assert "told=sign_in_ended" in anna.post("/account/sign-ins/end", {"sign_in": handle[1]}).location
    assert phone.get("/account").status_code == 303
    assert tablet.get("/account").status_code == 200
    anna.post("/account/sign-ins/end-others")
    assert tablet.get("/account").status_code == 303
    assert anna.get("/account").status_code == 200


def test_a_browser_is_seen_when_it_reads(house: House, anna: Browser) -> None:
    database = house.installation.database
    with database.writing() as session:
        session.execute(text("UPDATE sign_in SET seen_at = NULL"))
    anna.get("/account")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM sign_in WHERE seen_at IS NOT NULL")).scalar() == 1
