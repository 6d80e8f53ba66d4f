"""Recognises what reads the same in every language: there is nothing to translate."""

import re
from collections.abc import Collection

from review_app.text.placeholders import plain

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:se|com|org|net|eu|nu)(?:/\S*)?",
    re.IGNORECASE,
)


def is_fixed(text: str, names: Collection[str] = ()) -> bool:
    """Say whether a segment is only numbers and signs, an address of the web or of e-mail, or one of these names.

    ``names`` are compared as ``casefold`` leaves them.
    """
    words = plain(text).strip()
    if not any(character.isalpha() for character in words):
        return True
    return words.casefold() in names or _ADDRESS.fullmatch(words) is not None
