"""Before anything is sent it is said how much would go where: for one page, or for many together."""

import pytest

from review_app.accounts.administration import change_rule
from review_app.engines import EngineConfig, get_engine
from review_app.errors import BadInput
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import Rule
from review_app.sites.service import set_language, site_by_id
from review_app.text.personal import mask
from review_app.translations.budget import set_budget
from review_app.translations.offers import Offer, offer
from review_app.translations.planning import plan
from tests.builders import BuiltPage, build_page
from tests.houses import House
from tests.jobs.fake_engine import Fake

FIRST = "<html lang=sv><title>Ett</title><main><p>Badet öppnar klockan nio.</p><p>0926-740 00</p></main></html>"
SECOND = "<html lang=sv><title>Två</title><main><p>Badet öppnar klockan nio.</p><p>Ring 0926-740 00.</p></main></html>"


@pytest.fixture
def pages(house: House) -> list[BuiltPage]:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        return [
            build_page(session, house.town.site_id, html=html, path=f"sida/{number}", machine={})
            for number, html in enumerate((FIRST, SECOND))
        ]


def offered(house: House, pages: list[BuiltPage], engine: Fake) -> Offer:
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
        return offer(session, house.town.anna, site, [page.page_id for page in pages], "en", engine)


def test_what_two_pages_share_is_sent_once(house: House, pages: list[BuiltPage]) -> None:
    engine = Fake()
    found = offered(house, pages, engine)
    with house.database.reading() as session:
        plans = [plan(session, house.town.anna, page.page_id, "en", engine) for page in pages]
    sent = {segment.source for one in plans for segment in one.asked}
    assert sent == {"Ett", "Två", "Badet öppnar klockan nio.", "Ring 0926-740 00."}
    assert sum(len(one.asked) for one in plans) == len(sent) + 1
    assert (found.asked, found.copied, found.cached, found.missing) == (4, 1, 1, 6)
    assert found.characters == sum(len(mask(source).text) for source in sent)
    assert found.cost == pytest.approx(20.0 * found.characters / 1_000_000)


def test_pages_that_an_engine_may_not_see_are_left_out(house: House, pages: list[BuiltPage]) -> None:
    with house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, Rule("sida/0", never_send=True))
    found = offered(house, pages, Fake())
    assert (found.left_out, found.refusal, found.asked) == (1, None, 3)
    alone = offered(house, pages[:1], Fake())
    assert isinstance(alone.refusal, BadInput)
    assert "never sent" in str(alone.refusal)


def test_a_budget_that_does_not_reach_is_told(house: House, pages: list[BuiltPage]) -> None:
    found = offered(house, pages, Fake())
    for characters, over in ((found.characters, False), (found.characters - 1, True)):
        with house.database.writing() as session:
            set_budget(session, house.town.carin, site_by_id(session, house.town.site_id), "fake", characters)
        assert offered(house, pages, Fake()).over_budget is over


def test_an_engine_that_cannot_be_used_says_why(house: House, pages: list[BuiltPage]) -> None:
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
        engine = get_engine("deepl", EngineConfig())
        found = offer(session, house.town.anna, site, [pages[0].page_id], "en", engine)
    assert "REVIEW_APP_DEEPL_KEY" in str(found.refusal)
    assert found.missing == 0
