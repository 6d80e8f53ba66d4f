"""What a site asks of its translations into one language: terms, names that stay, and how readers are addressed."""

from dataclasses import dataclass
from enum import StrEnum


class Register(StrEnum):
    """How a site speaks to its readers in a language."""

    FORMAL = "formal"
    INFORMAL = "informal"


@dataclass(frozen=True, slots=True)
class TermRule:
    """What a word of the source is to be called; one of ``wanted`` has to stand, none of ``forbidden`` may."""

    source: str
    wanted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """Terms, names as ``casefold`` leaves them, and the register, if the site has chosen one."""

    terms: tuple[TermRule, ...] = ()
    names: frozenset[str] = frozenset()
    register: Register | None = None


NO_GUIDE = Guide()
"""A site that asks nothing."""
