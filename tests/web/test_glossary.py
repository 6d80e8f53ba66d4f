"""The page of a site's words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.library import Library, open_library

GLOSSARY = "/sites/alvby/glossary"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def test_a_name_and_a_term_are_added_changed_and_removed(library: Library) -> None:
    anna = library.browser("anna")
    anna.post(GLOSSARY, {"source": "Kalixälven"})
    anna.post(GLOSSARY, {"source": "kommunfullmäktige", "language": "en", "target": "municipal council"})
    anna.post(GLOSSARY, {"source": "kommunfullmäktige", "language": "en", "target": "municipal assembly"})
    page = anna.get(GLOSSARY).text
    assert "a name, stays as it is" in page
    assert "municipal assembly" in page
    assert "municipal council" not in page
    assert anna.post(f"{GLOSSARY}/1/remove", {}).status_code == 303
    assert "Kalixälven" not in anna.get(GLOSSARY).text


@pytest.mark.parametrize(
    "form",
    [
        {"source": " "},
        {"source": "a" * 201},
        {"source": "ord", "language": "en"},
        {"source": "ord", "target": "word"},
        {"source": "ord", "language": "tlh", "target": "word"},
    ],
)
def test_what_is_no_term_is_refused_and_what_was_typed_stays(library: Library, form: dict[str, str]) -> None:
    answer = library.browser("anna").post(GLOSSARY, form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert form["source"].strip()[:50] in answer.text


def test_a_term_of_another_site_cannot_be_removed(library: Library) -> None:
    assert library.browser("anna").post(f"{GLOSSARY}/999/remove", {}).status_code == 404


def test_approvers_do_not_write_it(library: Library) -> None:
    assert library.browser("bo").get(GLOSSARY).status_code == 403
    assert library.browser("bo").post(GLOSSARY, {"source": "ord"}).status_code == 403
