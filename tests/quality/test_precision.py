"""Precision of checks: only spot checks count, and only edits where the flag stood."""

from datetime import UTC, datetime

from review_app.checks.states import FlagOrigin
from review_app.checks.tables import Flag
from review_app.quality.corrections import Correction, corrections_of
from review_app.quality.precision import count_right, precisions
from review_app.quality.sampling import Sample
from review_app.review import service
from tests.houses import House
from tests.quality.drawn import LANES, RUN, build_assessed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MACHINE = "You may borrow 30 books."


def correction(text: str) -> Correction:
    return Correction(
        1, "Du får låna 20 böcker.", MACHINE, 1, text, NOON, Sample.AUDIT, 0.5, judged_id=1, revision_id=2
    )


def flag(name: str, words: str | None, **values: str) -> Flag:
    start = MACHINE.index(words) if words else None
    end = start + len(words) if words and start is not None else None
    return Flag(name=name, origin=FlagOrigin.CHECK, message_id=name, values=values, target_start=start, target_end=end)


def right(text: str, before: list[Flag], after: list[Flag] | None = None) -> tuple[int, int]:
    (found,) = count_right([correction(text)], {1: before, 2: after or []}).values()
    return found.right.count, found.right.total


def test_an_edit_elsewhere_does_not_make_a_flag_right() -> None:
    assert right("You may borrow 20 books.", [flag("number", "30")]) == (1, 1)
    assert right("You can borrow 30 books.", [flag("number", "30")]) == (0, 1)
    assert right(MACHINE, [flag("number", "30")]) == (0, 1)


def test_a_flag_without_a_place_is_right_if_the_correction_brought_what_was_missing() -> None:
    missing = flag("name", None, expected="Älvby")
    assert right("You may borrow 30 books in Älvby.", [missing]) == (1, 1)
    assert right("You can borrow 30 books.", [missing], [flag("name", None, expected="Älvby")]) == (0, 1)
    assert right(MACHINE, [missing]) == (0, 1)


def test_what_a_reader_wrote_is_no_check() -> None:
    reader = Flag(name="reader", origin=FlagOrigin.READER, message_id="reader_report", values={})
    assert count_right([correction(MACHINE)], {1: [reader]}) == {}


def test_only_spot_checks_count(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=1)
        chosen = build_assessed(session, house.town.site_id, share=0, path="simhall-2")
        for built in (page, chosen):
            for beginning, text in ((LANES, "The swimming hall has 6 lanes."), (RUN, "You must not run.")):
                service.save(session, house.town.anna, built.page_id, "en", built.key(beginning), text=text, based_on=1)
        found = precisions(session, corrections_of(session, house.town.site_id, "en"))
    assert {name: (one.right.count, one.right.total) for name, one in found.items()} == {"number": (1, 1)}
