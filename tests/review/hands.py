"""What Anna, Bo and Carin do with the library page, each in a transaction of its own."""

from review_app.review import decisions, gating, service
from review_app.review.states import Basis
from tests.houses import House

BOOKS, RULES = "Du får låna 20", "Reglerna antogs"


def save(house: House, beginning: str, text: str) -> None:
    with house.database.writing() as session:
        anna, page, key = house.town.anna, house.page.page_id, house.page.key(beginning)
        number = service.row(session, anna, page, "en", key).revision
        service.save(session, anna, page, "en", key, text=text, based_on=number)


def correct(house: House) -> None:
    """Anna mends the machine's two wrong figures."""
    save(house, BOOKS, "You may borrow 20 books at a time.")
    save(house, RULES, "The rules were adopted by the council on 23 June 2014.")


def submit(house: House) -> int:
    with house.database.writing() as session:
        return decisions.submit(session, house.town.anna, house.page.page_id, "en")


def approve(house: House, submission: int) -> None:
    with house.database.writing() as session:
        decisions.approve(session, house.town.bo, submission, basis=Basis.READS)


def allow(house: House, submission: int, who: str = "carin", reason: str = "Checked by telephone.") -> None:
    with house.database.writing() as session:
        gating.allow(session, house.town.people[who], submission, reason=reason)
