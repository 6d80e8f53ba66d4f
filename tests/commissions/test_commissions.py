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
from review_app.commissions.working import lent, own_commission, own_commissions
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
    at, key = (house.page.page_id, "en"), house.page.key(BOOKS)
    with house.database.writing() as session:
        (job,) = own_commissions(session, hired.olle)
        assert (job.name, job.site, job.language) == ("Biblioteket", "Älvby kommun", "en")
        _, holder = lent(session, hired.olle, hired.commission, house.page.page_id)
        service.save(session, holder, *at, key, text="Borrow some books", based_on=1)
        service.accept(session, holder, *at, house.page.key("Lånetiden"), based_on=1)
        row = service.row(session, holder, *at, key)
        assert (row.text, row.author) == ("Borrow some books", "Olle")
        with pytest.raises(Conflict):
            service.save(session, holder, *at, key, text="Too late", based_on=1)
        for beginning, text in (("Du får", "You may borrow 20 books at a time."), ("Reglerna", RULES)):
            service.save(session, holder, *at, house.page.key(beginning), text=text, based_on=1)
        decisions.submit(session, holder, *at)
        (head,) = decisions.waiting(session, house.town.bo)
        decisions.approve(session, house.town.bo, head.submission_id or 0, basis=Basis.READS)
        edit = next(
            row for row in audit_rows(session, house.town.carin, house.town.site_id) if row.action == "segment.edit"
        )
        assert edit.actor == "Olle"


def holder_of(session: Session, house: House, hired: Hired) -> Actor:
    """Return Olle with what he is lent while he works on the library's page."""
    return lent(session, hired.olle, hired.commission, house.page.page_id)[1]


CLOSED: dict[str, Callable[[Session, House, Hired], object]] = {
    "another page": lambda session, _house, hired: lent(session, hired.olle, hired.commission, hired.other_page),
    "another page, with what he is lent": lambda session, house, hired: service.bench(
        session, holder_of(session, house, hired), hired.other_page, "en"
    ),
    "another language": lambda session, house, hired: service.bench(
        session, holder_of(session, house, hired), house.page.page_id, "ar"
    ),
    "saving there": lambda session, house, hired: service.save(
        session, holder_of(session, house, hired), hired.other_page, "en", house.page.key(BOOKS), text="x", based_on=1
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


def test_a_loan_is_of_pages_and_opens_nothing_that_is_of_the_site(house: House, hired: Hired) -> None:
    """What asks for the site is closed to him, also what is written later."""
    site_id = house.town.site_id
    with house.database.writing() as session:
        holder = holder_of(session, house, hired)
        allowed = [action for action in Action if holder.may(action, site_id, "en")]
        assert allowed == [Action.DO_JOB, Action.ANNOTATE]
        on_page = [action for action in Action if holder.may_on(action, site_id, house.page.page_id, "en")]
        assert set(on_page) - set(allowed) == {Action.READ, Action.CORRECT, Action.SUBMIT}
        for attempt in (
            lambda: service.page_heads(session, holder, site_id),
            lambda: service.heads_of(session, holder, house.page.page_id),
            lambda: audit_rows(session, holder, site_id),
            lambda: commissions_of(session, holder, site_id),
        ):
            with pytest.raises((NotFound, NotAllowed)):
                attempt()


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
            lent(session, olle, hired.commission, house.page.page_id)
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
