"""Anna signs in with the municipality's own service; whatever does not hold is refused with a sentence."""

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select, text

from review_app.accounts.invitations import invite
from review_app.accounts.permissions import Role
from review_app.accounts.service import find_person, person_actor
from review_app.accounts.tables import AuditEntry, Person
from review_app.app import create_app
from tests.accounts.sign_in_service import CLIENT, SECRET, SignInService, sign_in_service
from tests.web.conftest import Browser, House


@pytest.fixture
def service() -> Iterator[SignInService]:
    with sign_in_service() as opened:
        yield opened


def with_service(house: House, service: SignInService, **more: object) -> Flask:
    settings = house.installation.settings.model_copy(
        update={
            "oidc_issuer": service.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(SECRET),
            "oidc_name": "Älvby",
            **more,
        }
    )
    return create_app(settings, replace(house.installation, settings=settings))


@pytest.fixture
def app(house: House, service: SignInService) -> Flask:
    return with_service(house, service)


def go(browser: Browser, service: SignInService, next: str = "/account") -> object:  # noqa: A002
    """Walk to the service and back."""
    away = browser.get(f"/sign-in/openid?next={next}")
    assert away.status_code == 303, away.text
    return arrive(browser, service.authorize(away.location))


def arrive(browser: Browser, address: str) -> object:
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}", Accept_Language="en")


def told(answer: object) -> str:
    return answer.text.partition("data-error>")[2].partition("<")[0]


def person_id(house: House, email: str) -> int | None:
    with house.installation.database.reading() as session:
        return find_person(session, email)


def test_somebody_with_an_account_is_let_in_and_known_by_the_services_number(
    house: House, service: SignInService, browser: Browser, app: Flask
) -> None:
    assert "Älvby" in browser.get("/sign-in").text
    assert go(browser, service).location == "/account"
    assert "anna@example.se" in browser.get("/account").text
    service.person = {"sub": "a-1", "email": "anna.nygift@example.se", "email_verified": False}
    other = Browser(app)
    assert go(other, service).location == "/account"
    assert "anna@example.se" in other.get("/account").text
    with house.installation.database.reading() as session:
        log = session.scalars(select(AuditEntry.action).where(AuditEntry.person_id == house.people["anna"])).all()
    assert log.count("identity.link") == 1
    assert log.count("sign_in") == 2


WRONG = {
    "nonce": ({"nonce": "another"}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "issuer": ({"iss": "https://evil.example"}, "iss"),
    "audience": ({"aud": "another-app"}, "aud"),
    "one of several audiences, for another": ({"aud": [CLIENT, "x"], "azp": "x"}, "azp"),
    "expired": ({"exp": int(time.time()) - 300}, "exp"),
    "no end": ({"exp": None}, "exp"),
    "of the future": ({"iat": int(time.time()) + 3000}, "iat"),
    "no subject": ({"sub": None}, "sub"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_token_that_does_not_hold_is_refused(service: SignInService, browser: Browser, name: str) -> None:
    service.claims, what = WRONG[name]
    refused = go(browser, service)
    assert refused.status_code == 401
    assert f"cannot be trusted ({what}" in told(refused)
    assert browser.get("/account").status_code == 303


def test_clocks_may_differ_by_a_minute(service: SignInService, browser: Browser) -> None:
    service.claims = {"exp": int(time.time()) - 30, "iat": int(time.time()) + 30}
    assert go(browser, service).location == "/account"


@pytest.mark.parametrize(("algorithm", "signed_by"), [("none", "the service"), ("RS256", "somebody else")])
def test_a_token_that_the_service_did_not_sign_is_refused(
    service: SignInService, browser: Browser, algorithm: str, signed_by: str
) -> None:
    service.algorithm, service.signed_by = algorithm, signed_by
    refused = go(browser, service)
    assert refused.status_code == 401
    assert "cannot be trusted" in told(refused)


def test_a_code_is_no_use_without_the_verifier_of_its_challenge(service: SignInService, browser: Browser) -> None:
    away = browser.get("/sign-in/openid")
    address = service.authorize(away.location)
    with browser.client.session_transaction() as cookie:
        cookie["openid"][2] = "somebody else's verifier"
        cookie.modified = True
    assert "did not let you in" in told(arrive(browser, address))


def test_a_service_without_pkce_is_refused(service: SignInService, browser: Browser) -> None:
    service.about = {"code_challenge_methods_supported": ["plain"]}
    refused = browser.get("/sign-in/openid", Accept_Language="en")
    assert "does not offer PKCE" in told(refused)


def test_an_answer_belongs_to_the_browser_that_asked_and_is_taken_once(
    service: SignInService, browser: Browser, app: Flask
) -> None:
    address = service.authorize(browser.get("/sign-in/openid").location)
    assert "not begun in this browser" in told(arrive(Browser(app), address))
    assert arrive(browser, address.replace("state=", "state=x")).status_code == 401
    assert arrive(browser, address).status_code == 401, "the errand is over"


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"issuer": "https://other.example"}, "by another name"),
        ({"token_endpoint": "http://id.example/token"}, "is not https"),
        ({"jwks_uri": None}, "does not answer as it should"),
    ],
)
def test_a_service_that_is_not_what_the_settings_say(
    service: SignInService, browser: Browser, about: dict[str, object], sentence: str
) -> None:
    service.about = about
    refused = browser.get("/sign-in/openid", Accept_Language="en")
    assert refused.status_code in {401, 422}
    assert sentence in told(refused)


