"""What administrators do: people of a site, its languages and facts; each change is in the log."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.administration import (
    change_facts,
    change_language,
)
from review_app.accounts.log import audit_count, audit_rows
from review_app.accounts.permissions import Actor, Role
from review_app.errors import BadInput, NotAllowed
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteFacts, add_site, site_by_id
from tests.houses import House


def log(session: Session, house: House) -> list[tuple[str, str, object, object]]:
    """Return what Carin changed, oldest first."""
    rows = audit_rows(session, house.town.carin, house.town.site_id)
    return [(row.action, row.subject, row.before, row.after) for row in reversed(rows) if row.actor == "Carin"]


def test_a_language_is_changed_once_and_logged_with_what_it_was(house: House) -> None:
    policy = LanguagePolicy.HUMAN_ONLY
    with house.database.writing() as session:
        for _ in range(2):
            change_language(session, house.town.carin, house.town.site_id, "en", policy, "gloss")
        change_language(session, house.town.carin, house.town.site_id, "fi", policy, None)
        subject = f"site:{house.town.site_id}"
        was = {"language": "en", "policy": "machine_after_review", "engine": None}
        assert log(session, house) == [
            ("site.language", subject, was, {"language": "en", "policy": "human_only", "engine": "gloss"}),
            ("site.language", subject, None, {"language": "fi", "policy": "human_only", "engine": None}),
        ]
        assert site_by_id(session, house.town.site_id).languages["fi"] is policy


def test_the_sites_own_language_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="written in this language"), house.database.writing() as session:
        change_language(session, house.town.carin, house.town.site_id, "sv", LanguagePolicy.HUMAN_ONLY, None)


def test_facts_are_logged_when_they_change(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        same = SiteFacts(site.name, site.base_url, site.responsible, site.contact, site.one_person_mode)
        change_facts(session, house.town.carin, site.id, same)
        assert log(session, house) == []
        change_facts(session, house.town.carin, site.id, replace(same, one_person_mode=True))
        ((action, _, before, after),) = log(session, house)
    assert action == "site.change"
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["one_person_mode"], after["one_person_mode"]) == (False, True)


@pytest.mark.parametrize("who", ["anna", "bo", "stranger"])
def test_nobody_else_administers(house: House, who: str) -> None:
    with house.database.writing() as session:
        other = add_site(session, slug="norrby", name="Norrby", base_url="https://www.norrby.example/")
        someone = house.town.people.get(who) or Actor("Eva", 99, ((other, frozenset(Role)),))
        facts = SiteFacts("Mitt", "https://mitt.example/", "", "", one_person_mode=True)
        site_id = house.town.site_id
        for attempt in (
            lambda: change_language(session, someone, site_id, "en", LanguagePolicy.MACHINE_AT_ONCE, None),
            lambda: change_facts(session, someone, site_id, facts),
            lambda: audit_count(session, someone, site_id),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_the_log_is_counted(house: House) -> None:
    with house.database.writing() as session:
        before = audit_count(session, house.town.carin, house.town.site_id)
        change_language(session, house.town.carin, house.town.site_id, "fi", LanguagePolicy.HUMAN_ONLY, None)
        session.flush()
        assert audit_count(session, house.town.carin, house.town.site_id) == before + 1
