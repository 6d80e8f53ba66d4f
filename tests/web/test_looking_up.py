"""Anna looks a word up from the card, with htmx and as a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.library import BOOKS, HTMX, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def test_the_panel_lists_the_words_and_tells_of_one(library: Library) -> None:
    anna = library.browser("anna")
    words = anna.get(library.segment(BOOKS, "/words"), **HTMX).text
    assert 'word=b%C3%B6cker"' in words
    assert "Choose a word of the sentence" in words
    found = anna.get(library.segment(BOOKS, "/words?word=böcker"), **HTMX).text
    assert ">books</b>" in found
    assert "Learned" in found
    assert "<html" not in found
    assert "<h1>Look up a word</h1>" in anna.get(library.segment(BOOKS, "/words?word=böcker")).text


def test_a_word_of_the_translation_finds_swedish_ones(library: Library) -> None:
    found = library.browser("anna").get(library.segment(BOOKS, "/words?word=books&of=translation"), **HTMX).text
    assert 'lang="sv" dir="ltr">böcker</b>' in found


def test_of_a_language_without_a_lexicon_it_is_said(library: Library) -> None:
    address = library.segment(BOOKS, "/words?word=böcker").replace("/en/", "/ar/")
    assert "Nothing has been learned of how words are translated into Arabic" in library.browser("bo").get(address).text


def test_what_stands_nowhere_is_said_and_markup_is_only_text(library: Library) -> None:
    found = library.browser("anna").get(library.segment(BOOKS, "/words?word=<b>xyzzy</b>"), **HTMX).text
    assert "stands neither in the glossary nor in approved texts" in found
    assert "<b>xyzzy" not in found
