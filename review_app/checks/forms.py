"""The dictionaries of words and their forms that come with simplemma: which words a language has, names among them.

They are asked without simplemma's own variants of case and apostrophes where a word has none, as most have: checks ask
for many words.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from threading import Lock

import simplemma
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

_APOSTROPHES = frozenset("'’ʼ")
_FOLDED = frozenset({"ar", "grc", "he", "hy"})
"""Languages whose letters simplemma folds before it looks."""

_dictionaries: dict[str, Mapping[str, str]] = {}
_loading = Lock()


def load(language: str) -> Mapping[str, str]:
    """Return a language's dictionary, from forms to the words they are forms of.

    It is loaded once, however many threads need it first: each would take the whole time for itself.
    """
    if language not in _dictionaries:
        with _loading:
            if language not in _dictionaries:
                _dictionaries[language] = DEFAULT_DICTIONARY_FACTORY.get_dictionary(language)
    return _dictionaries[language]


def has_form(word: str, language: str) -> bool:
    """Say whether a language's dictionary has a word, small or with a capital."""
    if _is_plain(word, language):
        return _look_up(word, load(language)) is not None
    return bool(simplemma.is_known(word, lang=language))


def first_form(words: Iterable[str], language: str) -> str | None:
    """Return the first of many words, in plain small letters, that a language's dictionary has."""
    forms = load(language)
    return next((word for word in words if _look_up(word, forms) is not None), None)


def base_form(word: str, language: str) -> str:
    """Return the word, in lower case, that another is a form of; the word itself where none is known."""
    found = _look_up(word, load(language)) if _is_plain(word, language) else None
    return (found or str(simplemma.lemmatize(word, lang=language))).lower()


def _is_plain(word: str, language: str) -> bool:
    """Say whether a word is looked up as it stands: composed letters, no apostrophe, no number."""
    if word.isascii() and word.isalpha():
        return language not in _FOLDED
    return (
        (word.isascii() or unicodedata.is_normalized("NFC", word))
        and _APOSTROPHES.isdisjoint(word)
        and not word.isnumeric()
        and language not in _FOLDED
        and word != ""
    )


def _look_up(word: str, forms: Mapping[str, str]) -> str | None:
    found = forms.get(word)
    return forms.get(word.lower() if word[:1].isupper() else word.capitalize()) if found is None else found
