"""The engine ``firefox`` with a stand-in for fxtranslate: in a process of its own, which may die and is begun anew."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.engines import firefox
from review_app.engines.contract import EngineConfig
from review_app.engines.firefox import DIED, NO_MODEL, NOT_THIS_PAIR, Firefox
from review_app.engines.firefox_models import NOT_INSTALLED
from review_app.engines.judging import EMPTY
from review_app.errors import EngineFailed
from tests.engines.test_firefox_models import SPLIT, STANDIN, WHOLE, put

TO_ENGLISH = {
    "Läs": "Read", "mer": "more", "om": "about", "[[1]]bygglov[[/1]]": "[[1]]permits[[/1]]", "här.": "here.",
    "Tappad": "Lost", "[[1]]tagg[[/1]]": "tag", "tagg": "tag", "Hej": "Hello", "Tomt": "",
}  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firefox]:
    pytest.importorskip("fxtranslate")
    monkeypatch.setenv("PYTHONPATH", str(STANDIN))
    put(tmp_path / "firefox" / "sv-en", WHOLE | {"model.svens.bin": json.dumps(TO_ENGLISH)})
    put(tmp_path / "firefox" / "en-ja", SPLIT | {"model.enja.bin": json.dumps({"Hello": "今日は"})})
    yield Firefox(EngineConfig(models_folder=tmp_path))
    while firefox._CHILDREN:
        firefox._CHILDREN.popitem()[1].retire()


def said(engine: Firefox, *texts: str, target: str = "en") -> list[str | None]:
    return [result.text for result in engine.translate(texts, "sv", target)]


def test_texts_come_back_in_order_with_their_placeholders(engine: Firefox) -> None:
    assert engine.usable() is None
    assert said(engine, "Läs mer om <1>bygglov</1> här.", "Hej") == ["Read more about <1>permits</1> here.", "Hello"]


def test_a_lost_placeholder_is_got_back_in_pieces_and_nothing_is_no_translation(engine: Firefox) -> None:
    results = engine.translate(["Tappad <1>tagg</1>", "Tomt"], "sv", "en")
    assert results[0].text == "Lost <1>tag</1>"
    assert (results[1].text, results[1].reason) == (None, EMPTY)


def test_two_models_lead_by_way_of_english(engine: Firefox) -> None:
    assert engine.supports("sv", "ja")
    assert said(engine, "Hej", target="ja") == ["今日は"]


def test_a_long_page_goes_in_batches(engine: Firefox) -> None:
    assert said(engine, *["Hej"] * 45) == ["Hello"] * 45


def test_a_process_that_dies_is_told_and_the_next_text_gets_a_new_one(engine: Firefox) -> None:
    with pytest.raises(EngineFailed) as failed:
        said(engine, "DIE")
    assert failed.value.template == DIED
    assert said(engine, "Hej") == ["Hello"]


def test_a_process_that_hangs_is_ended(engine: Firefox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(engine, "Hej") == ["Hello"]  # it is warm, so that the little time it has is for the text
    monkeypatch.setattr(firefox, "LOAD_SECONDS", 0.3)
    monkeypatch.setattr(firefox, "SECONDS_PER_TEXT", 0.0)
    with pytest.raises(EngineFailed):
        said(engine, "HANG")
    monkeypatch.undo()
    monkeypatch.setenv("PYTHONPATH", str(STANDIN))
    assert said(engine, "Hej") == ["Hello"]


def test_only_so_many_processes_stay(engine: Firefox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firefox, "MOST_PROCESSES", 1)
    said(engine, "Hej")
    (first,) = firefox._CHILDREN.values()
    said(engine, "Hej", target="ja")
    assert len(firefox._CHILDREN) == 1
    assert first._process is None, "it made room"


def test_what_is_missing_is_told(engine: Firefox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Firefox(EngineConfig(models_folder=tmp_path / "none")).usable() == NO_MODEL
    assert Firefox(EngineConfig()).usable() == NO_MODEL
    with pytest.raises(EngineFailed) as failed:
        said(engine, "Hej", target="de")
    assert failed.value.template == NOT_THIS_PAIR
    monkeypatch.setattr(firefox, "find_spec", lambda _name: None)
    bare = Firefox(EngineConfig(models_folder=tmp_path))
    assert bare.usable() == NOT_INSTALLED
    with pytest.raises(EngineFailed) as failed:
        said(bare, "Hej")
    assert failed.value.template == NOT_INSTALLED
