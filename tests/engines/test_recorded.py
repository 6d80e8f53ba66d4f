"""Recordings: what an engine said once is said again, with that engine's name, version and date."""

import json
from datetime import date
from pathlib import Path

import pytest

from review_app.engines import ENGINES, get_engine
from review_app.engines.contract import EngineConfig
from review_app.engines.judging import EMPTY
from review_app.engines.recorded import NO_FOLDER, NOT_RECORDED, recordings
from review_app.errors import EngineFailed, NotFound


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
    with pytest.raises(NotFound, match=r"no engine called deepl.*gloss, google, recorded"):
        get_engine("deepl", EngineConfig())


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_every_engine_says_what_it_is(name: str) -> None:
    engine = get_engine(name, EngineConfig())
    assert engine.name == name
    assert engine.label
    assert engine.version
    assert engine.usable() in {None, NO_FOLDER}
