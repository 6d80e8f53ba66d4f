"""The page of a site's words."""

from collections.abc import Iterator
from io import BytesIO
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


def test_a_term_is_changed_with_its_note_and_keeps_its_place(library: Library) -> None:
    anna = library.browser("anna")
    anna.post(GLOSSARY, {"source": "förskolor", "language": "en", "target": "preschool"})
    anna.post(GLOSSARY, {"source": "bad", "language": "en", "target": "pool"})
    assert 'value="förskolor"' in anna.get(f"{GLOSSARY}/1").text
    form = {"source": "förskola", "language": "en", "target": "preschool", "part_of_speech": "noun", "note": "ej dagis"}
    assert anna.post(f"{GLOSSARY}/1", form).status_code == 303
    page = anna.get(GLOSSARY).text
    assert all(told in page for told in ("förskola<", "noun", "ej dagis"))
    assert "förskolor" not in page
    assert anna.post(f"{GLOSSARY}/1", {**form, "source": "bad"}).status_code == 422
    assert anna.post(f"{GLOSSARY}/1", {**form, "part_of_speech": "x"}).status_code == 422
    assert anna.post(f"{GLOSSARY}/999", form).status_code == 404


def test_a_file_of_terms_goes_in_whole_and_comes_out_the_same(library: Library) -> None:
    anna = library.browser("anna")
    body = (
        "Ord;Språk;Heter;Aldrig;Ordklass;Anteckning\r\nförskola;en;preschool;kindergarten;Substantiv;\r\nÄlvby;;;;;\r\n"
    )
    assert anna.post(f"{GLOSSARY}/import", _file(body.encode("cp1252"))).status_code == 303
    anna.post(GLOSSARY, {"source": "=1+1", "language": "en", "target": "two; 2"})
    csv = anna.get(f"{GLOSSARY}.csv").get_data(as_text=True).removeprefix("\ufeff")
    assert csv.splitlines() == [
        "source,language,target,forbidden,part_of_speech,note",
        "'=1+1,en,two; 2,,,",
        "förskola,en,preschool,kindergarten,noun,",
        "Älvby,,,,,",
    ]
    assert anna.post(f"{GLOSSARY}/import", _file(csv.encode())).status_code == 303
    assert anna.get(f"{GLOSSARY}.csv").get_data(as_text=True).removeprefix("\ufeff") == csv


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"source;language;target\nskola;en;school\nbad;tlh;x\n", "a.csv, line 3: The site is not translated into tlh"),
        (b"sv;en\nskola;school\n", "no column is called source"),
    ],
)
def test_of_a_file_with_a_wrong_line_nothing_is_taken_in(library: Library, body: bytes, message: str) -> None:
    answer = library.browser("anna").post(f"{GLOSSARY}/import", _file(body))
    assert (answer.status_code, message in answer.text) == (422, True)
    assert "skola" not in library.browser("anna").get(f"{GLOSSARY}.csv").text


def _file(body: bytes) -> dict[str, object]:
    return {"file": (BytesIO(body), "a.csv")}
