"""How near the memory comes to a text, as the risk sees it."""

from dataclasses import replace

import numpy as np
import pytest

from review_app.memory.service import NewPair, keep
from review_app.memory.tables import Kind
from review_app.quality.examples import Judged, examples_of
from review_app.quality.model import RiskModel
from review_app.quality.shipped import shipped_model
from review_app.sites.service import site_by_id
from tests.databases import Backend
from tests.houses import House, build_house

LOAN = "Lånetiden är fyra veckor."


def test_the_nearest_source_of_people_that_is_not_its_own(sqlite: Backend) -> None:
    kept = sqlite.keep(build_house)
    with sqlite.database(kept) as database:
        house = House(database, *kept.made)
        with database.writing() as session:
            site, segment = site_by_id(session, house.town.site_id), house.page.segment("Lånetiden").segment_id

            def nearest() -> list[float | None]:
                judged = [Judged(segment, LOAN, "x", None, ()), Judged(segment, LOAN, "x", None, (), from_memory=True)]
                return [example.memory for example in examples_of(session, site, "en", judged)]

            assert nearest() == [None, 1.0]
            own = NewPair("a", LOAN, "Own", Kind.IMPORTED, segment_id=segment)
            unread = NewPair("b", LOAN, "Unread", Kind.IMPORTED, read=False)
            keep(session, site.id, "en", [own, unread])
            assert nearest() == [0.0, 1.0]
            keep(session, site.id, "en", [NewPair("c", "Lånetiden är två veckor.", "Two", Kind.IMPORTED)])
            assert nearest() == [pytest.approx(0.8), 1.0]


def test_it_is_looked_up_for_a_model_that_weighs_it() -> None:
    model = shipped_model("sv", "en")
    assert isinstance(model, RiskModel)
    assert not model.weighs("memory")
    weights = np.array(model.weights)
    weights[0, model.features.index("memory")] = 0.5
    assert replace(model, weights=weights).weighs("memory")
