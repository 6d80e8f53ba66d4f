"""The tokens that the lexical models count: words, numbers and marks, and the forms of a word they fall back to."""

import re

from review_app.checks.forms import base_form, has_form

TOKEN = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|\d+(?:[.,:\s]\d+)*|[^\w\s]")
"""A word, an English genitive, a number, or one mark. A hyphen parts two words."""

_ASCII_TOKEN = re.compile(r"[A-Za-z]++(?:'(?!s\b)[A-Za-z]++)*+|'s\b|[0-9]++(?:[.,:\s][0-9]++)*+|[^A-Za-z0-9_\s]")
"""The same tokens of a text in ASCII, in two thirds of the time."""

NUMBER, NAME, CAPITALS = "0", "<N>", "<A>"
"""Stand for every number, every word with a capital inside a sentence, every word in capitals."""

PRONOUN = "I"
"""The one English word that always has a capital."""

ENDERS = frozenset('.!?:"“”(')
"""Marks after which a capital letter says nothing."""

LONGEST = 40
"""Letters of the longest word that is looked up in a dictionary."""


def tokens_of(text: str) -> list[str]:
    """Return a text's tokens as they are written."""
    return (_ASCII_TOKEN if text.isascii() else TOKEN).findall(text)


def lowered(token: str) -> str:
    """Return a token in lower case; numbers are one and the same."""
    return NUMBER if token[0].isdecimal() else token.lower().replace("’", "'")


def inside(token: str) -> str:
    """Return what stands for a token inside a sentence, where a capital marks a name."""
    if not token[0].isupper() or token == PRONOUN:
        return lowered(token)
    return CAPITALS if len(token) > 1 and token.isupper() else NAME


def running(tokens: list[str]) -> list[str]:
    """Return a text as a language model reads it: lower case where a sentence begins, names as one word elsewhere."""
    return [lowered(token) if at == 0 or tokens[at - 1] in ENDERS else inside(token) for at, token in enumerate(tokens)]


def lemma(word: str, language: str) -> str:
    """Return the dictionary form of a word in lower case; the word itself where none is known."""
    if len(word) > LONGEST or not word[0].isalpha():
        return word
    try:
        return base_form(word, language)
    except ValueError:  # a language that it does not know, as Somali
        return word


def is_in_dictionary(word: str, language: str) -> bool:
    """Say whether a dictionary of the language has a word in lower case; no where there is none."""
    try:
        return has_form(word, language)
    except ValueError:
        return False
