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


LONGEST_PLACEHOLDER = len("</9999>")

_OPENING = frozenset("\u2066\u2067\u2068")


def isolate_placeholders(text: str) -> str:
    """Return the text as a box shows it that is written in from right to left: each placeholder isolated.

    ``</1>`` between Arabic words is otherwise shown as ``<1/>``, which is another one.
    """
    return PLACEHOLDER.sub(lambda match: f"{LEFT_TO_RIGHT_ISOLATE}{match[0]}{POP_ISOLATE}", without_isolates(text))


def without_isolates(text: str) -> str:
    """Return a text from such a box without the isolates that are not its writer's.

    Those around other words stay: somebody may have written them. A half of a pair goes, as is left where part of a
    placeholder was deleted: what follows it would all run from left to right.
    """
    kept: list[str] = []
    open_at: list[int] = []
    for char in text:
        if char in _OPENING:
            open_at.append(len(kept))
        elif char == POP_ISOLATE:
            if not open_at:
                continue
            start = open_at.pop()
            within = "".join(kept[start + 1 : start + 2 + LONGEST_PLACEHOLDER])
            if kept[start] == LEFT_TO_RIGHT_ISOLATE and (not within or PLACEHOLDER.fullmatch(within)):
                del kept[start]
                continue
        kept.append(char)
    for start in reversed(open_at):
        del kept[start]
    return "".join(kept)
