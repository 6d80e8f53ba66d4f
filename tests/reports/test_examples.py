"""Which sentences are shown where two engines differ most."""

from review_app.reports.examples import MOST_DIFFERENT, differences
from review_app.reports.filters import Filter
from review_app.reports.slices import choose
from tests.houses import House, house
from tests.reports.many import build_many, correct, references

__all__ = ["house"]


def test_what_stands_on_several_pages_is_shown_once(house: House) -> None:
    with house.database.writing() as session:
        for path in ("lana", "bibliotek/lana", "om/lana"):
            correct(session, house.town, build_many(session, house.town, 36, path=path, other="other"), references(36))
    with house.database.reading() as session:
        segments = choose(session, house.town.anna, house.town.slug, Filter("en")).segments
        shown = differences(session, segments, "fake", "other")
    assert len({one.source for one in shown if one.gain > 0}) == MOST_DIFFERENT
    assert len({one.source for one in shown}) == len(shown)
