"""A page is drafted from what is known; an engine is sent the rest, and of that only what may leave the house."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.administration import change_rule
from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.db import utc_now
from review_app.errors import BadInput, EngineFailed, NotAllowed
from review_app.glossary.service import set_term
from review_app.pages.service import SHARED_PATH, find_page
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import EVERYTHING, Rule
from review_app.sites.service import set_language, site_by_id
from review_app.sites.tables import Site
from review_app.translations import budget
from review_app.translations.drafting import draft
from review_app.translations.origin import Origin
from review_app.translations.planning import MAY_BE_PERSONAL, STANDS_IN_HOUSE, Plan, plan
from review_app.translations.service import NewRevision, add_revision, machine_translations, newest_revisions
from review_app.translations.sharing import share_parts
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
    draft(house.database, planned(house, page, engine), engine, keeping(house.database), lambda: house.town.anna)
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


DIVIDED = "Ring 070-<1>123</1> 45 67."


def test_what_markup_divides_is_sent_to_nobody_and_says_why(house: House, engine: Fake) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        html = "<html lang=sv><main><p>Ring 070-<b>123</b> 45 67.</p><p>Vi svarar vardagar.</p></main></html>"
        page = build_page(session, house.town.site_id, html=html, path="delat", machine={})
    assert [reason for _, reason in planned(house, page, engine).held] == [MAY_BE_PERSONAL]
    found = drafted(house, page, engine)
    assert engine.asked == ["Vi svarar vardagar."]
    assert not any("123" in sentence for context in engine.contexts for sentence in context.page)
    assert DIVIDED not in found
    with house.database.reading() as session:
        (kept,) = machine_translations(session, [page.segments[0].segment_id], "en")[page.segments[0].segment_id]
    assert (kept.text, kept.rejection) == (None, MAY_BE_PERSONAL)


def test_a_menu_that_stands_only_on_pages_which_stay_in_the_house_stays_there(house: House, engine: Fake) -> None:
    town = house.town
    with house.database.writing() as session:
        set_language(session, town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        for path, menu in (("intern/a", "Akuta ärenden"), ("intern/b", "Akuta ärenden"), ("a", "Bad"), ("b", "Bad")):
            html = (
                f"<html lang=sv><nav><ul><li>{menu}</li><li>Alla sidor</li></ul></nav><main><p>{path}</p></main></html>"
            )
            build_page(session, town.site_id, html=html, path=path, machine={})
        share_parts(session, town.carin, town.site_id)
        change_rule(session, town.carin, town.site_id, Rule("intern/", never_send=True))
    with house.database.reading() as session:
        shared = find_page(session, town.site_id, SHARED_PATH)
        assert shared is not None
        found = plan(session, town.anna, shared.id, "en", engine)
    assert [(one.source, why) for one, why in found.held] == [("Akuta ärenden", STANDS_IN_HOUSE)]
    assert {one.source for one in found.asked} == {"Alla sidor", "Bad"}, "what others hold too is no secret"


def test_a_rule_may_be_about_the_whole_site(house: House, page: BuiltPage, engine: Fake) -> None:
    with house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, Rule(EVERYTHING, never_send=True))
    with pytest.raises(BadInput, match="never sent"):
        planned(house, page, engine)


def test_what_the_engine_answered_wrongly_is_asked_again_but_not_by_the_same_job(
    house: House, page: BuiltPage, engine: Fake
) -> None:
    engine.refuses, asked_at = "Kontakta oss", utc_now()
    assert "Kontakta oss" not in drafted(house, page, engine)
    with house.database.reading() as session:
        resumed = plan(session, house.town.anna, page.page_id, "en", engine, since=asked_at)
    assert resumed.missing == 0, "the job that has asked already does not ask again after a crash"
    engine.refuses = None
    engine.asked.clear()
    assert drafted(house, page, engine)["Kontakta oss"].text == "KONTAKTA OSS"
    assert engine.asked == ["Kontakta oss"]


def test_a_page_that_may_no_longer_be_sent_is_sent_no_further(house: House, engine: Fake) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        text = "".join(f"<p>Mening nummer {number} handlar om bygglov.</p>" for number in range(30))
        page = build_page(session, house.town.site_id, html=f"<main>{text}</main>", path="lang", machine={})
    step, asked = keeping(house.database), planned(house, page, engine)

    def forbid_then_step(done: int, total: int, write: Callable[[Session], object]) -> None:
        step(done, total, write)
        if done:
            with house.database.writing() as session:
                change_rule(session, house.town.carin, house.town.site_id, Rule("lang", never_send=True))

    with pytest.raises(BadInput, match="never sent"):
        draft(house.database, asked, engine, forbid_then_step, lambda: house.town.anna)
    assert len(engine.asked) == engine.terms.most_texts, "the first batch only"


def test_who_may_no_longer_translate_has_nothing_more_sent(house: House, page: BuiltPage, engine: Fake) -> None:
    asked = planned(house, page, engine)
    with pytest.raises(NotAllowed):
        draft(house.database, asked, engine, keeping(house.database), lambda: Actor("Anna"))
    assert engine.asked == []


def test_what_was_answered_for_another_page_meanwhile_is_not_paid_twice(
    house: House, page: BuiltPage, engine: Fake
) -> None:
    waiting = planned(house, page, engine)
    with house.database.writing() as session:
        other = build_page(session, house.town.site_id, html=HTML, path="kontakt-igen", machine={})
    drafted(house, other, engine)
    engine.asked.clear()
    draft(house.database, waiting, engine, keeping(house.database), lambda: house.town.anna)
    assert engine.asked == []
    assert heads(house, page)["Kontakta oss"].text == "KONTAKTA OSS"


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


class WithContext(Fake):
    """One whose answers hang on what else it is shown."""

    takes_context: ClassVar[bool] = True


def test_an_answer_that_hangs_on_its_context_is_used_again_at_its_site_only_and_while_it_follows_the_terms(
    house: House, page: BuiltPage
) -> None:
    loan, name = "Lånetiden är fyra veckor.", "other"
    with house.database.writing() as session:
        again = build_page(session, house.town.site_id, html=HTML, path="igen", machine={})
        other = Site(slug=name, name=name, base_url="https://other.example", source_language="sv")
        session.add(other)
        session.flush()
        set_language(session, other.id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        elsewhere = build_page(session, other.id, html=HTML, path="kontakt", machine={})
    engine = WithContext()
    drafted(house, page, engine)

    def cached_on(where: BuiltPage, by: Fake) -> bool:
        with house.database.reading() as session:
            found = plan(session, COMMAND_LINE, where.page_id, "en", by)
        return loan in [one.source for one in found.cached]

    assert cached_on(again, engine)
    assert not cached_on(elsewhere, engine)
    assert cached_on(elsewhere, Fake())
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        set_term(session, house.town.anna, site, "lånetiden", "en", "the lending time")
    assert not cached_on(again, engine), "it answered before the term was there"
