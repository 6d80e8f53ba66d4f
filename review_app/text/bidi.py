"""Keeps phone numbers and placeholders readable where text runs from right to left."""

import re

from review_app.text.placeholders import PLACEHOLDER

LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"

_PHONE = re.compile(r"(?<![\w+\u2066])(?:\+|0)\d(?:[ \u00a0()-]{0,2}\d){4,}")


def isolate_phone_numbers(text: str) -> str:
    """Return the text with each phone number isolated as left-to-right (UAX 9, X5b).

    ``0926-555 44`` between Arabic words is otherwise shown as ``44 555-0926``, which nobody answers.
    """
    return _PHONE.sub(lambda match: f"{LEFT_TO_RIGHT_ISOLATE}{match[0]}{POP_ISOLATE}", text)


_ISOLATED = re.compile(f"{LEFT_TO_RIGHT_ISOLATE}({PLACEHOLDER.pattern}){POP_ISOLATE}", re.ASCII)
_EMPTY = re.compile(f"{LEFT_TO_RIGHT_ISOLATE}{POP_ISOLATE}")


def isolate_placeholders(text: str) -> str:
    """Return the text as a box shows it that is written in from right to left: each placeholder isolated.

    ``</1>`` between Arabic words is otherwise shown as ``<1/>``, which is another one.
    """
    return PLACEHOLDER.sub(lambda match: f"{LEFT_TO_RIGHT_ISOLATE}{match[0]}{POP_ISOLATE}", without_isolates(text))


def without_isolates(text: str) -> str:
    """Return a text from such a box without the isolates that are not its writer's.

    Those around other words stay: somebody may have written them.
    """
    return _EMPTY.sub("", _ISOLATED.sub(r"\1", text))
