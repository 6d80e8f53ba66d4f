"""What is said of a page goes before what is said of its section, and that before the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from review_app.accounts.administration import change_rule
from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, NotAllowed
from review_app.pages.service import get_page
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.sections import Rule, find_rule, rule_for, rules_of, set_rule
from review_app.sites.service import site_by_id
from tests.houses import House

HUMAN, AT_ONCE = LanguagePolicy.HUMAN_ONLY, LanguagePolicy.MACHINE_AT_ONCE
RULES = [
    Rule("omsorg/", ContentClass.RIGHTS, {"en": HUMAN}),
    Rule("omsorg/nyheter/", ContentClass.NEWS),
    Rule("omsorg/nyheter/stormen", ContentClass.CRISIS, {"ar": AT_ONCE}),
]


@pytest.mark.parametrize(
    ("path", "content_class", "policies"),
    [
        ("skola", None, {}),
        ("omsorg", ContentClass.RIGHTS, {"en": HUMAN}),
        ("omsorgen", None, {}),
        ("omsorg/hemtjanst", ContentClass.RIGHTS, {"en": HUMAN}),
        ("omsorg/nyheter/ny-chef", ContentClass.NEWS, {"en": HUMAN}),
        ("omsorg/nyheter/stormen", ContentClass.CRISIS, {"en": HUMAN, "ar": AT_ONCE}),
        ("omsorg/nyheter/stormen/mer", ContentClass.NEWS, {"en": HUMAN}),
    ],
)
def test_the_nearest_word_holds(
    path: str, content_class: ContentClass | None, policies: dict[str, LanguagePolicy]
) -> None:
    assert rule_for(RULES, path) == Rule(path, content_class, policies)


names = st.sampled_from(["a", "b", "ab"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
rules = st.builds(Rule, st.builds(str.__add__, paths, st.sampled_from(["", "/"])), st.sampled_from(ContentClass))


@given(st.lists(rules, unique_by=lambda rule: rule.path), paths)
def test_the_order_of_the_rules_does_not_matter(given_rules: list[Rule], path: str) -> None:
    assert rule_for(given_rules, path) == rule_for(reversed(given_rules), path)


@given(paths)
def test_a_section_is_about_its_own_page_and_those_below(path: str) -> None:
    section = Rule(f"{path}/")
    assert section.is_about(path)
    assert section.is_about(f"{path}/below")
    assert not section.is_about(f"{path}below")


def test_a_rule_is_stored_replaced_and_taken_back(house: House) -> None:
    with house.database.writing() as session:
        site = house.town.site_id
        set_rule(session, site, RULES[0])
        set_rule(session, site, RULES[2])
        assert rules_of(session, site) == [RULES[0], RULES[2]]
        set_rule(session, site, Rule("omsorg/", None, {"ar": HUMAN}))
        assert find_rule(session, site, "omsorg/") == Rule("omsorg/", None, {"ar": HUMAN})
        set_rule(session, site, Rule("omsorg/"))
        assert rules_of(session, site) == [RULES[2]]


def test_a_page_follows_its_section(house: House) -> None:
    with house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, Rule("bibliotek/", ContentClass.NEWS, {"en": HUMAN}))
        page = get_page(session, house.page.page_id)
        site = site_by_id(session, house.town.site_id)
    assert page.content_class is ContentClass.NEWS
    assert page.policy(site, "en") is HUMAN
    assert page.policy(site, "ar") is LanguagePolicy.MACHINE_AFTER_REVIEW


def test_only_an_administrator_may_say_it_and_it_is_logged(house: House) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as session:
        change_rule(session, house.town.bo, house.town.site_id, RULES[0])
    with house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, RULES[0])
        change_rule(session, house.town.carin, house.town.site_id, RULES[0])
    with house.database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "site.section"))
    assert (entry.before, entry.after) == (None, {"path": "omsorg/", "content_class": "rights", "en": "human_only"})


def test_a_language_the_site_lacks_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="fi"), house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, Rule("omsorg/", None, {"fi": HUMAN}))
