"""Dictionaries as files: what is in them is found, what is not is not; where none can be written all is as before."""

from pathlib import Path

import pytest

from review_app.text import kept as kept_files
from review_app.text import wordbook
from review_app.text.wordbook import BY_RULES_ALONE, Wordbook, by_rule, forms_of, lemmatize, write

FORMS = {"hus": "hus", "husen": "hus", "åarna": "å", "gick": "gå", "a" * 200: "lång", "": "nothing"}


def test_what_was_written_is_found_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "sv.words", FORMS)
    book = Wordbook(tmp_path / "sv.words")
    assert {word: book[word] for word in FORMS} == FORMS
    assert len(book) == len(FORMS)
    assert [book.get(word) for word in ("huset", "Hus", "hus\x00", "å", "\ud800", "a" * 199)] == [None] * 6
    with pytest.raises(KeyError):
        book["huset"]


def test_no_words_are_a_wordbook_too(tmp_path: Path) -> None:
    write(tmp_path / "none.words", {})
    assert Wordbook(tmp_path / "none.words").get("hus") is None


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sv.words").write_bytes(b"something else altogether")
    with pytest.raises(ValueError, match="no wordbook"):
        Wordbook(tmp_path / "sv.words")


def test_where_nothing_can_be_written_the_shipped_dictionary_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder can be made here")
    monkeypatch.setattr(kept_files, "cache_folder", lambda: tmp_path / "file" / "cache")
    monkeypatch.setattr(wordbook, "WORDBOOKS", wordbook.Wordbooks())
    assert wordbook.forms_of("ms").get("buku") == "buku"


def test_a_word_is_told_from_its_forms_by_simplemmas_rules() -> None:
    assert [lemmatize(word, "sv") for word in ("husen", "gick", "kommunernas")] == ["hus", "gå", "kommun"]


def test_words_that_no_dictionary_has_follow_the_same_rules_when_these_are_asked_alone() -> None:
    for language in BY_RULES_ALONE:
        for word in ("blorkningarna", "blorkheten", "Blorkningarna", "blorkized", "blorkments", "ÅÄÖblork", "enligt"):
            if forms_of(language).get(word) is None:
                assert by_rule(word, language).lower() == lemmatize(word, language).lower(), (word, language)
