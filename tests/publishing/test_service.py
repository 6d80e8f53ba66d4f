"""Publishing: what is approved goes before the public and stays there, whatever happens to the draft."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from review_app.accounts.permissions import Role
from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.pages.service import set_content_class
from review_app.publishing.public import PublicPage, public_index, public_page
from review_app.publishing.service import publish, publish_at_once, withdraw
from review_app.publishing.tables import Publication
from review_app.review import decisions, service
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.service import set_language
from tests.builders import HTML, MACHINE, build_page, say_yes
from tests.houses import House

LOAN = "Lånetiden"
MARK = "machine, not yet read by a person"


def accept(house: House, *beginnings: str) -> None:
    with house.database.writing() as session:
        for beginning in beginnings:
            key = house.page.key(beginning)
            row = service.row(session, house.town.anna, house.page.page_id, "en", key)
            service.accept(session, house.town.anna, house.page.page_id, "en", key, based_on=row.revision)


def correct(house: House, beginning: str, text: str) -> None:
    with house.database.writing() as session:
        key = house.page.key(beginning)
        row = service.row(session, house.town.anna, house.page.page_id, "en", key)
        service.save(session, house.town.anna, house.page.page_id, "en", key, text=text, based_on=row.revision)


def approve(house: House) -> None:
    with house.database.writing() as session:
        submission = decisions.submit(session, house.town.anna, house.page.page_id, "en")
        say_yes(session, house.town, submission)


def make_public(house: House) -> None:
    with house.database.writing() as session:
        publish(session, house.town.bo, house.page.page_id, "en")


def seen(house: House, language: str = "en") -> PublicPage:
    with house.database.reading() as session:
        return public_page(session, "alvby", language, "bibliotek")


def policy(house: House, chosen: LanguagePolicy) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", chosen)


def all_but_loan() -> Sequence[str]:
    return [source for source in MACHINE if not source.startswith(LOAN)]


def test_what_is_public_already_is_not_published_again(house: House) -> None:
    approve(house)
    make_public(house)
    make_public(house)
    assert publications(house) == 1
    correct(house, "Du får låna 20", "You may borrow 20 books at a time.")
    approve(house)
    make_public(house)
    assert publications(house) == 2


def publications(house: House) -> int:
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Publication)) or 0


def test_the_approved_text_stands_in_the_page_s_structure(house: House) -> None:
    correct(house, "Du får låna 20", "You may borrow 20 books at a time.")
    approve(house)
    make_public(house)
    page = seen(house)
    assert page.title == "The library"
    assert '<li><span class="passage" data-passage="4.0">You may borrow 20 books at a time.</span></li>' in page.html
    assert "<strong>not</strong>" in page.html


def test_what_nobody_read_is_marked_and_counted(house: House) -> None:
    accept(house, *all_but_loan())
    approve(house)
    make_public(house)
    page = seen(house)
    assert page.html.count(MARK) == 1
    assert page.facts is not None
    assert (page.facts.total, page.facts.read, page.facts.machine, page.facts.corrected) == (8, 7, 1, 0)


def test_human_only_leaves_the_swedish_where_nobody_read(house: House) -> None:
    policy(house, LanguagePolicy.HUMAN_ONLY)
    accept(house, *all_but_loan())
    approve(house)
    make_public(house)
    assert 'lang="sv" dir="ltr">Lånetiden är fyra veckor.</span>' in seen(house).html


def test_a_page_about_rights_shows_no_unread_machine_text(house: House) -> None:
    with house.database.writing() as session:
        set_content_class(session, house.town.carin, house.page.page_id, ContentClass.RIGHTS)
    accept(house, *all_but_loan())
    approve(house)
    make_public(house)
    page = seen(house)
    assert MARK not in page.html
    assert "Lånetiden är fyra veckor." in page.html


def test_a_gloss_is_never_published(house: House) -> None:
    policy(house, LanguagePolicy.MACHINE_AT_ONCE)
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, path="gloss", engine="gloss", publishable=False, check=False)
        publish_at_once(session, house.town.anna, page.page_id, "en")
        shown = public_page(session, "alvby", "en", "gloss")
    assert not any(str(text) in shown.html for text in MACHINE.values())
    assert "Lånetiden är fyra veckor." in shown.html


def test_a_gloss_can_be_neither_accepted_nor_submitted(house: House) -> None:
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, path="gloss", engine="gloss", publishable=False, check=False)
        key = page.key(LOAN)
        row = service.row(session, house.town.anna, page.page_id, "en", key)
        with pytest.raises(BadInput, match="gloss"):
            service.accept(session, house.town.anna, page.page_id, "en", key, based_on=row.revision)
        with pytest.raises(BadInput, match="nothing to submit"):
            decisions.submit(session, house.town.anna, page.page_id, "en")


def test_a_later_edit_leaves_the_public_page_as_it_was_approved(house: House) -> None:
    accept(house, *MACHINE)
    approve(house)
    make_public(house)
    before = seen(house)
    correct(house, LOAN, "Books are lent for four weeks.")
    assert seen(house) == before
    with pytest.raises(NotAllowed), house.database.writing() as session:
        publish(session, house.town.anna, house.page.page_id, "en")
    make_public(house)
    assert seen(house).html == before.html
    approve(house)
    make_public(house)
    assert "Books are lent for four weeks." in seen(house).html


def test_a_changed_source_leaves_the_public_page_as_it_was(house: House) -> None:
    accept(house, *MACHINE)
    approve(house)
    make_public(house)
    before = seen(house)
    with house.database.writing() as session:
        build_page(session, house.town.site_id, html=HTML.replace("fyra veckor", "tre veckor"))
    after = seen(house)
    assert replace(after, older=frozenset(), html="") == replace(before, html="")
    assert after.older == {"5.0"}, "and readers are told that this passage is of the older text"
    assert after.html.replace('<span class="mark">the Swedish has changed since</span> ', "") == before.html


def test_what_was_approved_but_not_published_is_not_public(house: House) -> None:
    approve(house)
    with pytest.raises(NotFound):
        seen(house)


def test_nothing_unapproved_can_be_published_by_hand(house: House) -> None:
    with pytest.raises(BadInput, match="approved"):
        make_public(house)


def test_a_withdrawn_page_is_gone_at_once_in_that_language(house: House) -> None:
    approve(house)
    make_public(house)
    with house.database.writing() as session:
        withdraw(session, house.town.bo, house.page.page_id, "en")
    for language in ("en", "sv"):
        with pytest.raises(NotFound):
            seen(house, language)
    with pytest.raises(NotFound), house.database.writing() as session:
        withdraw(session, house.town.bo, house.page.page_id, "en")


def test_machine_at_once_needs_no_approval_and_says_so(house: House) -> None:
    policy(house, LanguagePolicy.MACHINE_AT_ONCE)
    with house.database.writing() as session:
        assert publish_at_once(session, house.town.anna, house.page.page_id, "en") is not None
    page = seen(house)
    assert page.facts is not None
    assert (page.facts.read, page.facts.approved_on) == (0, None)
    assert page.html.count(MARK) == len(MACHINE) - 1  # the title takes no mark


def test_machine_at_once_never_replaces_what_a_person_approved(house: House) -> None:
    policy(house, LanguagePolicy.MACHINE_AT_ONCE)
    accept(house, *MACHINE)
    approve(house)
    make_public(house)
    with house.database.writing() as session:
        assert publish_at_once(session, house.town.anna, house.page.page_id, "en") is None
    assert MARK not in seen(house).html


def test_other_policies_publish_nothing_at_once(house: House) -> None:
    with house.database.writing() as session:
        assert publish_at_once(session, house.town.anna, house.page.page_id, "en") is None
    with pytest.raises(NotFound):
        seen(house)


def test_the_picker_lists_the_languages_that_are_public(house: House) -> None:
    approve(house)
    make_public(house)
    assert seen(house).languages == ("sv", "en")
    with house.database.reading() as session:
        site, listed, languages = public_index(session, "alvby", "en")
    assert (site.slug, [item.title for item in listed], languages) == ("alvby", ["The library"], ("sv", "en"))


def test_the_swedish_original_is_there_beside_its_translations(house: House) -> None:
    approve(house)
    make_public(house)
    original = seen(house, "sv")
    assert original.facts is None
    assert "Lånetiden är fyra veckor." in original.html


def test_every_publication_is_in_the_audit_log_with_its_hash(house: House) -> None:
    approve(house)
    make_public(house)
    with house.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "page.publish")).one()
    assert entry.person_id == house.town.bo.person_id
    assert entry.after is not None
    assert entry.after["sha256"] == seen(house).content_hash


def test_of_another_site_nothing_can_be_published(house: House) -> None:
    approve(house)
    from_elsewhere = replace(house.town.bo, roles=((house.town.site_id + 1, frozenset(Role)),))
    for act in (publish, withdraw):
        with pytest.raises(NotAllowed), house.database.writing() as session:
            act(session, from_elsewhere, house.page.page_id, "en")
