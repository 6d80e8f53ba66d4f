"""Carin invites; who is invited opens the link, by mail or handed over."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from review_app.app import create_app
from review_app.notifications.links import with_link
from review_app.notifications.mail import waiting_mail
from review_app.notifications.tables import Mail
from review_app.settings import link_key
from tests.web.conftest import PASSWORD, Browser, House

PEOPLE = "/sites/alvby/people"
FORM = {"email": "eva@example.se", "role": ["translator"], "translator-scope": "some", "translator-language": ["ar"]}


@pytest.fixture
def mailing(house: House) -> Iterator[Flask]:
    """The same house, with a mail server that nobody asks."""
    settings = house.installation.settings.model_copy(
        update={"smtp_url": type(house.installation.settings.smtp_url)("smtp://127.0.0.1:1"), "mail_from": "x@y.se"}
    )
    return create_app(settings, replace(house.installation, settings=settings))


def handed_over(page: str) -> str:
    found = re.search(r'value="[^"]*(/invitation\?token=[^"]+)"', page)
    assert found, page
    return found[1]


def invited(carin: Browser) -> str:
    return handed_over(carin.post(PEOPLE, FORM).text)


def accepted(browser: Browser, link: str, **form: str) -> object:
    return browser.post("/invitation", {"token": link.split("token=")[1], **form})


def test_without_mail_the_link_is_shown_once_and_lets_somebody_in(app: Flask, carin: Browser) -> None:
    shown = carin.post(PEOPLE, FORM)
    link = handed_over(shown.text)
    assert shown.headers["Cache-Control"] == "no-store"
    assert link not in carin.get(PEOPLE).text
    eva = Browser(app)
    opened = eva.get(link, Accept_Language="en").text
    assert "Carin invites you as translator (Arabic)." in " ".join(opened.split())
    assert accepted(eva, link, name="Eva", password="också långt nog").location == "/?told=welcome"
    assert "Eva" in eva.get("/account").text
    assert "eva@example.se" in carin.get(PEOPLE).text
    assert eva.sign_in("eva", "också långt nog").status_code == 303
    again = Browser(app).get(link)
    assert again.status_code == 404
    assert "/sign-in" in again.text


def test_somebody_with_an_account_signs_in_as_usual(app: Flask, carin: Browser) -> None:
    link = handed_over(carin.post(PEOPLE, {**FORM, "email": "disa@example.se"}).text)
    disa = Browser(app)
    assert "password" not in re.sub(r'href="[^"]*"', "", disa.get(link).text.split("<main")[1])
    assert accepted(disa, link, name="Utbytt", password="ett kapat lösenord").location == "/sign-in?told=accepted"
    assert disa.sign_in("disa", "ett kapat lösenord").status_code == 401
    assert disa.sign_in("disa").status_code == 303
    assert disa.get("/sites/alvby/pages").status_code == 200


def test_a_short_password_is_told_and_the_link_still_good(app: Flask, carin: Browser) -> None:
    link, eva = invited(carin), Browser(app)
    refused = accepted(eva, link, name="Eva", password="kort")
    assert refused.status_code == 422
    assert 'value="Eva"' in refused.text
    assert accepted(eva, link, name="Eva", password="också långt nog").status_code == 303


def test_with_mail_it_is_sent_in_the_language_of_whoever_invites(house: House, mailing: Flask) -> None:
    carin = Browser(mailing)
    carin.sign_in("carin")
    answer = carin.post(PEOPLE, FORM)
    assert answer.location == f"{PEOPLE}?told=invited"
    with house.installation.database.reading() as session:
        (waiting,) = waiting_mail(session)
        values = session.scalars(select(Mail.values)).one()
    assert (waiting.address, waiting.letter) == ("eva@example.se", "invitation")
    settings = house.installation.settings
    link = with_link(values, settings.base_url, link_key(settings))["link"]
    assert link.startswith("http://127.0.0.1:8000/invitation?token=")
    assert link.partition("=")[2] not in str(values)
    assert values["inviter"] == "Carin"
    assert Browser(mailing).get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_it_is_sent_again_and_withdrawn(app: Flask, carin: Browser) -> None:
    first = invited(carin)
    again = re.search(rf'action="({PEOPLE}/invitations/\d+)/again"', carin.get(PEOPLE).text)
    assert again
    second = handed_over(carin.post(f"{again[1]}/again").text)
    assert Browser(app).get(first).status_code == 404
    assert Browser(app).get(second).status_code == 200
    assert carin.post(f"{again[1]}/withdraw").location == f"{PEOPLE}?told=revoked"
    assert accepted(Browser(app), second, name="Eva", password="också långt nog").status_code == 404
    assert "eva@example.se" not in carin.get(PEOPLE).text


@pytest.mark.parametrize("form", [{**FORM, "email": "eva"}, {**FORM, "role": []}, {**FORM, "translator-language": []}])
def test_what_cannot_be_sent_leaves_nothing_behind(carin: Browser, form: dict[str, object]) -> None:
    refused = carin.post(PEOPLE, form)
    assert refused.status_code == 422
    assert str(form["email"]) in refused.text
    assert "/invitations/" not in carin.get(PEOPLE).text


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "å" * 300])
def test_a_link_that_nobody_was_sent(browser: Browser, token: str) -> None:
    for path in ("/invitation", "/new-password"):
        assert browser.get(f"{path}?token={token}").status_code == 404
        assert browser.post(path, {"token": token, "password": PASSWORD}).status_code == 404


def test_no_log_line_has_the_link(app: Flask, carin: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    link = invited(carin)
    eva = Browser(app)
    eva.get(link)
    accepted(eva, link, name="Eva", password="också långt nog")
    told = capsys.readouterr()
    assert link.split("token=")[1] not in told.out + told.err


def test_a_forgotten_password_is_answered_the_same_for_everybody(house: House, mailing: Flask) -> None:
    browser = Browser(mailing)
    assert "/forgot" in browser.get("/sign-in").text
    known, unknown = (browser.post("/forgot", {"email": f"{name}@example.se"}) for name in ("anna", "nobody"))
    assert known.status_code == unknown.status_code == 200
    told = [answer.text.partition("<main")[2] for answer in (known, unknown)]
    assert told[0].replace("anna@", "nobody@") == told[1]


def test_without_mail_nobody_is_sent_a_link(browser: Browser) -> None:
    assert "/forgot" not in browser.get("/sign-in").text
    assert browser.get("/forgot").status_code == 200
    assert browser.post("/forgot", {"email": "anna@example.se"}).status_code == 422


def test_asking_too_often_has_to_wait(mailing: Flask) -> None:
    browser = Browser(mailing)
    answers = [browser.post("/forgot", {"email": f"n{number}@example.se"}).status_code for number in range(22)]
    assert answers[19:] == [200, 429, 429]
