"""One spelling for texts that are the same to a reader."""

import hashlib
import re
import unicodedata

_ODD_SPACE = re.compile(r"[\t\n\r\f]|  ")
"""What tells a text whose white space is not collapsed yet; most are."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
"""What HTML collapses. No-break spaces and soft hyphens are part of the text and stay."""


def normalise(text: str) -> str:
    """Return the text in NFC with runs of HTML white space made one space, none at the ends."""
    composed = unicodedata.normalize("NFC", text)
    return (_SPACES.sub(" ", composed) if _ODD_SPACE.search(composed) else composed).strip(" ")


def source_hash(text: str) -> str:
    """Return what tells source texts apart: the SHA-256 of the normalised text, in hex."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()
