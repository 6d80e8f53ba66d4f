"""``review-app check``: a JSONL file in, flags out, nothing printed when a line is bad."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review_app.cli import main

GOOD = {"id": "a", "source": "Det kostar 500 kronor.", "target": "It costs 500 kronor."}
LOST = {"id": 7, "source": "Läs <1>mer</1> här.", "target": "Read more here."}
WRONG = {"id": "ö", "source": "Det kostar 500 kronor.", "target": "It costs 800 kronor.", "others": ["It is 500."]}


def run(*args: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["check", *args], input=given)


def lines(*values: Any) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(lines(GOOD, LOST, WRONG))
    return path


def printed(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def test_each_pair_comes_back_in_order_with_its_own_id(file: Path) -> None:
    result = run(str(file), "--source", "sv", "--target", "en")
    assert result.exit_code == 0
    assert [row["id"] for row in printed(result)] == ["a", 7, "ö"]
    assert "ö" in result.stdout
    assert all(list(row) == ["id", "risk", "reasons", "flags"] for row in printed(result))
    assert printed(result)[0]["flags"] == []


def test_a_spoiled_translation_is_riskier_and_says_why(file: Path) -> None:
    good, lost, wrong = printed(run(str(file), "--source", "sv", "--target", "en"))
    assert 0 < good["risk"] < min(lost["risk"], wrong["risk"]) < 1
    assert wrong["reasons"]
    swedish = printed(run(str(file), "--source", "sv", "--target", "en", "--lang", "sv"))[2]["reasons"]
    assert len(swedish) == len(wrong["reasons"])
    assert swedish != wrong["reasons"]


def test_another_engines_translation_weighs_in() -> None:
    text = {"source": "Du ska anmäla flytten.", "target": "You must report the move."}
    same, other = ({"id": 1, **text, "others": [words]} for words in (text["target"], "Sheep are exported annually"))
    alike, unlike = printed(run("-", "--source", "sv", "--target", "en", given=lines(same, other)))
    assert alike["risk"] < unlike["risk"]


def test_no_risk_where_none_has_been_validated() -> None:
    given = lines({"id": 1, "source": "Avgiften är 250 kronor.", "target": "Maksu on 520 kruunua."})
    (row,) = printed(run("-", "--source", "sv", "--target", "fi", given=given))
    assert (row["risk"], row["reasons"]) == (None, [])
    assert row["flags"]


def test_a_flag_says_what_where_and_how_bad(file: Path) -> None:
    (flag,) = printed(run(str(file), "--source", "sv", "--target", "en-GB"))[2]["flags"]
    message = flag.pop("message")
    assert flag == {
        "check": "number",
        "severity": "critical",
        "category": "accuracy/mistranslation",
        "source_span": [11, 14],
        "target_span": [9, 12],
        "fix": "500",
    }
    assert "500" in message
    assert "800" in message


@pytest.mark.parametrize(("severity", "status"), [("critical", 1), ("major", 1), ("minor", 1), (None, 0)])
def test_fails_on_flags_as_grave_or_graver(file: Path, severity: str | None, status: int) -> None:
    result = run(str(file), "--source", "sv", "--target", "en", *(["--fail-on", severity] if severity else []))
    assert result.exit_code == status
    assert len(printed(result)) == 3


def test_a_minor_flag_does_not_fail_what_asks_for_critical_ones() -> None:
    twice = lines({"id": 1, "source": "Vi lånar ut böcker.", "target": "We lend lend books."})
    for severity, status in (("critical", 0), ("minor", 1)):
        result = run("-", "--source", "sv", "--target", "en", "--fail-on", severity, given=twice)
        assert result.exit_code == status, result.output


def test_reads_standard_input_with_byte_order_mark_line_ends_of_windows_and_blank_lines() -> None:
    given = b"\xef\xbb\xbf" + lines(GOOD).replace(b"\n", b"\r\n") + b"\r\n  \n" + lines(LOST).rstrip(b"\n")
    result = run("-", "--source", "sv", "--target", "en", given=given)
    assert [row["id"] for row in printed(result)] == ["a", 7]


def test_an_empty_file_has_nothing_to_flag() -> None:
    result = run("-", "--source", "sv", "--target", "en", given=b"")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"{", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"source": "a", "target": "b"}', '"id"'),
        (b'{"id": true, "source": "a", "target": "b"}', '"id"'),
        (b'{"id": 1, "target": "b"}', '"source"'),
        (b'{"id": 1, "source": "a", "target": null}', '"target"'),
        (b'{"id": 1, "source": "a", "target": "b", "others": "c"}', '"others"'),
        (b'{"id": 1, "source": "a", "target": "\\ud800"}', "half a character"),
        (b'{"id": 1, "source": "\xe5", "target": "b"}', "not valid UTF-8"),
    ],
)
def test_a_bad_line_is_named_before_anything_is_printed(tmp_path: Path, bad: bytes, told: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(lines(GOOD) + b"\n" + bad + b"\n")
    result = run(str(path), "--source", "sv", "--target", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "pairs.jsonl" in result.stderr
    assert "line 3" in result.stderr
    assert told in result.stderr


@pytest.mark.parametrize(("arguments", "told"), [(["gone.jsonl"], "gone.jsonl"), (["-", "--target", "xx"], "xx")])
def test_a_missing_file_and_an_unknown_language_are_told_in_one_line(arguments: list[str], told: str) -> None:
    result = run("--source", "sv", "--target", "en", *arguments, given=lines(GOOD))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert told in result.stderr


def test_messages_are_in_the_language_asked_for(file: Path) -> None:
    assert run(str(file), "--source", "sv", "--target", "en", "--lang", "sv").exit_code == 0
    assert run(str(file), "--source", "sv", "--target", "en", "--lang", "fr").exit_code == 2


def test_starts_without_flask_and_without_a_database() -> None:
    code = "import sys, review_app.cli.check; print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
