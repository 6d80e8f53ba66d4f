"""Texts are checked and estimated a part after the other, so that what both ask for is worked out once."""

from collections import Counter

import pytest

from review_app.checks.lexical import alignment
from review_app.checks.lexical.alignment import Aligner, Alignment
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.quality import estimating
from review_app.quality.estimating import assess
from review_app.quality.service import risk_values
from review_app.sites.service import site_by_id
from review_app.translations.service import newest_revisions
from tests.builders import build_page
from tests.houses import House

PLACES = ("biblioteket", "badhuset", "skolan", "kyrkan", "stationen", "hamnen", "torget", "parken", "museet")
CALLED = ("library", "bath", "school", "church", "station", "harbour", "square", "park", "museum")


def test_more_texts_than_are_remembered_are_aligned_once_each(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_PAIRS", 4)
    monkeypatch.setattr(estimating, "AT_ONCE", 2)
    shipped = shipped_aligner("sv", "en")
    assert shipped is not None
    shipped._aligned.clear()
    shipped._laid_out = None  # what a test before this one asked for last
    asked: Counter[tuple[str, str]] = Counter()
    align = Aligner._align

    def counting(self: Aligner, source: str, target: str) -> Alignment:
        asked[source, target] += 1
        return align(self, source, target)

    monkeypatch.setattr(Aligner, "_align", counting)
    machine = {
        f"Vägen till {place} är stängd för reparation hela veckan.": f"The road to the {called} is closed all week."
        for place, called in zip(PLACES, CALLED, strict=True)
    }
    html = f"<!doctype html><html lang=sv><title>V</title><main>{''.join(f'<p>{one}</p>' for one in machine)}</main>"
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, html=html, path="vägar", machine=machine, check=False)
        heads = newest_revisions(session, [one.segment_id for one in page.segments], "en")
        assess(session, site_by_id(session, house.town.site_id), heads.values(), "en")
        assert len(risk_values(session, [one.id for one in heads.values()])) == len(heads) == len(PLACES)
    assert set(asked.values()) == {1}
    assert len(asked) == len(PLACES)
