"""Recognises what may point out a private person: such text is not sent to anybody's machine."""

import re

_PERSONAL = re.compile(r"\S@\S|(?:\+|\b\d)(?:[\s()/.-]?\d){5,}")
"""An e-mail address, or six digits and more in a row: a phone number, a personal number, a case number."""


def may_be_personal(text: str) -> bool:
    """Say whether a text holds an address or a number that may be a private person's."""
    return _PERSONAL.search(text) is not None
