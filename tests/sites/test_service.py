"""Sites: what may be one, its languages, and what may be changed of it."""

import pytest

from review_app.errors import BadInput, NotFound
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import (
    SiteFacts,
    add_site,
    all_sites,
    change_site,
    default_policy,
    find_site,
    get_site,
    set_language,
    site_by_id,
)
from tests.houses import House

URL = "https://www.norrby.example/"
FACTS = SiteFacts("Norrby stad", "https://norrby.example", "Stadskansliet", "ks@norrby.example", one_person_mode=True)


@pytest.mark.parametrize("slug", ["n", "norrby", "norrby-2", "1177", "a" * 63])
def test_a_short_name_is_small_letters_digits_and_hyphens(house: House, slug: str) -> None:
    with house.database.writing() as session:
        add_site(session, slug=slug, name="Norrby", base_url=URL)
        assert get_site(session, slug).name == "Norrby"


@pytest.mark.parametrize("slug", ["", "-norrby", "Norrby", "norr by", "norrby/en", "älvby", "norrby\n", "..", "a" * 64])
def test_nothing_else_is_a_short_name(house: House, slug: str) -> None:
    with pytest.raises(BadInput, match="cannot be a site's short name"), house.database.writing() as session:
        add_site(session, slug=slug, name="Norrby", base_url=URL)
    with house.database.reading() as session:
        assert len(all_sites(session)) == 1


def test_a_short_name_is_taken_once(house: House) -> None:
    with pytest.raises(BadInput, match="already a site with the short name alvby"), house.database.writing() as session:
        add_site(session, slug="alvby", name="Norrby", base_url=URL)


@pytest.mark.parametrize(
    "url", ["", "norrby.example", "//norrby.example", "https://", "https://[", "file:///etc", "javascript:1"]
)
def test_a_site_has_the_address_of_a_website(house: House, url: str) -> None:
    with pytest.raises(BadInput, match="is not the address of a website"), house.database.writing() as session:
        add_site(session, slug="norrby", name="Norrby", base_url=url)
    facts = SiteFacts("Älvby", url, "", "", one_person_mode=False)
    with pytest.raises(BadInput, match="is not the address of a website"), house.database.writing() as session:
        change_site(session, house.town.site_id, facts)


def test_a_site_has_a_name(house: House) -> None:
    with pytest.raises(BadInput, match="A site needs a name"), house.database.writing() as session:
        add_site(session, slug="norrby", name=" ", base_url=URL)


def test_the_organisation_answers_for_its_site_unless_another_is_named(house: House) -> None:
    with house.database.writing() as session:
        add_site(session, slug="a", name=" Norrby ", base_url=URL)
        add_site(session, slug="b", name="Norrby", base_url=URL, responsible="Stadskansliet")
        assert (get_site(session, "a").responsible, get_site(session, "b").responsible) == ("Norrby", "Stadskansliet")


def test_sites_are_listed_by_name_and_found_by_short_name(house: House) -> None:
    with house.database.writing() as session:
        add_site(session, slug="zzz", name="Alby", base_url=URL)
        assert [site.slug for site in all_sites(session)] == ["zzz", "alvby"]
        assert find_site(session, "norrby") is None
        with pytest.raises(NotFound, match="no site with the short name norrby"):
            get_site(session, "norrby")


def test_facts_change_and_what_they_were_is_told(house: House) -> None:
    with house.database.writing() as session:
        before, after = change_site(session, house.town.site_id, FACTS)
        changed = site_by_id(session, house.town.site_id)
    assert (before["name"], after["name"], changed.name) == ("Älvby kommun", "Norrby stad", "Norrby stad")
    assert (before["one_person_mode"], changed.one_person_mode) == (False, True)
    assert (changed.responsible, changed.contact, changed.slug) == ("Stadskansliet", "ks@norrby.example", "alvby")


# Languages


def test_a_language_has_a_policy_and_may_have_an_engine_of_its_own(house: House) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "fi", LanguagePolicy.MACHINE_AT_ONCE, "gloss")
        site = site_by_id(session, house.town.site_id)
    assert site.languages == {
        "ar": LanguagePolicy.MACHINE_AFTER_REVIEW,
        "en": LanguagePolicy.MACHINE_AFTER_REVIEW,
        "fi": LanguagePolicy.MACHINE_AT_ONCE,
    }
    assert (site.engine_for("fi"), site.engine_for("en")) == ("gloss", "google")


def test_a_language_is_there_once_and_the_last_word_counts(house: House) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.HUMAN_ONLY, "gloss")
        assert site_by_id(session, house.town.site_id).engines == {"en": "gloss"}
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AT_ONCE)
        site = site_by_id(session, house.town.site_id)
    assert (list(site.languages), site.languages["en"]) == (["ar", "en"], LanguagePolicy.MACHINE_AT_ONCE)
    assert site.engines == {}


def test_a_site_is_not_translated_into_its_own_language(house: House) -> None:
    with pytest.raises(BadInput, match="written in this language"), house.database.writing() as session:
        set_language(session, house.town.site_id, "sv", LanguagePolicy.HUMAN_ONLY)


@pytest.mark.parametrize(
    ("language", "policy"),
    [
        ("en", LanguagePolicy.MACHINE_AFTER_REVIEW),
        ("fi", LanguagePolicy.MACHINE_AFTER_REVIEW),
        ("fit", LanguagePolicy.HUMAN_ONLY),
        ("sma", LanguagePolicy.HUMAN_ONLY),
        ("rom", LanguagePolicy.HUMAN_ONLY),
        ("yi", LanguagePolicy.HUMAN_ONLY),
    ],
)
def test_small_languages_of_our_own_begin_with_human_translators(language: str, policy: LanguagePolicy) -> None:
    assert default_policy(language) is policy
