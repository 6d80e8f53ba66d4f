import pytest
from flask import Flask

from review_app.accounts.log import audit_rows
from review_app.accounts.permissions import COMMAND_LINE
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import get_site
from tests.web.conftest import Browser, House


def site_of(house: House) -> object:
    with house.installation.database.reading() as session:
        return get_site(session, "alvby")


def last_change(house: House) -> tuple[str, str]:
    with house.installation.database.reading() as session:
        row = audit_rows(session, COMMAND_LINE, house.site, limit=1)[0]
    return row.actor, row.action


@pytest.mark.parametrize("path", ["/sites/alvby", "/sites/alvby/log", "/sites/alvby/import"])
def test_only_an_administrator_of_the_site_sees_its_settings(app: Flask, carin: Browser, path: str) -> None:
    assert carin.get(path).status_code == 200
    for name, status in (("anna", 403), ("bo", 403), ("disa", 404)):
        other = Browser(app)
        other.sign_in(name)
        assert other.get(path).status_code == status


def test_a_policy_is_changed_and_logged(house: House, carin: Browser) -> None:
    saved = carin.post("/sites/alvby/languages", {"language": "en", "policy": "machine_at_once", "engine": ""})
    assert saved.location == "/sites/alvby?told=saved#languages"
    assert site_of(house).languages["en"] is LanguagePolicy.MACHINE_AT_ONCE
    assert last_change(house) == ("Carin", "site.language")
    log = carin.get("/sites/alvby/log", Accept_Language="en").text
    assert "machine after review" in log
    assert "machine at once, marked" in log


def test_the_same_policy_again_is_no_change(house: House, carin: Browser) -> None:
    before = last_change(house)
    carin.post("/sites/alvby/languages", {"language": "en", "policy": "machine_after_review", "engine": ""})
    assert last_change(house) == before


@pytest.mark.parametrize(
    "form",
    [
        {"language": "sv", "policy": "human_only"},
        {"language": "en", "policy": "whatever"},
        {"language": "en", "policy": "human_only", "engine": "babelfish"},
        {"language": "no such language", "policy": "human_only"},
    ],
)
def test_what_cannot_be_a_language_is_said_beside_the_form(
    house: House, carin: Browser, form: dict[str, object]
) -> None:
    before = site_of(house)
    refused = carin.post("/sites/alvby/languages", form)
    assert refused.status_code in {404, 422}
    assert 'role="alert"' in refused.text
    assert site_of(house) == before


def test_the_facts_readers_are_told(house: House, carin: Browser) -> None:
    facts = {"name": " Nya Älvby ", "base_url": "https://ny.example/", "responsible": "Webben", "contact": "a@b.se"}
    assert carin.post("/sites/alvby", facts).status_code == 303
    site = site_of(house)
    assert (site.name, site.responsible, site.one_person_mode) == ("Nya Älvby", "Webben", False)
    refused = carin.post("/sites/alvby", {**facts, "base_url": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert "javascript:alert(1)" in refused.text
    assert site_of(house).base_url == "https://ny.example/"


def test_what_an_approval_asks_for(house: House, carin: Browser) -> None:
    form = {"least_read": "80", "one_person_mode": "1"}
    assert carin.post("/sites/alvby/approval", form).status_code == 303
    site = site_of(house)
    assert (site.least_read, site.one_person_mode, site.name) == (80, True, "Älvby kommun")
    assert "andel som ska läsas, i procent" in carin.get("/sites/alvby/log").text
    for typed in ("101", "-1", "half", ""):
        refused = carin.post("/sites/alvby/approval", {"least_read": typed})
        assert refused.status_code == 422
        assert "ett helt tal i procent" in refused.text


def test_a_stranger_changes_nothing(house: House, app: Flask) -> None:
    disa = Browser(app)
    disa.sign_in("disa")
    before = site_of(house)
    for path in (
        "",
        "/languages",
        "/people",
        f"/people/{house.people['anna']}",
        f"/people/{house.people['anna']}/remove",
    ):
        assert disa.post(f"/sites/alvby{path}", {"language": "en", "name": "x", "role": "approver"}).status_code == 404
    assert site_of(house) == before


def test_the_log_is_paged(house: House, carin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_app.web.sites.ROWS_PER_PAGE", 2)
    first = carin.get("/sites/alvby/log").text
    assert "page=2" in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in carin.get("/sites/alvby/log?page=2").text
    assert carin.get("/sites/alvby/log?page=nonsense").status_code == 200


def test_the_log_is_filtered_and_downloaded(carin: Browser) -> None:
    carin.post("/sites/alvby/languages", {"language": "fi", "policy": "human_only", "engine": ""})
    carin.post("/sites/alvby", {"name": "=1+1", "base_url": "https://ny.example/"})
    shown = carin.get("/sites/alvby/log?action=site.language&who=Carin", Accept_Language="en").text
    assert "human only" in shown
    assert "ny.example" not in shown
    assert "human only" not in carin.get("/sites/alvby/log?until=2000-01-01", Accept_Language="en").text
    table = carin.get("/sites/alvby/log.csv?who=Carin&since=2000-01-01&until=nonsense")
    lines = table.get_data(as_text=True).splitlines()
    assert lines[0].lstrip("\ufeff") == "at,who,from,action,subject,before,after"
    assert [line.split(",")[1:4] for line in lines[1:]] == [
        ["Carin", "127.0.0.1", "site.change"],
        ["Carin", "127.0.0.1", "site.language"],
    ]
