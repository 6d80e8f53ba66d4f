"""The demo corpus keeps to the format of ``corpus/README.md``, agrees with its pages, and shows what a demo must."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sacrebleu.metrics.ter import TER

from review_app.exchange.records import STATES
from review_app.resources import CORPUS, DEMO_CORPUS
from review_app.review.states import PageState
from review_app.sites.policy import ContentClass
from review_app.text.placeholders import is_well_nested, lost_and_added
from tests.corpus.reading import FOLDERS, SHEETS, Sheet, read_meta, sentences, texts

FIELDS = ["id", "source", "machine", "correction", "state", "who", "when", "approved_by"]
MACHINE_FIELDS = ["engine", "version", "date", "text"]
READ = {"accepted", "edited", "approved"}
SMALL_EDITS = 30  # word edits in 100 words of the correction
PEOPLE = {"anna@example.se", "bo@example.se"}
STATES_OF_PAGES = {
    "bibliotek": {"en": "published"},
    "bygglov": {"en": "work"},
    "forskoleko": {"en": "work", "ar": "work"},
    "snorojning": {"en": "work"},
    "sophamtning": {"en": "submitted"},
    "vision-strategi": {"en": "published"},
}
"""How far each page has come, as the README's table says."""


ENGLISH = [sheet for sheet in SHEETS if sheet.language == "en"]

each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=str)
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


# Each file by itself


@each_folder
def test_meta_says_where_the_page_is_from(folder: Path) -> None:
    meta = read_meta(folder)
    assert all(isinstance(meta[name], str) and meta[name] for name in ("path", "url", "title", "provenance"))
    assert meta["url"].startswith("https://")
    assert meta["url"].endswith(f"/{meta['path']}/")
    assert isinstance(meta["date"], date)
    assert ContentClass(meta["content_class"])
    assert {language: PageState(entry["state"]) for language, entry in meta["languages"].items()}
    assert meta["languages"].keys() == {sheet.language for sheet in SHEETS if sheet.folder == folder}


@each_folder
def test_meta_says_that_no_engine_wrote_the_machine_texts(folder: Path) -> None:
    meta = read_meta(folder)
    assert meta["written_for_demo"] is True
    assert "written for the demo" in meta["provenance"]
    assert len(meta["provenance"]) <= 2000


@each_sheet
def test_rows_are_the_sentences_of_the_page_in_its_order(sheet: Sheet) -> None:
    assert tuple(row["source"] for row in sheet.rows) == sentences(sheet.folder / "page.html")


@each_sheet
def test_ids_and_sources_stand_once(sheet: Sheet) -> None:
    for name in ("id", "source"):
        assert [text for text, count in Counter(row[name] for row in sheet.rows).items() if count > 1] == []


def test_a_sentence_has_one_id_in_every_language() -> None:
    for folder in FOLDERS:
        known = [[(row["id"], row["source"]) for row in sheet.rows] for sheet in SHEETS if sheet.folder == folder]
        assert all(rows == known[0] for rows in known)


@each_sheet
def test_fields_are_those_of_the_format(sheet: Sheet) -> None:
    for row in sheet.rows:
        assert [name for name in row if name != "corrected_source"] == FIELDS, row["id"]
        assert all(list(one) == MACHINE_FIELDS for one in row["machine"]), row["id"]
        assert row["state"] in STATES, row["id"]


@each_sheet
def test_a_row_s_state_follows_from_its_texts(sheet: Sheet) -> None:
    for row in sheet.rows:
        draft = row["machine"][0]["text"] if row["machine"] else None
        expected = {
            "untranslated": draft is None and row["correction"] is None,
            "machine": draft is not None and row["correction"] is None,
            "accepted": draft is not None and row["correction"] == draft,
            "edited": row["correction"] not in (None, "", draft),
            "approved": bool(row["correction"]),
        }
        assert expected[row["state"]], row["id"]
        assert (row["who"] in PEOPLE and row["when"] is not None) == (row["state"] in READ), row["id"]
        assert (row["approved_by"] is not None) == (row["state"] == "approved"), row["id"]
        assert row["approved_by"] is None or row["approved_by"] in PEOPLE - {row["who"]}, row["id"]


@each_sheet
def test_dates_are_iso_and_in_order(sheet: Sheet) -> None:
    taken = read_meta(sheet.folder)["date"]
    for row in sheet.rows:
        made = [date.fromisoformat(one["date"]) for one in row["machine"]]
        corrected = datetime.fromisoformat(row["when"]) if row["when"] else None
        assert corrected is None or corrected.utcoffset() == timedelta(0), row["id"]
        if "corrected_source" in row:
            assert corrected is not None, row["id"]
            assert corrected.date() < taken <= min(made), row["id"]
        elif corrected is not None:
            assert max(made) <= corrected.date(), row["id"]


@each_sheet
def test_corrections_keep_every_placeholder(sheet: Sheet) -> None:
    for row in sheet.rows:
        assert is_well_nested(row["source"]), row["id"]
        if row["correction"] is not None:
            source = row["corrected_source" if "corrected_source" in row else "source"]
            assert lost_and_added(source, row["correction"]) == ([], []), row["id"]
            assert is_well_nested(row["correction"]), row["id"]


@each_sheet
def test_texts_are_clean(sheet: Sheet) -> None:
    for text in texts(sheet):
        assert text == text.strip()
        assert not re.search(r"[\t\r\n\u00ad\u200b\ufffd]|  ", text), text
    for row in sheet.rows:
        assert not re.search(r"&#?\w+;|Error \d", row["correction"] or ""), row["id"]


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.language == "ar"], ids=str)
def test_arabic_is_in_arabic_letters(sheet: Sheet) -> None:
    for row in sheet.rows:
        assert row["correction"] is None or re.search(r"[\u0600-\u06ff]", row["correction"]), row["id"]