def test_a_service_that_is_away(house: House) -> None:
    app = with_service(house, SignInService(issuer="http://127.0.0.1:1"))
    refused = Browser(app).get("/sign-in/openid", Accept_Language="en")
    assert "does not answer" in told(refused)


def test_a_service_has_to_be_https(house: House) -> None:
    app = with_service(house, SignInService(issuer="http://id.example.se"))
    assert "is not https" in told(Browser(app).get("/sign-in/openid", Accept_Language="en"))


def test_whoever_says_no_there_is_told(service: SignInService, browser: Browser) -> None:
    state = parse_qs(urlsplit(browser.get("/sign-in/openid").location).query)["state"][0]
    refused = browser.get(f"/sign-in/openid/back?error=access_denied&state={state}", Accept_Language="en")
    assert "did not let you in" in told(refused)


@pytest.mark.parametrize("person", [{"email_verified": False}, {"email_verified": None}, {"email": None}])
def test_an_address_that_nobody_verified_opens_no_account(
    service: SignInService, browser: Browser, person: dict[str, object]
) -> None:
    service.claims = person
    assert "has not verified your address" in told(go(browser, service))


def test_a_service_whose_addresses_are_trusted(house: House, service: SignInService) -> None:
    service.claims = {"email_verified": None}
    browser = Browser(with_service(house, service, oidc_trust_email=True))
    assert go(browser, service).location == "/account"


def test_whoever_nobody_invited_stays_outside(house: House, service: SignInService, browser: Browser) -> None:
    service.person = {"sub": "x", "email": "eva@example.se"}
    assert "Nobody here has invited eva@example.se" in told(go(browser, service))
    assert person_id(house, "eva@example.se") is None


def test_the_address_of_somebody_who_is_linked_opens_no_account_to_another(
    service: SignInService, browser: Browser, app: Flask
) -> None:
    go(browser, service)
    service.person = {"sub": "a-2", "email": "anna@example.se"}
    assert "Nobody here has invited" in told(go(Browser(app), service))


def test_whose_account_is_closed_stays_outside(house: House, service: SignInService, browser: Browser) -> None:
    go(browser, service)
    with house.installation.database.writing() as session:
        session.get_one(Person, house.people["anna"]).active = False
    browser.client.delete_cookie("review")
    assert "account is closed" in told(go(browser, service))


def test_an_invitation_is_accepted_by_signing_in(house: House, service: SignInService, browser: Browser) -> None:
    with house.installation.database.writing() as session:
        carin = person_actor(session, house.people["carin"])
        invite(session, carin, house.site, email="eva@example.se", name="", roles={Role.TRANSLATOR: ("ar",)}, key=b"x")
    service.person = {"sub": "e", "email": "Eva@example.se", "name": "Eva Ek"}
    assert go(browser, service).location == "/account"
    assert "Eva Ek" in browser.get("/account").text
    assert browser.sign_in("eva", "").status_code == 401, "she has no password"


RULES = "groups=web alvby administrator; groups=arabic alvby translator ar; groups=x nowhere approver"


def test_claims_give_and_take_the_roles_that_rules_speak_of(house: House, service: SignInService) -> None:
    browser = Browser(with_service(house, service, oidc_roles=RULES))

    def roles() -> tuple[object, object]:
        with house.installation.database.reading() as session:
            anna = person_actor(session, house.people["anna"])
        return dict(anna.roles).get(house.site, set()), anna.languages_of(house.site, Role.TRANSLATOR)

    service.claims = {"groups": ["web", "arabic", "x"]}
    go(browser, service)
    assert roles() == ({Role.TRANSLATOR, Role.ADMINISTRATOR}, {"ar"})
    service.claims = {"groups": "web"}
    go(browser, service)
    assert roles() == ({Role.ADMINISTRATOR}, None)
    service.claims = {}
    go(browser, service)
    assert roles() == (set(), None)


def test_the_last_administrator_stays_one(house: House, service: SignInService) -> None:
    browser = Browser(with_service(house, service, oidc_roles=RULES))
    service.person = {"sub": "c", "email": "carin@example.se"}
    go(browser, service)
    assert browser.get("/sites/alvby/people").status_code == 200


def test_signing_out_offers_to_sign_out_there_too(service: SignInService, browser: Browser) -> None:
    go(browser, service)
    shown = browser.get(browser.post("/sign-out").location).text
    assert "/sign-in/openid/out" in shown
    away = browser.get("/sign-in/openid/out")
    assert away.location.startswith(f"{service.issuer}/out?client_id={CLIENT}")


def test_it_never_leads_to_another_site(service: SignInService, browser: Browser) -> None:
    assert go(browser, service, next="//evil.example").location == "/"


def test_without_a_service_there_is_no_button(house: House) -> None:
    browser = Browser(create_app(house.installation.settings, house.installation))
    assert "/sign-in/openid" not in browser.get("/sign-in").text
    for path in ("", "/back", "/out"):
        assert browser.get(f"/sign-in/openid{path}").status_code in {401, 404}


def test_what_the_browser_keeps_is_not_in_the_database(house: House, service: SignInService, browser: Browser) -> None:
    go(browser, service)
    with house.installation.database.reading() as session:
        stored = session.execute(text("SELECT issuer, subject FROM identity")).all()
    assert stored == [(service.issuer, "a-1")]
