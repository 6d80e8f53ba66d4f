"""Taking in many pages, stopping and going on, looking again, and the address that publishing systems push to."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.accounts.administration import renew_push_token
from review_app.jobs.service import get_job
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def carin(library: Library) -> Browser:
    return library.browser("carin")


LIST = "https://www.alvby.example/sitemap.xml\nhttps://www.alvby.example/a\n"


def jobs(library: Library) -> list[tuple[str, dict]]:
    with library.database.reading() as session:
        found = [get_job(session, library.town.carin, job_id) for job_id in library.jobs.sent]
    return [(job.name, dict(job.payload)) for job in found]


def test_many_addresses_become_a_crawl_that_can_be_stopped(library: Library, carin: Browser) -> None:
    address = carin.post("/sites/alvby/crawls", {"addresses": LIST, "depth": "1", "most": "20"}).location
    assert address == "/crawls/1"
    assert jobs(library) == [("crawl", {"crawl_id": 1})]
    assert "hx-get" in carin.get(address).text
    carin.post(f"{address}/stop")
    assert "hx-get" not in carin.get(address).text.split('id="crawl"')[1]
    carin.post(f"{address}/resume")
    assert len(library.jobs.sent) == 1, "the job that waits goes on with it"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"addresses": " \n"}, "names no pages"),
        ({"addresses": "inte en adress"}, "not a web address"),
        ({"addresses": LIST, "depth": "99"}, "up to 10 deep"),
        ({"addresses": LIST, "most": "många"}, "up to 10 deep"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_stays_typed(
    library: Library, carin: Browser, form: dict, told: str
) -> None:
    answer = carin.post("/sites/alvby/crawls", form)
    assert answer.status_code == 422
    assert told in answer.text
    assert form["addresses"].strip().split("\n")[0] in answer.text
    assert library.jobs.sent == []


def test_only_who_may_take_pages_in(library: Library) -> None:
    anna = library.browser("anna")
    assert anna.post("/sites/alvby/crawls", {"addresses": LIST}).status_code == 403
    assert anna.post("/sites/alvby/sync").status_code == 403
    assert anna.post("/sites/alvby/push-token").status_code == 403
    assert anna.get("/crawls/1").status_code == 404


def test_looking_again_is_one_job_at_a_time(library: Library, carin: Browser) -> None:
    first = carin.post("/sites/alvby/sync").location
    assert carin.post("/sites/alvby/sync").location == first
    assert jobs(library) == [("sync_site", {"site": "alvby"})]


def test_how_often_the_website_is_looked_at(library: Library, carin: Browser) -> None:
    carin.post("/sites/alvby/following", {"hours": "24"})
    assert 'value="24"' in carin.get("/sites/alvby").text
    assert carin.post("/sites/alvby/following", {"hours": "ofta"}).status_code == 422
    carin.post("/sites/alvby/following", {"hours": ""})
    assert 'value="24"' not in carin.get("/sites/alvby").text


def push(library: Library, token: str, url: str = "https://www.alvby.example/bibliotek", kind: str = "Bearer"):
    client = library.app.test_client()
    return client.post("/push/alvby", data={"url": url}, headers={"Authorization": f"{kind} {token}"})


def test_a_publishing_system_pushes_with_its_secret(library: Library, carin: Browser) -> None:
    page = carin.post("/sites/alvby/push-token").text
    token = re.search(r"Bearer ([\w-]+)", page)
    assert token is not None
    assert token[1] not in carin.get("/sites/alvby").text, "it is shown once"
    for _ in range(2):
        assert push(library, token[1]).status_code == 202
    assert jobs(library) == [("sync_site", {"url": "https://www.alvby.example/bibliotek"})]


def test_without_the_secret_or_for_another_website_nothing_is_done(library: Library) -> None:
    assert push(library, "fel").status_code == 401
    with library.database.writing() as session:
        token = renew_push_token(session, library.town.carin, library.town.site_id)
        other = renew_push_token(session, library.town.carin, library.town.site_id)
    assert push(library, token).status_code == 401, "the newer secret ended it"
    assert push(library, other, kind="Basic").status_code == 401
    for url in ("https://evil.example/", "", "http://[", "file:///etc/passwd"):
        assert push(library, other, url).status_code == 422
    assert library.jobs.sent == []


def test_guessing_the_secret_is_slowed_down(library: Library) -> None:
    assert [push(library, "fel").status_code for _ in range(12)][-1] == 429
