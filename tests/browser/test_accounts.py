"""Getting in and out: a new password by mail, the organisation's own sign-in, signing out everywhere else."""

import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant
from review_app.cli.demo import PASSWORD
from review_app.db import Database
from review_app.sites.service import get_site
from tests.accounts.sign_in_service import CLIENT, SECRET, sign_in_service
from tests.browser.conftest import NARROW, WIDE
from tests.browser.served_demo import served
from tests.notifications.post_office import post_office

Pages = Callable[..., Page]

OF_A_SITE = (
    "/sites/overkalix",
    "/sites/overkalix/pages",
    "/sites/overkalix/pages/2/en",
    "/sites/overkalix/queue?language=en",
    "/sites/overkalix/reports?language=en",
    "/sites/overkalix/log",
)
"""Pages of a site that somebody without a role there knows the addresses of."""

NO_SITE = {"sv-SE": "Du hör inte till någon webbplats än", "en-GB": "You belong to no site yet"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sign_in_with(page: Page, staff: str, password: str) -> None:
    page.goto(f"{staff}/sign-in")
    page.get_by_label("E-mail address").fill("anna@example.se")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_anna_has_forgotten_her_password_and_gets_a_link_by_mail(
    prepared_demo: Path, tmp_path: Path, new_page: Pages, page_log, axe
) -> None:
    page_log.expect("404|422")
    with (
        post_office() as (office, port),
        served(
            prepared_demo,
            tmp_path / "demo",
            mails=True,
            smtp_url=f"smtp://127.0.0.1:{port}",
            mail_from="translations@example.se",
        ) as demo,
    ):
        page = new_page()
        page.goto(f"{demo.staff}/sign-in")
        page.get_by_role("link", name="Forgot your password?").click()
        assert axe(page) == []
        page.get_by_label("E-mail address").fill("anna@example.se")
        page.get_by_role("button", name="Send the link").click()
        expect(page.get_by_label("E-mail address")).to_have_count(0)
        link = link_in(page, office)
        page.goto(demo.staff + link)
        assert axe(page) == []
        page.get_by_label("New password").fill("kort")
        page.get_by_role("button", name="Change the password and sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("10 characters")
        page.get_by_label("New password").fill("ett alldeles nytt lösenord")
        page.get_by_role("button", name="Change the password and sign in").click()
        expect(page.get_by_role("link", name="Anna Lindqvist")).to_be_visible()
        again = new_page()
        again.goto(demo.staff + link)
        expect(again.get_by_label("New password")).to_have_count(0)
        sign_in_with(again, demo.staff, "ett alldeles nytt lösenord")
        expect(again.get_by_role("link", name="Anna Lindqvist")).to_be_visible()
        for each in (page, again):
            each.close()  # before the server is: the start page fetches a piece of itself later


def link_in(page: Page, office) -> str:
    """Return the link of the message that comes, without its host."""
    for _look in range(300):
        if office.messages:
            break
        page.wait_for_timeout(200)  # milliseconds: the worker sends it
    (message,) = office.messages
    assert message["To"] == "anna@example.se"
    found = re.search(r"https?://[^/\s]+(/\S*token=\S+)", message.get_body().get_content())
    assert found
    return found[1]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_anna_signs_in_with_the_organisations_own_service(
    prepared_demo: Path, tmp_path: Path, new_page: Pages, axe, width: int
) -> None:
    port = free_port()
    with sign_in_service() as service:
        asked = {
            "base_url": f"http://127.0.0.1:{port}",
            "oidc_issuer": service.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            "oidc_name": "Överkalix",
        }
        with served(prepared_demo, tmp_path / "demo", port, **asked) as demo:
            page = new_page(width=width)
            page.goto(f"{demo.staff}/account")
            assert axe(page) == []
            page.get_by_role("link", name="Sign in with Överkalix").click()
            expect(page.get_by_role("heading", name="Anna Lindqvist")).to_be_visible()
            assert page.url == f"{demo.staff}/account"
            page.get_by_role("button", name="Sign out", exact=True).click()
            expect(page.get_by_role("link", name="Sign out of Överkalix, too")).to_be_visible()


def test_anna_signs_out_everywhere_else(demo, new_page: Pages, axe) -> None:
    here, there = demo.sign_in(new_page(), "anna"), demo.sign_in(new_page(), "anna")
    bo = demo.sign_in(new_page(), "bo")
    here.goto(f"{demo.staff}/account")
    expect(here.locator("#sign-ins tbody tr")).to_have_count(2)
    assert axe(here) == []
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.get_by_role("status").filter(has_text="Every other browser is signed out.")).to_be_visible()
    expect(here.locator("#sign-ins tbody tr")).to_have_count(1)
    there.goto(f"{demo.staff}/account")
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
    bo.goto(f"{demo.staff}/account")
    expect(bo.get_by_role("heading", name="Bo")).to_be_visible()


@pytest.mark.parametrize(("locale", "width"), [("sv-SE", WIDE), ("en-GB", NARROW)])
def test_who_has_no_role_yet_is_told_what_to_wait_for_and_shown_no_site(
    demo, tmp_path: Path, new_page: Pages, page_log, axe, locale: str, width: int
) -> None:
    page_log.expect("404")
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        dana = add_person(session, COMMAND_LINE, email="dana@example.se", name="Dana Ny", password=PASSWORD)
    page = demo.sign_in(new_page(locale=locale, width=width), "dana")
    expect(page.get_by_role("heading", name=NO_SITE[locale])).to_be_visible()
    expect(page.locator("header a[href*='/sites/']")).to_have_count(0)
    for address in ("/", "/notices", "/approvals", "/account"):
        assert page.goto(demo.staff + address).status == 200, address
        assert "Bygglov" not in page.content(), address
        assert axe(page) == [], address
    for address in OF_A_SITE:
        assert page.goto(demo.staff + address).status == 404, address
        assert "Bygglov" not in page.content(), address
        assert axe(page) == [], address
    page.locator("main a").click()
    page.wait_for_url(f"{demo.staff}/")
    with database.writing() as session:
        site = get_site(session, "overkalix").id
        grant(session, COMMAND_LINE, person_id=dana, site_id=site, role=Role.TRANSLATOR, languages=["en"])
    database.dispose()
    page.reload()
    expect(page.get_by_role("heading", name=NO_SITE[locale])).to_have_count(0)
    assert page.goto(demo.staff + OF_A_SITE[1]).status == 200
