"""Gettext catalogues and a translator that works without Flask.

English is the language of the message ids. The ``.po`` files are read directly: there is nothing to compile, and
nothing binary in the repository.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

INTERFACE_LANGUAGES = ("sv", "en")
"""Languages of the staff interface, the default first."""

_HERE = Path(__file__).parent


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which the extractor looks for
    """Mark a message for translation where it is written, to be translated where it is shown."""
    return message


@cache
def catalogue(language: str, domain: str = "messages") -> Translations:
    """Return the translations of a domain; messages it lacks come back as they are.

    ``messages`` holds what staff see (sv, en); ``reader`` what the public sees, in the reader's language.
    """
    path = _HERE / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        return Translations(domain=domain)  # English, the language of the ids
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=domain))
    compiled.seek(0)
    return Translations(compiled, domain=domain)


@cache
def message_ids(domain: str) -> tuple[str, ...]:
    """Return every message of a domain."""
    with (_HERE / "en" / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return tuple(str(message.id) for message in read_po(file, locale="en", domain=domain) if message.id)
