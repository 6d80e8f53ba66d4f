"""``review-app page notes``: what the Swedish of a file should be asked."""

import json
from pathlib import Path

from click.testing import CliRunner

from review_app.cli.page import page


def told(file: Path, *options: str) -> list[dict]:
    result = CliRunner().invoke(page, ["notes", str(file), *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_notes_come_as_json_lines_in_the_language_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "sida.html"
    file.write_text('<html lang="sv"><body><p>Det är unikt i för just oss.</p><p>Bra text.</p>', "utf-8")
    (note,) = told(file, "--lang", "sv")
    assert note["check"] == "missing_word"
    assert note["text"][slice(*note["span"])] == "i för"
    assert note["message"] == "Ett ord saknas eller är överflödigt vid ”i för”."


def test_a_page_in_another_language_has_no_notes(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text('<html lang="en"><body><p>It is is here.</p>', "utf-8")
    assert told(file) == []
