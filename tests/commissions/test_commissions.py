"""Olle, an outside translator, sees the pages of his own open jobs, in their language, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.accounts.membership import set_roles
from review_app.accounts.permissions import COMMAND_LINE, Action, Actor, Role
from review_app.accounts.service import add_person, grant, person_actor
from review_app.commissions.bands import Band, Count
from review_app.commissions.counting import COUNT, count_commission
from review_app.commissions.service import close_commission, commissions_of, give_commission
from review_app.commissions.working import (
    accept_own,
    own_commission,
    own_commissions,
    own_help,
    own_page,
    save_own,
    submit_own,
)
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.jobs.runner import run_job
from review_app.jobs.service import add_job
from review_app.review import decisions, service
from review_app.review.states import Basis
from tests.builders import PASSWORD, build_page
from tests.houses import House

BOOKS = "Låna böcker"
RULES = "The rules were adopted by the municipal council on 23 June 2014."


@dataclass(frozen=True)
class Hired:
    """Olle and what he is given: the library's page in English."""

    olle: Actor
    commission: int
    other_page: int


def hire(session: Session, house: House, name: str = "olle") -> Actor:
    person = add_person(session, COMMAND_LINE, email=f"{name}@byran.example", name=name.title(), password=PASSWORD)
    grant(session, COMMAND_LINE, person_id=person, site_id=house.town.site_id, role=Role.OUTSIDE)
    return person_actor(session, person)


def given(session: Session, house: House, olle: Actor, language: str = "en") -> int:
    pages = [house.page.page_id]
    return give_commission(
        session,
        house.town.carin,
        house.town.site_id,
        person_id=olle.person_id,
        language=language,
        name=" Biblioteket ",
        page_ids=pages,
    )


@pytest.fixture
def hired(house: House) -> Hired:
    with house.database.writing() as session:
        olle = hire(session, house)
        other = build_page(session, house.town.site_id, path="bad")
        return Hired(olle, given(session, house, olle), other.page_id)


def test_he_corrects_accepts_and_submits_what_he_is_given(house: House, hired: Hired) -> None:
    at, key = (hired.commission, house.page.page_id), house.page.key(BOOKS)
    with house.database.writing() as session:
        (job,) = own_commissions(session, hired.olle)
        assert (job.name, job.site, job.language) == ("Biblioteket", "Älvby kommun", "en")
        save_own(session, hired.olle, *at, key, text="Borrow some books", based_on=1)
        accept_own(session, hired.olle, *at, house.page.key("Lånetiden"), based_on=1)
        rows = {row.key: row for row in own_page(session, hired.olle, *at, lambda _rows: key).bench.rows}
        assert (rows[key].text, rows[key].author) == ("Borrow some books", "Olle")
        with pytest.raises(Conflict):
            save_own(session, hired.olle, *at, key, text="Too late", based_on=1)
        for beginning, text in (("Du får", "You may borrow 20 books at a time."), ("Reglerna", RULES)):
            save_own(session, hired.olle, *at, house.page.key(beginning), text=text, based_on=1)
        submit_own(session, hired.olle, *at)
        (head,) = decisions.waiting(session, house.town.bo)
        decisions.approve(session, house.town.bo, head.submission_id or 0, basis=Basis.READS)
        edit = next(
            row for row in audit_rows(session, house.town.carin, house.town.site_id) if row.action == "segment.edit"
        )
        assert edit.actor == "Olle"


CLOSED: dict[str, Callable[[Session, House, Hired], object]] = {
    "another page": lambda session, _house, hired: own_page(
        session, hired.olle, hired.commission, hired.other_page, lambda _rows: None
    ),
    "its help": lambda session, house, hired: own_help(
        session, hired.olle, hired.commission, hired.other_page, house.page.key(BOOKS)
    ),
    "saving there": lambda session, house, hired: save_own(
        session, hired.olle, hired.commission, hired.other_page, house.page.key(BOOKS), text="x", based_on=1
    ),
    "another's job": lambda session, house, hired: own_commission(
        session, hired.olle, given(session, house, hire(session, house, "siv"))
    ),
    "a job that is not": lambda session, _house, hired: own_commission(session, hired.olle, 99),
}


@pytest.mark.parametrize("what", CLOSED)
def test_he_reaches_no_other_page_and_no_other_job(house: House, hired: Hired, what: str) -> None:
    with pytest.raises(NotFound), house.database.writing() as session:
        CLOSED[what](session, house, hired)


