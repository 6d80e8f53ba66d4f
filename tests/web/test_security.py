from pathlib import Path

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from review_app.app import create_app, create_public_app
from review_app.settings import Settings
from review_app.web.security import HEADERS, own_path, policy
from tests.web.conftest import Browser, House


def test_every_answer_carries_the_headers(browser: Browser) -> None:
    for path, status in (("/sign-in", 200), ("/", 303), ("/nothing-here", 404), ("/static/base.css", 200)):
        answer = browser.get(path)
        assert answer.status_code == status
        assert answer.headers["Content-Security-Policy"] == policy({})
        assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)
        assert "HX-Request" in answer.headers["Vary"]


def test_the_policy_lets_nothing_inline_run() -> None:
    assert "default-src 'none'" in policy({})
    assert "unsafe" not in policy({})
    assert "frame-src 'self'" in policy({"frame-src": "'self'"})


def test_staff_pages_are_never_stored_and_static_files_are_kept(anna: Browser) -> None:
    assert anna.get("/approvals").headers["Cache-Control"] == "no-store"
    page = anna.get("/sign-in", Accept="text/html")
    assert page.headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_as_long_as_they_are_the_same(app: Flask, browser: Browser) -> None:
    with app.test_request_context():
        address = app.url_for("static", filename="tokens.css")
    assert "immutable" in browser.get(address).headers["Cache-Control"]
    assert browser.get("/static/tokens.css?v=older").headers["Cache-Control"] == "no-cache"
    assert browser.get("/static/nothing.css").status_code == 404


def test_behind_https_the_cookie_cannot_be_sent_or_set_in_the_clear(house: House, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, base_url="https://granska.example", proxies=1)
    app = create_app(settings, house.installation)
    answer = app.test_client().get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-review=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Strict-Transport-Security" in answer.headers


def test_public_pages_set_no_cookie_and_know_no_staff_page(house: House) -> None:
    public = create_public_app(house.installation.settings, house.installation).test_client()
    answer = public.get("/sign-in", follow_redirects=True)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/sites/x/pages?q=a&b=c#d", "/å?next=//x"])
def test_own_paths_are_kept(path: str) -> None:
    assert own_path(path) == path


@given(st.text(alphabet="/\\:.ahtps?#@\t\n ", max_size=20))
@example("/\\evil.example")
@example("//evil.example")
@example("/\t/evil.example")
def test_what_passes_as_an_own_path_stays_on_this_host(path: str) -> None:
    kept = own_path(path)
    if kept is not None:
        assert kept[0] == "/"
        assert not kept.startswith(("//", "/\\"))
        assert not any(ord(character) < 32 for character in kept)
