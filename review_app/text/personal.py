"""Recognises what may point out a private person: such text is sent to nobody's machine, or without it."""

import re
from dataclasses import dataclass

from review_app.text.placeholders import Part, plain, tokenise

_PERSONAL = re.compile(r"\S@\S|(?:\+|\b\d)(?:[\s()/.-]?\d){5,}")
"""An e-mail address, or six digits and more in a row: a phone number, a personal number, a case number."""

_SPACE = r"[ \t\u00a0\u2009\u202f]"
_DASH = r"[-\u2010-\u2013\u2212]"
_APART = rf"{_SPACE}{{0,2}}(?:(?:{_DASH}|[/()]){{1,2}}{_SPACE}{{0,2}})?"
"""What may stand between two digits of a phone number: "0926 - 740 00", "(0)70". No full stop: "08.00–16.00"."""

_AT = rf"(?:{_SPACE}?(?:@|[(\[](?:at|a|snabel-?a)[)\]]){_SPACE}?|{_SPACE}snabel-?a{_SPACE})"
_DOT = rf"(?:{_SPACE}?[(\[](?:dot|punkt)[)\]]{_SPACE}?|{_SPACE}(?:dot|punkt){_SPACE})"
"""What people write in the place of "@" and "." so that robots do not find an address."""

_HIDDEN = re.compile(
    # an e-mail address, also one that hides from robots
    rf"(?<![\w.+-])[\w.+-]+(?:{_DOT}[\w.+-]+){{0,4}}{_AT}\w[\w-]*(?:(?:\.|{_DOT})[\w-]+)+"
    # a personal number, or an organisation's
    rf"|(?<!\d)(?:\d{{2}})?\d{{6}}(?:{_SPACE}?(?:{_DASH}|\+){_SPACE}?|{_SPACE})?\d{{4}}(?!\d)"
    # a phone number
    rf"|(?<![\w,])(?<!\d\.)(?:\+\d{{1,3}}|00\d{{1,3}}|0)(?:{_APART}\d){{6,12}}(?!\d)"
    # one with full stops: 070.123.45.67, 070.123 45 67, 070.123.4567, 070.1234567
    rf"|(?<![\w,])(?<!\d\.)(?:\+\d{{1,3}}\.\d{{1,3}}|0\d{{1,3}})(?:(?:\.\d{{2,3}}){{3,4}}|\.\d{{3}}\.?\d{{3,4}}"
    rf"|\.\d{{3}}(?:{_SPACE}\d{{2}}){{2}})(?!\d)"
    # one without its area code: 123 45 67; thousands are grouped by three
    rf"|(?<![\w,.])(?<!\d{_SPACE})\d{{2,3}}(?:(?:{_SPACE}|{_DASH})\d{{2}}){{2}}(?!{_SPACE}?\d)(?![,.:]\d)(?!{_DASH}\d)",
    re.IGNORECASE,
)

_HIDDEN_ALREADY = "\ufffc"


def may_be_personal(text: str) -> bool:
    """Say whether a text holds an address or a number that may be a private person's."""
    return _PERSONAL.search(text) is not None


@dataclass(frozen=True, slots=True)
class Masked:
    """A segment with placeholders in the place of what may be personal; ``hidden`` maps them to what stood there."""

    text: str
    hidden: dict[str, str]

    def unmask(self, translation: str) -> str:
        """Put what was hidden into a translation."""
        for placeholder, original in self.hidden.items():
            translation = translation.replace(placeholder, original)
        return translation


def mask(text: str) -> Masked:
    """Hide e-mail addresses, phone numbers and personal numbers behind placeholders of their own."""
    pieces = list(tokenise(text))
    last = max((piece.number for piece in pieces), default=0)
    hidden: dict[str, str] = {}

    def hide(match: re.Match[str]) -> str:
        placeholder = f"<{last + len(hidden) + 1}/>"
        hidden[placeholder] = match[0]
        return placeholder

    return Masked(
        "".join(_HIDDEN.sub(hide, piece.text) if piece.part is Part.TEXT else piece.text for piece in pieces), hidden
    )


def cannot_be_masked(text: str) -> bool:
    """Say whether something personal would still be read after masking: markup divides it, as in ``070-<1>12</1>…``."""
    masked = mask(text)
    left = masked.text
    for placeholder in masked.hidden:
        left = left.replace(placeholder, _HIDDEN_ALREADY)
    return _HIDDEN.search(plain(left)) is not None