# What the demo is to show


def test_pages_have_come_as_far_as_the_readme_says() -> None:
    states = {
        folder.name: {language: entry["state"] for language, entry in read_meta(folder)["languages"].items()}
        for folder in FOLDERS
    }
    assert states == STATES_OF_PAGES
    readme = (CORPUS / "README.md").read_text("utf-8")
    assert all(f"| `{name}` |" in readme for name in states)


@each_sheet
def test_a_page_s_state_follows_from_its_rows(sheet: Sheet) -> None:
    state = read_meta(sheet.folder)["languages"][sheet.language]["state"]
    read = sum(sheet.states[one] for one in READ)
    if state == "published":
        assert sheet.states == {"approved": len(sheet.rows)}
    elif state == "submitted":
        assert read == len(sheet.rows)
        assert not sheet.states["approved"]
    else:
        assert 0 < read < len(sheet.rows)


def test_there_is_enough_of_everything() -> None:
    rows = [row for sheet in ENGLISH for row in sheet.rows]
    compared = [row for row in rows if len({one["engine"] for one in row["machine"]}) > 1 and row["correction"]]
    assert len(FOLDERS) == 6
    assert 190 <= len(rows) <= 230
    assert sum(row["correction"] is not None for row in rows) > 60
    assert len(compared) >= 40
    assert {row["state"] for row in rows} == set(STATES)


def test_every_text_but_one_has_a_draft_by_google() -> None:
    drafts = [[one["engine"] for one in row["machine"]] for sheet in SHEETS for row in sheet.rows]
    assert [engines for engines in drafts if engines not in (["google"], ["google", "opusmt"])] == [[]]
    versions = {one["version"] for sheet in SHEETS for row in sheet.rows for one in row["machine"]}
    assert all(version.startswith("demo-") for version in versions)


def test_the_errors_of_engines_are_there() -> None:
    drafts = {str(sheet): [one["text"] for row in sheet.rows for one in row["machine"]] for sheet in SHEETS}
    every = [text for texts in drafts.values() for text in texts]
    assert sum("Error 500" in text for text in every) == 1
    for error in (
        "&quot;",
        "&#39;",
        "June 22",
        "city council",
        "förskolekö",
        "Upper Kalix",
        "construction leave",
        "The the",
    ):
        assert any(error in text for text in every), error
    rows = [(row["source"], one["text"]) for sheet in SHEETS for row in sheet.rows for one in row["machine"]]
    assert any(lost_and_added(source, text)[0] for source, text in rows)


def test_drafts_are_as_good_as_the_readme_says() -> None:
    rows = [row for sheet in ENGLISH for row in sheet.rows if row["correction"] and "corrected_source" not in row]
    ter = TER(case_sensitive=True)
    edits = [ter.sentence_score(row["machine"][0]["text"], [row["correction"]]).score for row in rows]
    assert 0.4 < sum(edit == 0 for edit in edits) / len(edits) < 0.6
    assert 0.55 < sum(edit <= SMALL_EDITS for edit in edits) / len(edits) < 0.7


def test_the_changed_page_keeps_what_its_corrections_were_written_for() -> None:
    (sheet,) = (sheet for sheet in SHEETS if any("corrected_source" in row for row in sheet.rows))
    before = sentences(sheet.folder / "page.previous.html")
    now = sentences(sheet.folder / "page.html")
    stale = [row for row in sheet.rows if "corrected_source" in row]
    assert len(stale) == 3
    for row in stale:
        assert row["corrected_source"] in before
        assert row["corrected_source"] not in now
        assert row["source"] not in before
    changed = {row["corrected_source"] for row in stale}
    assert len(set(before) - set(now) - changed) == 1  # a paragraph that is gone
    new = [row for row in sheet.rows if row["source"] not in before and row not in stale]
    assert [row["state"] for row in new] == ["machine", "untranslated"]


def test_menu_and_foot_are_the_same_on_every_page() -> None:
    parts: dict[str, list[str]] = {"header": [], "footer": []}
    for folder in FOLDERS:
        page = (folder / "page.html").read_text("utf-8").replace('    <p class="server">Test - MIRROR-web01</p>\n', "")
        for name in parts:
            parts[name] += re.findall(rf"<{name}.*?</{name}>", page, re.DOTALL)
    assert all(len(found) == 6 and len(set(found)) == 1 for found in parts.values())


def test_the_same_sentence_is_corrected_the_same_way_everywhere() -> None:
    for language in ("en", "ar"):
        known: dict[str, set[str]] = {}
        for sheet in SHEETS:
            for row in sheet.rows:
                if sheet.language == language and row["correction"] and "corrected_source" not in row:
                    known.setdefault(row["source"], set()).add(row["correction"])
        assert {source: found for source, found in known.items() if len(found) > 1} == {}


def test_phone_numbers_and_addresses_are_invented() -> None:
    for sheet in SHEETS:
        for text in texts(sheet):
            assert all(number.startswith("0926-555 ") for number in re.findall(r"\b0\d{2,3}-[\d ]+", text)), text
            assert all(mail.endswith("@overkalix.example") for mail in re.findall(r"\S+@[\w.]*\w", plain(text))), text


def plain(text: str) -> str:
    return re.sub(r"</?\d+/?>", " ", text)


def test_the_customer_s_page_is_whole() -> None:
    page = (DEMO_CORPUS / "vision-strategi" / "page.html").read_text("utf-8")
    for text in ("uses Google Translate", "unikt i för just", "den 23 juni 2014,", "Test - MIRROR-web01"):
        assert text in page
    chooser = re.search(r'<div class="language" lang="en">.*?</div>', page, re.DOTALL)
    assert chooser is not None
    assert chooser[0].count("<p>") == 3
