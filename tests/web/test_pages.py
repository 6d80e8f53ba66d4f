from io import BytesIO

import pytest
from flask import Flask

from review_app.accounts.permissions import COMMAND_LINE
from review_app.jobs.service import get_job
from review_app.pages.service import pages_of
from tests.web.conftest import Browser, House

PAGE = """<!doctype html><html lang="sv"><title>Bygglov</title><main><h1>Bygglov</h1>
<p>Du behöver bygglov för att bygga ett hus. Avgiften är 4 500 kronor.</p></main></html>""".encode()


def upload(browser: Browser, *files: tuple[bytes, str], **form: object) -> object:
    data = {"csrf_token": browser.token(), "files": [(BytesIO(body), name) for body, name in files], **form}
    return browser.client.post("/sites/alvby/import", data=data, content_type="multipart/form-data")


def paths(house: House) -> list[str]:
    with house.installation.database.reading() as session:
        return [page.path for page in pages_of(session, house.site)]


def test_a_file_is_taken_in_and_translated_where_asked(house: House, carin: Browser) -> None:
    taken = upload(carin, (PAGE, "bygglov.html"), path="bygga/bygglov", translate=["en", "xx"])
    (job_id,) = house.jobs.sent
    assert taken.location == f"/jobs/{job_id}"
    assert paths(house) == ["bygga/bygglov"]
    with house.installation.database.reading() as session:
        job = get_job(session, COMMAND_LINE, job_id)
    assert (job.name, job.payload["language"]) == ("translate_page", "en")


def test_several_files_go_to_the_matrix_and_come_again_unchanged(house: House, carin: Browser) -> None:
    files = ((PAGE, "a.html"), (PAGE.replace(b"hus", b"garage"), "../../b.html"))
    assert upload(carin, *files).location == "/sites/alvby/pages?told=imported"
    assert upload(carin, *files).location == "/sites/alvby/pages?told=unchanged"
    assert paths(house) == ["a", "b"]
    matrix = carin.get("/sites/alvby/pages?told=imported").text
    assert matrix.count("Bygglov") >= 2
    assert 'class="message ok"' in matrix


@pytest.mark.parametrize(
    ("body", "name"),
    [(b"", "tom.html"), (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 obj", "blankett.pdf"), (b"\x00" * 900, "x.html")],
)
def test_one_unusable_file_is_named_and_none_is_stored(house: House, carin: Browser, body: bytes, name: str) -> None:
    refused = upload(carin, (PAGE, "bra.html"), (body, name))
    assert refused.status_code == 422
    assert f"{name}:" in refused.text
    assert 'role="alert"' in refused.text or "wrong-text" in refused.text
    assert paths(house) == []
    assert house.jobs.sent == []


def test_no_file_at_all(carin: Browser) -> None:
    assert upload(carin).status_code == 422


@pytest.mark.parametrize(
    "url", ["", "bygglov", "ftp://alvby.example/", "http://127.0.0.1/", "http://10.0.0.8/x", "file:///etc"]
)
def test_an_address_that_may_not_be_fetched_is_refused_at_once(house: House, carin: Browser, url: str) -> None:
    refused = carin.post("/sites/alvby/import-address", {"url": url})
    assert refused.status_code == 422
    assert "wrong-text" in refused.text
    assert house.jobs.sent == []


def test_an_address_is_fetched_as_a_job(house: House, carin: Browser) -> None:
    assert carin.post("/sites/alvby/import-address", {"url": "https://www.alvby.example/x"}).status_code == 303
    assert len(house.jobs.sent) == 1


@pytest.mark.parametrize("name", ["anna", "bo"])
def test_only_an_administrator_takes_pages_in(house: House, app: Flask, name: str) -> None:
    browser = Browser(app)
    browser.sign_in(name)
    assert upload(browser, (PAGE, "a.html")).status_code == 403
    assert browser.post("/sites/alvby/import-address", {"url": "https://www.alvby.example/"}).status_code == 403
    assert paths(house) == []


def test_a_page_is_sent_to_translation_once(house: House, carin: Browser) -> None:
    upload(carin, (PAGE, "a.html"))
    address = "/sites/alvby/pages/1/en/translate"
    assert carin.post(address).location == carin.post(address).location
    assert carin.post(address, {"engine": "google"}).location == carin.post(address).location  # the site's own, by name
    assert len(house.jobs.sent) == 1
    assert carin.post("/sites/alvby/pages/1/fi/translate").status_code == 404
    assert carin.post("/sites/alvby/pages/99/en/translate").status_code == 404
    assert carin.post(address, {"engine": "babelfish"}).status_code == 422


def test_typing_in_the_search_gives_the_table_alone(carin: Browser) -> None:
    upload(carin, (PAGE, "bygglov.html"), (PAGE.replace(b"Bygglov", b"Avfall"), "avfall.html"))
    found = carin.get("/sites/alvby/pages?q=avf", HX_Request="true").text
    assert found.lstrip().startswith('<div id="matrix"')
    assert "Avfall" in found
    assert "Bygglov" not in found
    assert 'class="empty"' in carin.get("/sites/alvby/pages?q=finns-inte").text


def test_an_empty_site_says_what_to_do(carin: Browser) -> None:
    page = carin.get("/sites/alvby/pages").text
    assert 'class="empty"' in page
    assert "/sites/alvby/import" in page