def test_his_role_allows_nothing_of_its_own(house: House, hired: Hired) -> None:
    site_id, page = house.town.site_id, house.page.page_id
    assert [action for action in Action if hired.olle.may(action, site_id)] == [Action.DO_JOB, Action.ANNOTATE]
    with house.database.writing() as session:
        for attempt in (
            lambda: service.bench(session, hired.olle, page, "en"),
            lambda: service.save(session, hired.olle, page, "en", house.page.key(BOOKS), text="x", based_on=1),
            lambda: service.page_heads(session, hired.olle, site_id),
            lambda: decisions.submit(session, hired.olle, page, "en"),
        ):
            with pytest.raises((NotFound, NotAllowed)):
                attempt()


@pytest.mark.parametrize("end", ["closed", "role"])
def test_a_job_ends_when_it_is_closed_or_the_role_is_taken(house: House, hired: Hired, end: str) -> None:
    carin, site_id = house.town.carin, house.town.site_id
    with house.database.writing() as session:
        if end == "closed":
            close_commission(session, carin, site_id, hired.commission)
            close_commission(session, carin, site_id, hired.commission)
            olle = hired.olle
        else:
            set_roles(session, carin, site_id, hired.olle.person_id or 0, {})
            olle = person_actor(session, hired.olle.person_id or 0)
        with pytest.raises((NotFound, NotAllowed)):
            own_page(session, olle, hired.commission, house.page.page_id, lambda _rows: None)
        assert [one.closed for one in commissions_of(session, carin, site_id)] == [end == "closed"]


@pytest.mark.parametrize("who", ["anna", "bo", "carin"])
def test_colleagues_have_no_workplace_of_outside_translators(house: House, hired: Hired, who: str) -> None:
    someone = house.town.people[who]
    with house.database.writing() as session:
        with pytest.raises(NotAllowed):
            own_commissions(session, someone)
        if who != "carin":
            with pytest.raises(NotAllowed):
                given(session, replace_carin(house, someone), hired.olle)


def replace_carin(house: House, someone: Actor) -> House:
    """Return the house with somebody else in Carin's place."""
    people = {**house.town.people, "carin": someone}
    town = type(house.town)(house.town.site_id, house.town.slug, people)
    return House(house.database, town, house.page)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"person_id": 1}, "Choose an outside translator"),
        ({"person_id": None}, "Choose an outside translator"),
        ({"language": "fi"}, "not translated into fi"),
        ({"page_ids": []}, "at least one page"),
        ({"page_ids": [99]}, "at least one page"),
        ({"name": " "}, "what the job is called"),
    ],
)
def test_what_cannot_be_given_is_told(house: House, hired: Hired, change: dict[str, object], told: str) -> None:
    pages = [house.page.page_id]
    form = {"person_id": hired.olle.person_id, "language": "en", "name": "x", "page_ids": pages, **change}
    with pytest.raises(BadInput, match=told), house.database.writing() as session:
        give_commission(session, house.town.carin, house.town.site_id, **form)


def test_words_are_counted_by_what_the_memory_has(house: House, hired: Hired) -> None:
    """The bath's page is the library's once more: all of it repeats."""
    pages, carin, site_id = [house.page.page_id, hired.other_page], house.town.carin, house.town.site_id
    with house.database.writing() as session:
        for beginning, text in (("Du får", "You may borrow 20 books at a time."), ("Reglerna", RULES)):
            at = (house.page.page_id, "en", house.page.key(beginning))
            service.save(session, house.town.anna, *at, text=text, based_on=1)
        submission = decisions.submit(session, house.town.anna, house.page.page_id, "en")
        decisions.approve(session, house.town.bo, submission, basis=Basis.READS)
        commission = give_commission(
            session, carin, site_id, person_id=hired.olle.person_id, language="en", name="x", page_ids=pages
        )
        payload = {"commission_id": commission}
        job = add_job(session, carin, COUNT, site_id, payload, needs=Action.ADMINISTER)
    run_job(house.database, {COUNT: count_commission}, job)
    with house.database.reading() as session:
        shown = own_commission(session, hired.olle, commission)
    assert shown.counts is not None
    assert shown.total is not None
    sentences = len(house.page.segments)
    assert shown.counts[hired.other_page][Band.SAME] == Count(sentences, 37)
    assert shown.counts[house.page.page_id][Band.REPETITION] == Count(sentences, 37)
    assert shown.total[Band.NEW] == Count()
