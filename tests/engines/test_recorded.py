"""Recordings: what an engine said once is said again, with that engine's name, version and date."""

import json
from datetime import date
from pathlib import Path

import pytest

from review_app.engines import ENGINES, get_engine
from review_app.engines.contract import EngineConfig
from review_app.engines.judging import EMPTY
from review_app.engines.recorded import NO_FOLDER, NOT_RECORDED, recordings
from review_app.errors import BadFile, EngineFailed, NotFound


def row(source: str, *texts: str) -> str:
    engines = ("google", "opusmt")
    machine = [
        {"engine": engine, "version": "2026-10", "date": "2026-10-03", "text": text}
        for engine, text in zip(engines, texts, strict=False)
    ]
    return json.dumps({"id": source, "source": source, "machine": machine}, ensure_ascii=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sida").mkdir()
    lines = [
        row("Hej då.", "Goodbye.", "Bye."),
        "",
        row("Tomt här.", ""),
        row("Rad\u2028bryt.", "Line\u2028break."),
        row("Ny."),
    ]
    (tmp_path / "sida" / "segments.en.jsonl").write_text("\ufeff" + "\r\n".join(lines) + "\n", "utf-8")
    recordings.cache_clear()
    return tmp_path


def test_the_first_engine_of_a_recording_is_replayed(folder: Path) -> None:
    engine = get_engine("recorded", EngineConfig(recorded_folder=folder))
    first, spaced, second = engine.translate(["Hej då.", " Hej  då. ", "Rad\u2028bryt."], "sv", "en")
    assert (first.text, first.engine, first.version, first.made_on) == (
        "Goodbye.",
        "google",
        "2026-10",
        date(2026, 10, 3),
    )
    assert spaced.text == "Goodbye."
    assert second.text == "Line\u2028break."


def test_what_was_not_recorded_or_is_no_translation_is_told(folder: Path) -> None:
    engine = get_engine("recorded", EngineConfig(recorded_folder=folder))
    results = engine.translate(["Okänd mening.", "Tomt här.", "Ny."], "sv", "en")
    assert [(result.text, result.reason) for result in results] == [
        (None, NOT_RECORDED),
        (None, EMPTY),
        (None, NOT_RECORDED),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b"5",
        b'{"source": "Hej."}',
        b'{"source": "Hej.", "machine": null}',
        b'{"source": "Hej.", "machine": [{"engine": "google"}]}',
        b'{"source": "Hej.", "machine": [{"engine": "e", "version": "1", "date": "in May", "text": "Hi."}]}',
        b'{"source": "Hej.", "machine": [{"engine": "e", "version": "1", "date": "2026-10-03", "text": 5}]}',
        b'{"source": 5, "machine": [{"engine": "e", "version": "1", "date": "2026-10-03", "text": "Hi."}]}',
        '{"source": "Hej då.", "machine": []}'.encode("latin-1"),
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_recording_is_told_by_file_and_number(folder: Path, line: bytes) -> None:
    (folder / "sida" / "segments.ar.jsonl").write_bytes(b"\xef\xbb\xbf\n" + row("Hej.", "!").encode() + b"\n" + line)
    engine = get_engine("recorded", EngineConfig(recorded_folder=folder))
    with pytest.raises(BadFile, match=r"segments\.ar\.jsonl, line 3: not a recording"):
        engine.translate(["Hej."], "sv", "ar")


def test_the_first_page_s_recording_of_a_sentence_is_the_one(folder: Path) -> None:
    (folder / "tidigare").mkdir()
    (folder / "sida" / "segments.fi.jsonl").write_text(row("Hej.", "Hei."), "utf-8")
    (folder / "tidigare" / "segments.fi.jsonl").write_text(row("Hej.", "Terve."), "utf-8")
    engine = get_engine("recorded", EngineConfig(recorded_folder=folder))
    assert [result.text for result in engine.translate(["Hej."], "sv", "fi")] == ["Hei."]


def test_languages_are_those_of_the_files(folder: Path) -> None:
    engine = get_engine("recorded", EngineConfig(recorded_folder=folder))
    assert engine.supports("sv", "en")
    assert not engine.supports("sv", "ar")


def test_without_a_folder_it_cannot_be_used() -> None:
    engine = get_engine("recorded", EngineConfig())
    assert engine.usable() == NO_FOLDER
    assert not engine.supports("sv", "en")
    with pytest.raises(EngineFailed, match="REVIEW_APP_RECORDED_FOLDER"):
        engine.translate(["Hej."], "sv", "en")


def test_an_engine_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(NotFound, match=r"no engine called babelfish.*gloss, google, google-cloud"):
        get_engine("babelfish", EngineConfig())


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_every_engine_says_what_it_is(name: str) -> None:
    engine = get_engine(name, EngineConfig())
    assert engine.name == name
    assert engine.label
    assert engine.version
    reason = engine.usable()
    assert reason is None or reason.endswith((".", "sv-en"))  # a sentence, or one that ends with a command
    assert engine.terms.longest_text > 0
