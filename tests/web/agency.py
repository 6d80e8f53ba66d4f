"""The library with Olle, an agency's translator, who is given its page in English."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from review_app.accounts.people import who_may
from review_app.accounts.permissions import COMMAND_LINE, Action, Role
from review_app.accounts.service import add_person, grant
from review_app.commissions.service import give_commission
from tests.builders import PASSWORD
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import Library, open_library

OLLE = "olle@byran.example"


@contextmanager
def open_agency(backend: Backend, folder: Path) -> Iterator[Library]:
    """Open the library's town with Olle among its people, who has no job yet."""
    with open_library(backend, folder) as opened:
        with opened.database.writing() as session:
            olle = add_person(session, COMMAND_LINE, email=OLLE, name="Olle", password=PASSWORD)
            grant(session, COMMAND_LINE, person_id=olle, site_id=opened.town.site_id, role=Role.OUTSIDE)
        yield opened


def browser_of(library: Library, email: str) -> Browser:
    """Return a browser in which this person is signed in, in English."""
    browser = Browser(library.app)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert browser.post("/sign-in", {"email": email, "password": PASSWORD}).status_code == 303
    return browser


@dataclass(frozen=True)
class Job:
    """A job of Olle's, and the address of its first page."""

    id: int
    path: str

    def segment(self, key: str, verb: str = "") -> str:
        return f"{self.path}/segments/{key}{verb}"


def give(library: Library, *page_ids: int, language: str = "en", to: str = "Olle", with_memory: bool = True) -> Job:
    """Give Olle, or somebody else from outside, these pages, or that of the library."""
    pages = list(page_ids) or [library.page.page_id]
    with library.database.writing() as session:
        people = {one.name: one.person_id for one in who_may(session, Action.DO_JOB, library.town.site_id)}
        job = give_commission(
            session,
            library.town.carin,
            library.town.site_id,
            person_id=people[to],
            language=language,
            name="Biblioteket",
            page_ids=pages,
            with_memory=with_memory,
        )
    return Job(job, f"/commissions/{job}/pages/{pages[0]}")


def hire(library: Library, email: str, name: str) -> None:
    """Let somebody else work for the town from outside."""
    with library.database.writing() as session:
        person = add_person(session, COMMAND_LINE, email=email, name=name, password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=person, site_id=library.town.site_id, role=Role.OUTSIDE)
