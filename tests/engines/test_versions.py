"""Another model, server or prompt is another version, so that no old answer is taken for its own."""

from pathlib import Path

import pytest

from review_app.engines import EngineConfig, get_engine
from review_app.engines.contract import version_of
from review_app.engines.firefox import Firefox
from review_app.engines.llm import Llm
from review_app.engines.machines import marked


def at(name: str, address: str, **options: str) -> str:
    return get_engine(name, EngineConfig(addresses={name: address}, options=options)).version


@pytest.mark.parametrize("name", ["libretranslate", "apertium", "llm"])
def test_another_server_is_another_version_that_does_not_name_it(name: str) -> None:
    options = {"llm.model": "m"}
    one, other = (at(name, f"http://{host}:5000", **options) for host in ("10.0.0.1", "10.0.0.2"))
    assert one == at(name, "http://10.0.0.1:5000", **options)
    assert one != other
    assert "10.0.0" not in one


def test_another_prompt_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    config = EngineConfig(addresses={"llm": "http://10.0.0.1"}, options={"llm.model": "m" * 200})
    before = Llm(config).version
    monkeypatch.setattr("review_app.engines.llm.INSTRUCTION", "Translate.")
    assert Llm(config).version != before
    assert len(before) <= 80, "as much as the database has room for"


def test_another_model_of_firefox_is_another_version_of_its_pair_only(tmp_path: Path) -> None:
    for pair in ("sv-en", "en-ar"):
        (tmp_path / "firefox" / pair).mkdir(parents=True)
        for file in ("model.bin", "vocab.spm"):
            (tmp_path / "firefox" / pair / file).write_text(pair)
    engine = Firefox(EngineConfig(models_folder=tmp_path))
    before = {pair: version_of(engine, *pair) for pair in (("sv", "en"), ("en", "ar"), ("sv", "ar"))}
    (tmp_path / "firefox" / "sv-en" / "model.bin").write_text("a newer one")
    changed = {pair for pair, version in before.items() if version_of(engine, *pair) != version}
    assert changed == {("sv", "en"), ("sv", "ar")}
    assert len(set(before.values())) == 3


def test_a_mark_is_of_all_its_parts() -> None:
    assert marked("1", "a", "b") != marked("1", "ab")
