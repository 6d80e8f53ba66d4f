"""One spelling for texts that are the same to a reader."""

import hashlib
import re
import unicodedata

_ODD_SPACE = re.compile(r"[\t\n\r\f]|  ")
"""What tells a text whose white space is not collapsed yet; most are."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
"""What HTML collapses. No-break spaces and soft hyphens are part of the text and stay."""

END_MARKS = " .:!…"
"""Marks at the end of a text that do not make it another one to a reader."""

LEAST_WORDS = 4
"""Words from which on two sources do not share a translation by chance: "Read more" stands for many."""


def normalise(text: str) -> str:
    """Return the text in NFC with runs of HTML white space made one space, none at the ends."""
    composed = unicodedata.normalize("NFC", text)
    return (_SPACES.sub(" ", composed) if _ODD_SPACE.search(composed) else composed).strip(" ")


def source_hash(text: str) -> str:
    """Return what tells source texts apart: the SHA-256 of the normalised text, in hex."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def as_read(text: str) -> str:
    """Return a text without what makes it no other to a reader: case, white space, the mark at its end."""
    return normalise(text).casefold().rstrip(END_MARKS)


def read_hash(text: str) -> str | None:
    """Return what tells texts apart that read otherwise: 16 bytes of BLAKE2b, in hex.

    None for a text of less than four words: many sources share such.
    """
    if text.count(" ") < LEAST_WORDS - 1:
        return None
    return hashlib.blake2b(as_read(text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
