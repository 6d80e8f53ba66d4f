"""Engines at the command line: what there is, trying one, fetching a model."""

from dataclasses import replace
from datetime import timedelta

import pytest

from review_app.db import utc_now
from review_app.engines import ENGINES
from review_app.engines.libretranslate import LibreTranslate
from review_app.translations.gate import note_answer
from tests.cli.administrator import Administrator
from tests.engines.dialects import DIALECTS, speaking


def test_each_engine_says_whether_it_can_be_used_and_where_texts_go(admin: Administrator) -> None:
    told = admin.does("engines", "list", LLM_URL="https://llm.example.se/v1", LLM_MODEL="m")
    assert [line.split(":")[0] for line in told.splitlines() if not line.startswith(" ")] == sorted(ENGINES)
    llm = told[told.index("\nllm: ") :].splitlines()[1:5]
    assert llm[0] == "llm: usable now"
    assert llm[2].startswith("    text goes to: llm.example.se, in a country not known here;")
    assert llm[3] == "    others: personal data is masked"


def test_one_on_a_machine_of_one_s_own_says_so(admin: Administrator) -> None:
    told = admin.does("engines", "list", LLM_URL="http://127.0.0.1:11434/v1", LLM_MODEL="m")
    assert "text goes to: a machine of your own; kept there: as that machine is set up\n" in told
    assert told.count("your own: texts go as they are") == 6


def test_each_that_can_be_used_names_its_languages(admin: Administrator) -> None:
    listed = admin.does("engines", "list").replace("\n    ", " | ").splitlines()
    told = {line.split(":")[0]: line for line in listed}
    assert "| from Swedish to: en |" in told["gloss"]
    assert "from Swedish to: ar, bs, da, de, en, " in told["google"]
    assert "from Swedish to" not in told["deepl"]  # it has no key


def test_a_sentence_is_tried(admin: Administrator) -> None:
    with speaking(DIALECTS["libretranslate"]) as server:
        told = admin.does("engines", "test", "libretranslate", "--text", "Hej då.", LIBRETRANSLATE_URL=server.address)
    assert told == "Hij do.\n"
    assert server.asked == [["Hej då."]]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let LibreTranslate be a machine of others, wherever it is."""
    others = replace(LibreTranslate.terms, local=False)
    monkeypatch.setattr("review_app.engines.libretranslate.terms_at", lambda *_: others)


@pytest.mark.usefixtures("elsewhere")
def test_what_may_be_personal_is_masked_before_engines_of_others(admin: Administrator) -> None:
    text = "Skriv till anna@example.se."
    with speaking(DIALECTS["libretranslate"]) as server:
        told = admin.does("engines", "test", "libretranslate", "--text", text, LIBRETRANSLATE_URL=server.address)
    assert server.asked == [["Skriv till [[1/]]."]]
    assert "anna@example.se" in told


@pytest.mark.usefixtures("elsewhere")
def test_what_cannot_be_masked_is_not_sent(admin: Administrator) -> None:
    text = "Ring 070-<1>123</1> 45 67."
    with speaking(DIALECTS["libretranslate"]) as server:
        told = admin.run("engines", "test", "libretranslate", "--text", text, LIBRETRANSLATE_URL=server.address)
    assert (told.exit_code, server.asked) == (2, [])
    assert "may hold a person's address or number" in told.stderr


def test_an_engine_that_all_leave_alone_is_not_tried_either(admin: Administrator) -> None:
    admin.does("db", "upgrade")
    database = admin.database
    with database.writing() as session:
        note_answer(session, "libretranslate", well=False, now=utc_now(), wait=timedelta(hours=1))
    database.dispose()
    with speaking(DIALECTS["libretranslate"]) as server:
        told = admin.run("engines", "test", "libretranslate", LIBRETRANSLATE_URL=server.address)
    assert server.asked == []
    assert "is left alone for a while" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["test", "babel"], 2, "There is no engine called babel. There are: apertium, "),
        (["test", "deepl"], 1, "No key is set. Set REVIEW_APP_DEEPL_KEY."),
        (["test", "gloss", "--to", "ar"], 2, "The engine gloss does not translate from sv to ar."),
        (["test", "gloss", "--to", "xx"], 2, "“xx” is not a language tag"),
        (["install", "firefox", "svenska"], 2, "“svenska” is not a pair of languages."),
        (["install", "firefox", "sv-"], 2, "“sv-” is not a pair of languages."),
        (["install", "firefox", "sv-sv"], 2, "“sv-sv” is not a pair of languages."),
        (["install", "firefox", "../..-en"], 2, "“../..” is not a language tag"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    admin: Administrator, arguments: list[str], status: int, told: str
) -> None:
    result = admin.run("engines", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.startswith(f"review-app: {told}")
    assert result.stderr.count("\n") == 1
