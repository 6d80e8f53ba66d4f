"""Keeps phone numbers readable where text runs from right to left."""

import re

LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"

_PHONE = re.compile(r"(?<![\w+\u2066])(?:\+|0)\d(?:[ \u00a0()-]{0,2}\d){4,}")


def isolate_phone_numbers(text: str) -> str:
    """Return the text with each phone number isolated as left-to-right (UAX 9, X5b).

    ``0926-555 44`` between Arabic words is otherwise shown as ``44 555-0926``, which nobody answers.
    """
    return _PHONE.sub(lambda match: f"{LEFT_TO_RIGHT_ISOLATE}{match[0]}{POP_ISOLATE}", text)
