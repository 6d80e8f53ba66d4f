"""No text that a user sees lacks its translation, and translations keep the values they name."""

import re

import pytest

from tests.messages import LANGUAGES, extracted, stored

VALUE = re.compile(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})")
CATALOGUES = [(domain, language) for domain, languages in LANGUAGES.items() for language in languages]


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_every_message_is_translated(domain: str, language: str) -> None:
    catalog = stored(domain, language)
    missing = []
    for message in extracted(domain):
        found = catalog.get(message.id, message.context) if message.id else message
        texts = (found.string if isinstance(found.string, tuple) else (found.string,)) if found else ("",)
        if message.id and not all(texts):
            missing.append(message.id)
    assert missing == [], "run: python -m tests.messages, then translate"


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_nothing_is_kept_that_no_page_says(domain: str, language: str) -> None:
    known = {(message.id, message.context) for message in extracted(domain)}
    assert [message.id for message in stored(domain, language) if (message.id, message.context) not in known] == []


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_translations_name_the_same_values(domain: str, language: str) -> None:
    for message in stored(domain, language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        needed = set.intersection(*(set(VALUE.findall(text)) for text in ids))
        allowed = set.union(*(set(VALUE.findall(text)) for text in ids))
        for text in texts if message.id else ():
            assert needed <= set(VALUE.findall(text)) <= allowed, message.id
