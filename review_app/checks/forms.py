"""The dictionaries of words and their forms that come with simplemma: which words a language has, names among them.

They are asked without simplemma's own variants of case and apostrophes where a word has none, as most have: checks ask
for many words.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from review_app.text.near_words import first_near, one_letter_away
from review_app.text.remembered import MOST
from review_app.text.wordbook import BY_RULES_ALONE, Wordbook, by_rule, forms_of, is_known, lemmatize

_APOSTROPHES = frozenset("'’ʼ")
_FOLDED = frozenset({"ar", "grc", "he", "hy"})
"""Languages whose letters simplemma folds before it looks."""


@lru_cache(maxsize=MOST)
def has_form(word: str, language: str) -> bool:
    """Say whether a language's dictionary has a word, small or with a capital."""
    if _is_plain(word, language):
        return _found(word, language) is not None
    return is_known(word, language)


def is_always_capital(word: str, language: str) -> bool:
    """Say whether a language's dictionary has a word only with a capital, as names are: "Hamburg", not "Integral"."""
    forms = forms_of(language)
    return word in forms and word.lower() not in forms


def nearest_form(word: str, letters: str, language: str) -> str | None:
    """Return the likeliest word of a language's dictionary that is one of these letters away from another."""
    forms = forms_of(language)
    if isinstance(forms, Wordbook) and (word + letters).isascii():
        return first_near(word, letters, forms)
    near = one_letter_away(word, letters)
    if isinstance(forms, Wordbook):
        return forms.first(near)
    return next((one for one in near if _look_up(one, forms) is not None), None)


@lru_cache(maxsize=MOST)
def base_form(word: str, language: str) -> str:
    """Return the word, in lower case, that another is a form of; the word itself where none is known."""
    if not _is_plain(word, language):
        return lemmatize(word, language).lower()
    found = _found(word, language)
    if not found:
        is_simple = language in BY_RULES_ALONE and word.isalpha()
        found = by_rule(word, language) if is_simple else lemmatize(word, language)
    return found.lower()


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


@lru_cache(maxsize=MOST)
def _found(word: str, language: str) -> str | None:
    """Return what the dictionary says of a word: checks ask whether it is there, models what it is a form of."""
    return _look_up(word, forms_of(language))


def _look_up(word: str, forms: Mapping[str, str]) -> str | None:
    found = forms.get(word)
    return forms.get(word.lower() if word[:1].isupper() else word.capitalize()) if found is None else found
