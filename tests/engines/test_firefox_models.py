"""Models of the engine ``firefox``: whole ones count, and an installation brings a whole one or changes nothing."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from review_app.engines import firefox_models
from review_app.engines.firefox_models import NOT_FETCHED, NOT_WRITTEN, UNREADABLE, files_in, install, installed, route
from review_app.errors import EngineFailed
from tests.engines.answering_server import Answer, answering, said, status

STANDIN = Path(__file__).parent / "standin"
WHOLE = {"model.svens.bin": json.dumps({"hej": "hello"}), "vocab.sven.spm": "shared"}
SPLIT = {"model.enja.bin": "{}", "srcvocab.enja.spm": "source", "trgvocab.enja.spm": "target", "lex.enja.bin": "x"}


def put(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models" / "firefox"


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def does(**asked: Any) -> None:
        monkeypatch.setenv("STANDIN", json.dumps(asked))

    pytest.importorskip("fxtranslate")
    monkeypatch.setenv("PYTHONPATH", str(STANDIN))
    return does


@pytest.mark.parametrize("missing", [*WHOLE, *SPLIT])
def test_a_model_that_lacks_a_file_is_none(models: Path, missing: str) -> None:
    put(models / "sv-en", WHOLE)
    put(models / "en-ja", SPLIT)
    for folder in ("sv-en", "en-ja"):
        assert files_in(models / folder)
        (models / folder / missing).unlink(missing_ok=True)
    assert len(installed(models)) == (2 if missing.startswith("lex") else 1)


def test_the_way_is_direct_or_by_english_or_none(models: Path) -> None:
    for pair in ("sv-en", "en-ar", "en-no", "sv-fi"):
        put(models / pair, WHOLE)
    ways = {
        target: [leg.name for leg in route(models, "sv", target)] for target in ("en-GB", "ar", "nb", "fi", "de", "sv")
    }
    assert ways == {
        "en-GB": ["sv-en"],
        "ar": ["sv-en", "en-ar"],
        "nb": ["sv-en", "en-no"],
        "fi": ["sv-fi"],
        "de": [],
        "sv": [],
    }


def test_what_was_fetched_is_there(models: Path, standin: Any) -> None:
    standin(writes={"sv-en": WHOLE, "en-ar": SPLIT})
    assert install(models, "sv", "ar") == ["en-ar", "sv-en"]
    assert sorted(path.name for path in models.iterdir()) == ["en-ar", "sv-en"]


def test_a_newer_one_takes_the_place_of_an_older(models: Path, standin: Any) -> None:
    put(models / "sv-en", WHOLE | {"model.svens.bin": "{}"})
    standin(writes={"sv-en": WHOLE})
    install(models, "sv", "en")
    assert (models / "sv-en" / "model.svens.bin").read_text("utf-8") == WHOLE["model.svens.bin"]
    assert [path.name for path in models.iterdir()] == ["sv-en"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"writes": {}, "fails": "no model or pivot route for sv-en"}, NOT_FETCHED),
        ({"writes": {"sv-en": {"model.svens.bin": "{}"}}, "fails": "hash mismatch"}, NOT_FETCHED),
        ({"writes": {"sv-en": {"model.svens.bin": "{}"}}}, NOT_FETCHED),
        ({"writes": {"sv-en": WHOLE}, "sleeps": 60}, NOT_FETCHED),
        ({"writes": {"sv-en": WHOLE | {"model.svens.bin": "{"}}}, UNREADABLE),
    ],
    ids=["nothing", "half", "half in silence", "for ever", "broken"],
)
def test_what_fails_leaves_nothing(
    models: Path, standin: Any, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], reason: str
) -> None:
    if "sleeps" in asked:
        monkeypatch.setattr(firefox_models, "FETCH_SECONDS", 0.5)
    standin(**asked)
    with pytest.raises(EngineFailed) as failed:
        install(models, "sv", "en")
    assert failed.value.template == reason
    assert list(models.iterdir()) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"writes": {"sv-en": {"model.svens.bin": "{"}}},
        {"writes": {"sv-en": {"model.svens.bin": "{}"}}, "fails": "gone"},
    ],
    ids=["broken", "half"],
)
def test_what_fails_leaves_the_older_one(models: Path, standin: Any, asked: dict[str, Any]) -> None:
    put(models / "sv-en", WHOLE)
    standin(**asked)
    with pytest.raises(EngineFailed):
        install(models, "sv", "en")
    assert [path.name for path in models.iterdir()] == ["sv-en"]
    assert (models / "sv-en" / "model.svens.bin").read_text("utf-8") == WHOLE["model.svens.bin"]


def test_the_sentence_says_what_was_tried_and_what_to_do_by_hand(models: Path, standin: Any) -> None:
    put(models / "sv-en", WHOLE)
    standin(writes={}, fails="Dns Failed")
    with pytest.raises(EngineFailed) as failed:
        install(models, "sv", "ar")
    told = str(failed.value)
    assert "(Dns Failed)" in told
    assert "https://mozilla.github.io/translations/firefox-models/" in told
    assert str(models.resolve() / "en-ar") in told
    assert str(models.resolve() / "sv-en") not in told, "that one is there"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, standin: Any) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(EngineFailed) as failed:
        install(tmp_path / "models" / "firefox", "sv", "en")
    assert failed.value.template == NOT_WRITTEN


NOTHING_FOR_US = said({"data": []})
ANOTHER_PAIR = said({"data": [{"name": "model.x", "fileType": "model", "attachment": {"location": "x"}}]})


@pytest.mark.parametrize(
    "answer",
    [status(404), status(503), said("<!doctype html>"), said("{"), NOTHING_FOR_US, ANOTHER_PAIR],
    ids=["404", "503", "a web page", "bad JSON", "no records", "no such pair"],
)
def test_fxtranslate_itself_against_a_server_that_has_nothing_for_it(
    models: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    pytest.importorskip("fxtranslate")
    with answering(answer) as server:
        monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", f"{server.address}/records")
        with pytest.raises(EngineFailed) as failed:
            install(models, "sv", "en")
        assert [asked.path for asked in server.asked] == ["/records"]
    assert failed.value.template == NOT_FETCHED
    assert list(models.iterdir()) == []


def test_fxtranslate_itself_refuses_a_broken_model(models: Path) -> None:
    pytest.importorskip("fxtranslate")
    put(models / "sv-en", WHOLE)
    assert not firefox_models._loads(models / "sv-en")


def test_packed_files_areunpacked(tmp_path: Path) -> None:
    pytest.importorskip("fxtranslate")
    from review_app.engines.firefox_child import unpacked  # noqa: PLC0415 - needs the extra

    content = b"a model"
    block = ((len(content) << 3) | 1).to_bytes(3, "little")  # the last block, as it is (RFC 8878, 3.1.1.2)
    packed = {
        "model.bin": content,
        "model.bin.gz": gzip.compress(content),
        "model.bin.zst": b"\x28\xb5\x2f\xfd\x20" + bytes([len(content)]) + block + content,
    }
    for name, data in packed.items():
        (tmp_path / name).write_bytes(data)
        assert unpacked(tmp_path / name) == content
