"""Which messages the code and the templates hold, by catalogue.

    python -m tests.messages

adds what is new to the ``.po`` files and drops what is gone; translations are then written by hand.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from review_app.checks import CHECKS
from review_app.checks.documentation import docstring, paragraphs
from review_app.checks.source import SOURCE_CHECKS
from review_app.resources import TEMPLATES

ROOT = TEMPLATES.parent
LOCALE = ROOT / "review_app" / "locale"
KEYWORDS: dict = {
    "N_": None,
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
READER = (
    "templates/publishing/",
    "templates/errors/public.html",
    "review_app/publishing/accuracy.py",
    "review_app/publishing/notice.py",
    "review_app/publishing/public.py",
    "review_app/publishing/reader_reports.py",
    "review_app/web/publishing.py",
    "review_app/web/errors.py",
)
"""What readers see, in their own language; public errors are staff's errors too."""

STAFF = ("templates/errors/", "review_app/web/errors.py")
LANGUAGES = {
    "messages": ("sv", "en"),
    "reader": ("en", "sv", "fi", "se", "fit", "ar", "fa", "so", "ti", "uk", "ru", "pl", "de", "fr", "es", "tr", "ckb"),
}


def extracted(domain: str) -> Catalog:
    """Return the messages of a catalogue as the source holds them."""
    catalog = Catalog(domain=domain)
    for file, _line, message, _comments, context in _all():
        is_reader = file.startswith(READER)
        if (domain == "reader" and is_reader) or (domain == "messages" and (not is_reader or file.startswith(STAFF))):
            catalog.add(message, context=context)
    return catalog


def stored(domain: str, language: str) -> Catalog:
    """Return a catalogue as it is stored."""
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language, domain=domain)


@cache
def _all() -> list[tuple]:
    """Read the source once for all catalogues: it takes most of a second."""
    return list(_found())


def _found() -> Iterator[tuple]:
    options = {"**.html": {"trim_blocks": "true"}}
    for folder in ("review_app", "templates"):
        found = extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python"), ("**.html", "jinja2")],
            options_map=options,
            keywords=KEYWORDS,
        )
        for file, *rest in found:
            yield f"{folder}/{file}".replace("\\", "/"), *rest
    for check in (*CHECKS.values(), *SOURCE_CHECKS.values()):
        for paragraph in filter(None, paragraphs(docstring(check.look))):
            yield check.look.__module__.replace(".", "/") + ".py", 1, paragraph, [], None


def rewrite(domain: str, language: str) -> None:
    """Bring a stored catalogue in line with the source; what has no translation yet stays empty."""
    catalog, fresh = stored(domain, language), extracted(domain)
    merged = Catalog(locale=language, domain=domain, project="review-app", version="0.1.0", fuzzy=False)
    for message in fresh:
        if not message.id:
            continue
        known = catalog.get(message.id, message.context)
        text = known.string if known else ""
        if language == "en" and not text:
            text = message.id
        merged.add(message.id, text, context=message.context)
    path: Path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("wb") as file:
        write_po(file, merged, width=110, sort_output=True, omit_header=False)
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(_NOISE)]
    path.write_text("\n".join(kept).rstrip() + "\n", "utf-8")


_NOISE = ('"POT-Creation', '"PO-Revision', '"Generated-By', '"Last-Translator', '"Language-Team', '"Report-Msgid', "# ")

if __name__ == "__main__":
    for name, languages in LANGUAGES.items():
        for tag in languages:
            rewrite(name, tag)
            empty = [message.id for message in stored(name, tag) if message.id and not message.string]
            print(f"{name} {tag}: {len(empty)} without translation")
