"""A page is drafted from what is known; an engine is sent the rest, and of that only what may leave the house."""

from dataclasses import replace

import pytest

from review_app.accounts.administration import change_rule
from review_app.db import utc_now
from review_app.errors import BadInput, EngineFailed
from review_app.glossary.service import set_term
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import Rule
from review_app.sites.service import set_language, site_by_id
from review_app.translations import budget
from review_app.translations.drafting import Plan, draft, plan
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, add_revision, machine_translations, newest_revisions
from review_app.translations.tables import Revision
from tests.builders import BuiltPage, build_page
from tests.houses import House
from tests.jobs.fake_engine import Fake, keeping

CALL = "Ring <1>Anna</1> på 0926-740 00 eller skriv till anna@example.se."
RIVER = "Kalixälven"
HTML = f"""<html lang=sv><title>Kontakt</title><main><h1>Kontakta oss</h1>
<p>{CALL.replace("<1>", "<b>").replace("</1>", "</b>")}</p>
<p>{RIVER}</p><p>0926-740 00</p><p>Lånetiden är fyra veckor.</p></main></html>"""


@pytest.fixture
def engine() -> Fake:
    return Fake()


@pytest.fixture
def page(house: House) -> BuiltPage:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        return build_page(session, house.town.site_id, html=HTML, path="kontakt", machine={})


def planned(house: House, page: BuiltPage, engine: Fake) -> Plan:
    with house.database.reading() as session:
        return plan(session, house.town.anna, page.page_id, "en", engine)


def drafted(house: House, page: BuiltPage, engine: Fake) -> dict[str, Revision]:
    draft(house.database, planned(house, page, engine), engine, keeping(house.database))
    return heads(house, page)


def heads(house: House, page: BuiltPage) -> dict[str, Revision]:
    with house.database.reading() as session:
        found = newest_revisions(session, [segment.segment_id for segment in page.segments], "en")
    return {segment.source: found[segment.segment_id] for segment in page.segments if segment.segment_id in found}


def correct(house: House, page: BuiltPage, source: str, text: str) -> None:
    segment = next(segment for segment in page.segments if segment.source == source)
    with house.database.writing() as session:
        head = newest_revisions(session, [segment.segment_id], "en").get(segment.segment_id)
        new = NewRevision(segment.segment_id, "en", text, source, head.number if head else 0, Origin.HUMAN)
        add_revision(session, new)


def test_numbers_addresses_and_names_are_copied_and_not_sent(house: House, page: BuiltPage, engine: Fake) -> None:
    with house.database.writing() as session:
        set_term(session, house.town.anna, site_by_id(session, house.town.site_id), RIVER)
    found = drafted(house, page, engine)
    assert {source: found[source].text for source in (RIVER, "0926-740 00")} == {
        RIVER: RIVER,
        "0926-740 00": "0926-740 00",
    }
    assert {found[source].origin for source in (RIVER, "0926-740 00")} == {Origin.COPY}
    assert not {RIVER, "0926-740 00"} & set(engine.asked)


def test_addresses_and_numbers_of_people_stay_behind(house: House, page: BuiltPage, engine: Fake) -> None:
    found = drafted(house, page, engine)
    assert "Ring <1>Anna</1> på <2/> eller skriv till <3/>." in engine.asked
    assert found[CALL].text == "RING <1>ANNA</1> PÅ 0926-740 00 ELLER SKRIV TILL anna@example.se."


def test_an_engine_of_one_s_own_is_sent_the_text_as_it_is(house: House, page: BuiltPage, engine: Fake) -> None:
    engine.terms = replace(engine.terms, local=True)
    drafted(house, page, engine)
    assert CALL in engine.asked


def test_what_people_wrote_of_the_same_sentence_is_remembered(house: House, page: BuiltPage, engine: Fake) -> None:
    correct(house, house.page, "Lånetiden är fyra veckor.", "Loans last four weeks.")
    found = drafted(house, page, engine)
    assert found["Lånetiden är fyra veckor."].text == "Loans last four weeks."
    assert found["Lånetiden är fyra veckor."].origin is Origin.MEMORY
    assert "Lånetiden är fyra veckor." not in engine.asked
    assert planned(house, page, engine).missing == 0


def test_drafts_are_not_remembered(house: House, page: BuiltPage, engine: Fake) -> None:
    """The library's page has a machine text of an older version for the sentence; nobody stands behind it."""
    engine.version = "3"
    drafted(house, page, engine)
    assert "Lånetiden är fyra veckor." in engine.asked


