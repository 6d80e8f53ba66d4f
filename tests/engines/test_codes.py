"""No engine is asked for another language or script than the tag names."""

import pytest

from review_app.engines import EngineConfig, get_engine
from review_app.engines.azure import azure_code
from review_app.engines.codes import script_of
from review_app.engines.deepl import _target as deepl_code
from review_app.engines.google import google_code
from review_app.engines.mymemory import _code as mymemory_code


@pytest.mark.parametrize(
    ("tag", "script"),
    [("zh", "Hans"), ("zh-TW", "Hant"), ("zh-Hant", "Hant"), ("sr", "Cyrl"), ("ku", "Latn"), ("ckb", "Arab"),
     ("pt-BR", "Latn"), ("fit", "Latn"), ("xx", None)],
)  # fmt: skip
def test_the_script_of_a_tag(tag: str, script: str | None) -> None:
    assert script_of(tag) == script


@pytest.mark.parametrize(
    ("tag", "azure", "deepl", "google", "mymemory"),
    [
        ("zh", "zh-Hans", "ZH-HANS", "zh-CN", "zh-CN"),
        ("zh-Hant", "zh-Hant", "ZH-HANT", "zh-TW", "zh-TW"),
        ("zh-TW", "zh-Hant", "ZH-HANT", "zh-TW", "zh-TW"),
        ("sr", "sr-Cyrl", None, "sr", "sr-Cyrl-RS"),
        ("sr-Latn", "sr-Latn", None, None, "sr-Latn-RS"),
        ("ku", "kmr", None, "ku", "kmr-TR"),
        ("ckb", "ku", None, "ckb", "ckb-IQ"),
        ("pt", "pt-pt", "PT-PT", "pt", "pt-PT"),
        ("pt-BR", "pt", "PT-BR", "pt", "pt-BR"),
        ("en-US", "en", "EN-US", "en", "en-US"),
        ("no", "nb", "NB", "no", "nb-NO"),
        ("uz-Cyrl", None, None, None, ""),
    ],
)
def test_what_engines_call_a_language(
    tag: str, azure: str | None, deepl: str | None, google: str | None, mymemory: str
) -> None:
    assert azure_code(tag) == azure
    assert deepl_code(tag) == deepl
    assert google_code(tag) == (google or tag)
    assert mymemory_code(tag) == mymemory


@pytest.mark.parametrize("name", ["azure", "microsoft", "deepl", "google", "google-cloud", "mymemory"])
def test_a_script_is_never_dropped(name: str) -> None:
    engine = get_engine(name, EngineConfig())
    assert engine.supports("sv", "uk")
    assert not engine.supports("sv", "uk-Latn")
