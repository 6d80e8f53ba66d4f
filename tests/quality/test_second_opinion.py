"""Another engine's opinion counts for texts that were there before it: their risk is estimated anew."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from review_app.quality import estimating
from review_app.quality.estimating import estimates_of
from review_app.quality.service import risk_values
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision
from tests.builders import BuiltPage, build_page
from tests.houses import House
from tests.jobs.fake_engine import Fake, engine
from tests.jobs.test_worker import translate

__all__ = ["engine"]

MACHINE = {
    "Biblioteket är stängt på fredag.": "The library is closed on Friday.",
    "Badhuset öppnar klockan nio i morgon.": "The bath house opens at nine tomorrow.",
}
HTML = f"<html lang=sv><main>{''.join(f'<p>{one}</p>' for one in MACHINE)}</main>"


@pytest.fixture
def page(house: House) -> BuiltPage:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        return build_page(session, house.town.site_id, html=HTML, path="stängt", machine={})


def risks(house: House, page: BuiltPage) -> list[float]:
    with house.database.reading() as session:
        heads = newest_revisions(session, [segment.segment_id for segment in page.segments], "en")
        values = risk_values(session, [head.id for head in heads.values()])
        return [values[heads[segment.segment_id].id] for segment in page.segments]


def test_one_that_disagrees_raises_the_risk_of_what_was_there_before(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path
) -> None:
    engine.says = MACHINE
    translate(house, page, tmp_path)
    alone = risks(house, page)
    library, bath = MACHINE
    engine.says = {library: MACHINE[library], bath: "Swimming pools will be shut down for good by next winter."}
    translate(house, page, tmp_path, engine="second")
    agreed, disagreed = risks(house, page)
    assert agreed < alone[0]
    assert disagreed > alone[1]
    assert disagreed > agreed


def test_a_refusal_is_no_opinion(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.says = MACHINE
    translate(house, page, tmp_path)
    anew: list[int] = []

    def noting(revisions: Sequence[Revision], *given: Any) -> list[dict[str, Any]]:
        anew.extend(revision.id for revision in revisions)
        return estimates_of(revisions, *given)

    monkeypatch.setattr(estimating, "estimates_of", noting)
    translate(house, page, tmp_path)
    assert anew == [], "there is nothing new"
    engine.refuses = next(iter(MACHINE))
    translate(house, page, tmp_path, engine="second")
    assert len(anew) == 1