def test_what_an_engine_said_is_not_asked_again_on_another_page(house: House, page: BuiltPage, engine: Fake) -> None:
    before = drafted(house, page, engine)
    with house.database.writing() as session:
        other = build_page(session, house.town.site_id, html=HTML, path="kontakt-igen", machine={})
    engine.asked.clear()
    again = drafted(house, other, engine)
    assert engine.asked == []
    assert {source: head.text for source, head in again.items()} == {s: head.text for s, head in before.items()}


@pytest.mark.parametrize("change", ["version", "name"])
def test_another_version_or_engine_is_asked(house: House, page: BuiltPage, engine: Fake, change: str) -> None:
    drafted(house, page, engine)
    engine.asked.clear()
    setattr(engine, change, "another")
    drafted(house, page, engine)
    assert (engine.asked != []) is (change == "name"), "the same page is not asked for again for a new version"
    with house.database.writing() as session:
        other = build_page(session, house.town.site_id, html=HTML, path="kontakt-igen", machine={})
    engine.asked.clear()
    drafted(house, other, engine)
    assert (engine.asked == []) is (change == "name")


def test_a_text_of_a_person_is_never_overtaken(house: House, page: BuiltPage, engine: Fake) -> None:
    correct(house, page, "Kontakta oss", "Get in touch")
    correct(house, page, "0926-740 00", "+46 926 740 00")
    found = drafted(house, page, engine)
    assert [found[source].text for source in ("Kontakta oss", "0926-740 00")] == ["Get in touch", "+46 926 740 00"]


def test_what_never_leaves_the_house_goes_only_to_engines_of_one_s_own(
    house: House, page: BuiltPage, engine: Fake
) -> None:
    with house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, Rule("kontakt", never_send=True))
    with pytest.raises(BadInput, match="never sent"):
        planned(house, page, engine)
    engine.terms = replace(engine.terms, local=True)
    assert planned(house, page, engine).asked


def test_a_second_engine_s_texts_stand_beside(house: House, page: BuiltPage, engine: Fake) -> None:
    before = drafted(house, page, engine)
    engine.name = "second"
    assert {s: head.id for s, head in drafted(house, page, engine).items()} == {s: h.id for s, h in before.items()}
    with house.database.reading() as session:
        kept = machine_translations(session, [segment.segment_id for segment in page.segments], "en")
    assert {row.engine for rows in kept.values() for row in rows} == {"fake", "second"}


def test_the_engine_is_told_where_a_sentence_stands(house: House, page: BuiltPage, engine: Fake) -> None:
    with house.database.writing() as session:
        set_term(session, house.town.anna, site_by_id(session, house.town.site_id), "lånetid", "en", "loan period")
    drafted(house, page, engine)
    (context,) = engine.contexts
    assert context.title == "Kontakta oss"
    assert list(context.page)[:2] == ["Kontakt", "Kontakta oss"]
    assert len(context.page) == len(page.segments)
    assert not any("0926" in sentence or "@" in sentence for sentence in context.page), "nor does it leave by that way"
    assert context.terms == {"lånetid": "loan period"}


def test_a_plan_says_what_would_be_sent_and_sends_nothing(house: House, page: BuiltPage, engine: Fake) -> None:
    found = planned(house, page, engine)
    assert engine.asked == []
    drafted(house, page, engine)
    assert found.characters == sum(map(len, engine.asked))
    assert found.cost == pytest.approx(20.0 * found.characters / 1_000_000)
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
        assert budget.budget_of(session, site, "fake", utc_now()).used == found.characters


def limit(house: House, characters: int) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        budget.set_budget(session, house.town.carin, site, "fake", characters)


def test_the_budget_stops_before_anything_is_sent(house: House, page: BuiltPage, engine: Fake) -> None:
    limit(house, planned(house, page, engine).characters - 1)
    assert planned(house, page, engine).over_budget
    with pytest.raises(EngineFailed, match="used up"):
        drafted(house, page, engine)
    assert engine.asked == []
    assert heads(house, page)["0926-740 00"].origin is Origin.COPY, "what needs no engine is kept all the same"
    limit(house, planned(house, page, engine).characters)
    drafted(house, page, engine)
    assert engine.asked != []


def test_what_the_engine_failed_is_not_counted(house: House, page: BuiltPage, engine: Fake) -> None:
    engine.dies_on = "Kontakta oss"
    with pytest.raises(EngineFailed):
        drafted(house, page, engine)
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
        assert budget.budget_of(session, site, "fake", utc_now()).used == 0
