"""The page of all checks is made of what the checks say of themselves."""

import pytest

from review_app.checks.documentation import Documented, DocumentedSource, documented, documented_source, paragraphs

EVERY = [*documented(), *documented_source()]


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.name)
def test_every_check_says_what_it_finds_and_when_it_is_wrong(entry: Documented | DocumentedSource) -> None:
    assert entry.finds.endswith(".")
    assert entry.wrong.startswith("Wrong")


@pytest.mark.parametrize("entry", documented(), ids=lambda entry: entry.name)
def test_every_example_is_flagged_by_its_check(entry: Documented) -> None:
    assert entry.findings


@pytest.mark.parametrize("entry", documented_source(), ids=lambda entry: entry.name)
def test_every_swedish_example_has_a_note(entry: DocumentedSource) -> None:
    assert entry.notes


def test_a_docstring_is_read_by_its_paragraphs() -> None:
    text = 'A thing is\nlost: ``&quot;``.\n\nWrong for "x".\n\nMore of it.\n'
    assert paragraphs(text) == ("A thing is lost: &quot;. More of it.", 'Wrong for "x".')
