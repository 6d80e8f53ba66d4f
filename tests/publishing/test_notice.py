"""The notice says what was done, in the reader's language, and never more than the facts allow."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.publishing.notice import Facts, facts_from, notice
from tests.messages import LANGUAGES

ALL_READ = Facts(
    body="Älvby kommun",
    total=8,
    read=8,
    machine=0,
    corrected=3,
    read_on="2026-11-20",
    approved_on="2026-11-21",
    basis="reads",
    one_person=False,
    imported=False,
)
SOME_READ = replace(ALL_READ, read=5, machine=3)
NONE_READ = replace(ALL_READ, read=0, machine=8, corrected=0, read_on=None, approved_on=None, basis=None)


def test_all_read_and_corrected() -> None:
    assert notice(ALL_READ, "en") == (
        "Translated from Swedish by machine, then read and corrected by a person at Älvby kommun on 20 November 2026. "
        "Approved on 21 November 2026 by a person who reads the language."
    )


def test_read_but_nothing_to_correct_is_not_called_corrected() -> None:
    assert "corrected" not in notice(replace(ALL_READ, corrected=0), "en")


def test_some_read_gives_the_numbers() -> None:
    assert "has read 5 of 8 passages" in notice(SOME_READ, "en")


def test_none_read_says_so_and_names_no_approval() -> None:
    assert notice(NONE_READ, "en") == "Translated from Swedish by machine. No person has read the translation yet."


def test_an_approver_who_does_not_read_the_language_is_not_said_to() -> None:
    text = notice(replace(ALL_READ, basis="process"), "en")
    assert "without reading the language" in text
    assert "who reads the language" not in text


def test_what_people_alone_translated_is_not_called_machine_translated() -> None:
    by_people = replace(ALL_READ, drafted=0)
    assert notice(by_people, "en").startswith(
        "Translated from Swedish by a person at Älvby kommun, last changed on 20 "
    )
    some = notice(replace(by_people, read=5), "en")
    assert some.startswith("A person at Älvby kommun has translated 5 of 8 passages from Swedish")
    for language in LANGUAGES["reader"]:
        assert notice(by_people, language) != notice(ALL_READ, language)


def test_readers_are_told_when_the_swedish_has_changed() -> None:
    assert "1 of 8 passages here are of the older text" in notice(ALL_READ, "en", older=1)
    for language in LANGUAGES["reader"]:
        assert notice(ALL_READ, language, older=1) != notice(ALL_READ, language)


def test_one_person_doing_both_is_told() -> None:
    assert "The same person corrected and approved it." in notice(replace(ALL_READ, one_person=True), "en")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("sv", "20 november 2026"), ("fi", "20. marraskuuta 2026"), ("ar", "نوفمبر")],
)
def test_every_reader_s_language_has_its_own_words_and_dates(language: str, expected: str) -> None:
    text = notice(ALL_READ, language)
    assert expected in text
    assert "Älvby kommun" in text
    assert "Translated" not in text


@pytest.mark.parametrize("language", [language for language in LANGUAGES["reader"] if language != "en"])
def test_no_reader_s_language_falls_back_on_english(language: str) -> None:
    for facts in (ALL_READ, SOME_READ, NONE_READ, replace(ALL_READ, basis="process", one_person=True, drafted=0)):
        assert not re.search(r"\b(the|by|and|have|read)\b", notice(facts, language, older=2))


def test_meankieli_writes_dates_as_finnish_does() -> None:
    assert "20. marraskuuta 2026" in notice(ALL_READ, "fit")


def test_a_language_without_a_translation_of_the_notice_gets_english() -> None:
    assert notice(NONE_READ, "is") == notice(NONE_READ, "en")


facts = st.integers(1, 50).flatmap(
    lambda total: st.integers(0, total).map(lambda read: replace(ALL_READ, total=total, read=read))
)


@given(facts, st.sampled_from(["sv", "en", "fi", "ar"]))
def test_the_notice_never_claims_more_than_was_read(given_facts: Facts, language: str) -> None:
    complete = notice(replace(ALL_READ, total=given_facts.total, read=given_facts.total), language)
    assert (notice(given_facts, language) == complete) == (given_facts.read == given_facts.total)


@given(facts)
def test_facts_survive_storage(given_facts: Facts) -> None:
    assert facts_from(given_facts.as_json()) == given_facts
