import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from review_app.cli import main
from review_app.cli.score import score
from review_app.errors import BadFile, BadInput
from review_app.exchange.segment_files import read_texts

REFERENCE = [
    "The municipal council decides on fees.",
    "Apply no later than 22 June.",
    "Ansök <1>här</1>.",
    "مجلس البلدية",
]
GOOD = ["The city council sets the fees.", "Apply no later than June 22.", "Apply <1>here</1>.", "مجلس البلدية"]
POOR = ["City council fees.", "Apply June.", "", "مجلس"]

Write = Callable[[str, list[str]], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(name: str, lines: list[str]) -> str:
        path = tmp_path / name
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
        return str(path)

    return file


def run(*arguments: str) -> Result:
    return CliRunner().invoke(score, arguments)


def run_json(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_scores_and_signatures_are_sacrebleus(write: Write) -> None:
    document = run_json("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD))
    for row, public in zip(document["scores"], (BLEU(), CHRF(word_order=2), TER()), strict=True):
        assert row["score"] == public.corpus_score(GOOD, [REFERENCE]).score
        assert row["signature"] == str(public.get_signature())
        assert row["n"] == 4
        assert (row["low"], row["high"]) == (None, None)
    assert [row["metric"] for row in document["scores"]] == ["BLEU", "chrF2++", "TER"]
    assert document["comparisons"] == []


def test_confidence_bounds_every_score_and_is_the_same_each_time(write: Write) -> None:
    files = ("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD), "--confidence")
    document = run_json(*files)
    assert all(row["low"] <= row["score"] <= row["high"] for row in document["scores"])
    assert run_json(*files) == document


def test_several_translations_are_compared_pairwise(write: Write) -> None:
    good, poor, other = write("good", GOOD), write("poor", POOR), write("other", GOOD)
    document = run_json("--ref", write("ref", REFERENCE), "--hyp", good, "--hyp", poor, "--hyp", other)
    assert [row["hyp"] for row in document["scores"]] == [good] * 3 + [poor] * 3 + [other] * 3
    pairs = [(row["a"], row["b"]) for row in document["comparisons"] if row["metric"] == "TER"]
    assert pairs == [(good, poor), (good, other), (poor, other)]
    for row in document["comparisons"]:
        assert row["p"] <= row["p_holm"] <= 1
        assert row["wins"] + row["ties"] + row["losses"] == row["n"] == 4
        if {row["a"], row["b"]} == {good, other}:
            assert (row["difference"], row["p"], row["ties"]) == (0, 1, 4)


def test_the_same_file_twice_is_two_translations(write: Write) -> None:
    good = write("good", GOOD)
    document = run_json("--ref", write("ref", REFERENCE), "--hyp", good, "--hyp", good)
    assert len(document["scores"]) == 6
    assert [row["p_holm"] for row in document["comparisons"]] == [1, 1, 1]


def test_table_is_for_people(write: Write) -> None:
    good, poor = write("good.txt", GOOD), write("poor.txt", POOR)
    result = run("--ref", write("ref", REFERENCE), "--hyp", good, "--hyp", poor, "--confidence")
    ours = f"{TER().corpus_score(GOOD, [REFERENCE]).score:.2f}"
    lines = result.stdout.splitlines()
    assert any(good in line and "TER" in line and ours in line and line.rstrip().endswith(" 4") for line in lines)
    assert "TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0" in lines
    assert "Only 4 segments: too few to rely on, 30 is the least." in lines
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one\ntwo\n", ["one", "two"]),
        (b"one\ntwo", ["one", "two"]),
        (b"one\n\n", ["one", ""]),
        (b"\n", [""]),
        (b"\xef\xbb\xbfone\n", ["one"]),
        ("a\u2028b\x0bc\x85d\n".encode(), ["a\u2028b\x0bc\x85d"]),
        (b"one\r\ntwo\r\n", ["one\r", "two\r"]),
    ],
)
def test_only_a_line_feed_ends_a_line(tmp_path: Path, data: bytes, lines: list[str]) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert read_texts(str(path)) == lines


def test_windows_line_ends_do_not_change_scores(write: Write, tmp_path: Path) -> None:
    (tmp_path / "windows").write_bytes("".join(f"{line}\r\n" for line in GOOD).encode())
    reference = write("ref", REFERENCE)
    unix = run_json("--ref", reference, "--hyp", write("good", GOOD))["scores"]
    windows = run_json("--ref", reference, "--hyp", str(tmp_path / "windows"))["scores"]
    assert [row["score"] for row in windows] == [row["score"] for row in unix]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "hyp.txt cannot be read: No such file or directory. Give the path of a text file"),
        (b"", "hyp.txt is empty."),
        (b"\xef\xbb\xbf", "hyp.txt is empty."),
        (b"one\ntw\xe5\n", "hyp.txt: line 2 is not valid UTF-8. Save the file as UTF-8"),
        (b"one\ntwo\nthree\n", "ref differ in length (lines: 3 and 2). Give both"),
        (b"one\n", "ref differ in length (lines: 1 and 2). Give both"),
    ],
)
def test_bad_files_are_named_and_nothing_is_printed(
    tmp_path: Path, write: Write, data: bytes | None, message: str
) -> None:
    bad = tmp_path / "hyp.txt"
    if data is not None:
        bad.write_bytes(data)
    result = run("--ref", write("ref", ["one", "two"]), "--hyp", write("good", ["one", "two"]), "--hyp", str(bad))
    assert isinstance(result.exception, BadFile)
    assert result.exception.exit_status == 2
    assert message in str(result.exception)
    assert result.stdout == ""


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read: Is a directory"):
        read_texts(str(tmp_path))


def test_braces_in_a_file_name_are_only_a_name(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"\{reason\}\[red\]"):
        read_texts(str(tmp_path / "{reason}[red]"))


def test_markup_in_a_file_name_is_only_a_name(write: Write) -> None:
    result = run("--ref", write("ref", REFERENCE), "--hyp", write("[red]good", GOOD))
    assert "[red]good" in result.stdout


def test_groups_are_scored_apart_in_the_order_they_first_come(write: Write) -> None:
    labels = write("domains", ["news", "law", "news", "news"])
    document = run_json("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD), "--by", labels)
    found = {(row["group"], row["metric"]): row for row in document["groups"]}
    assert [row["group"] for row in document["groups"]] == ["news"] * 3 + ["law"] * 3
    news = [place for place in range(4) if place != 1]
    expected = BLEU().corpus_score([GOOD[place] for place in news], [[REFERENCE[place] for place in news]])
    assert (found["news", "BLEU"]["score"], found["news", "BLEU"]["n"]) == (expected.score, 3)
    assert found["law", "TER"]["score"] == TER().corpus_score([GOOD[1]], [[REFERENCE[1]]]).score


def test_labels_are_as_many_as_segments(write: Write) -> None:
    result = run("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD), "--by", write("domains", ["news"]))
    assert isinstance(result.exception, BadFile)
    assert "domains and" in str(result.exception)


def test_pairs_have_intervals_and_the_segments_that_differ_most(write: Write) -> None:
    good, poor = write("good", GOOD), write("poor", POOR)
    document = run_json("--ref", write("ref", REFERENCE), "--hyp", good, "--hyp", poor, "--paired")
    for row in document["comparisons"]:
        assert row["low"] <= row["difference"] <= row["high"]
    (shown,) = [row["differ_most"] for row in document["comparisons"] if "differ_most" in row]
    public = CHRF(word_order=2)
    apart = [
        public.sentence_score(a, [ref]).score - public.sentence_score(b, [ref]).score
        for a, b, ref in zip(GOOD, POOR, REFERENCE, strict=True)
    ]
    order = sorted(range(4), key=lambda place: -abs(apart[place]))
    assert [row["segment"] for row in shown] == [place + 1 for place in order]
    assert [row["a"] - row["b"] for row in shown] == pytest.approx([apart[place] for place in order])


def test_one_translation_has_no_pair(write: Write) -> None:
    result = run("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD), "--paired")
    assert isinstance(result.exception, BadInput)


def test_the_terminal_shows_groups_pairs_and_examples(write: Write) -> None:
    files = ("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD), "--hyp", write("poor", POOR))
    shown = run(*files, "--paired", "--by", write("domains", ["news", "law", "news", "news"])).stdout
    assert any(line.startswith("law ") and line.rstrip().endswith(" 1*") for line in shown.splitlines())
    assert "differ most, by chrF2++ of the segment:" in shown
    assert f": {POOR[0]}" in shown


def test_the_file_stands_alone_in_both_languages(write: Write, tmp_path: Path) -> None:
    bad = ["<script>alert(1)</script>", *POOR[1:]]
    files = ("--ref", write("ref", REFERENCE), "--hyp", write("good", GOOD), "--hyp", write("<b>poor", bad))
    for language, heading in (("en", "How this was measured"), ("sv", "Så mättes det")):
        out = tmp_path / f"{language}.html"
        labels = write("domains", ["news", "law", "news", "news"])
        assert run(*files, "--paired", "--by", labels, "--html", str(out), "--in", language).exit_code == 0
        html = out.read_text("utf-8")
        assert heading in html
        assert html.count("<svg class=") == 3
        assert "&lt;script&gt;alert(1)" in html
        assert not any(bad in html.replace("http://www.w3.org", "") for bad in ("<script", "<b>poor", "http://"))


def test_a_bad_file_leaves_no_page_behind(write: Write, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    run("--ref", write("ref", REFERENCE), "--hyp", "nowhere.txt", "--html", str(out))
    assert not out.exists()


def test_a_page_without_a_folder_to_lie_in_is_said_in_a_sentence(write: Write, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "out.html"
    told = run("--ref", write("ref", REFERENCE), "--hyp", write("hyp", REFERENCE), "--html", str(out))
    assert isinstance(told.exception, BadInput)
    assert str(told.exception) == f"{out} cannot be written: No such file or directory. Name another place."
    assert told.stdout == ""
    early = run("--ref", "nowhere.txt", "--hyp", "nowhere.txt", "--html", str(out))  # before anything is read
    assert str(early.exception) == str(told.exception)


def test_the_command_starts_without_web_and_database() -> None:
    """Scoring is for pipelines: it must not wait for what it does not use."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, review_app.cli.score; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert not {"flask", "sqlalchemy", "review_app.db", "review_app.app"} & set(loaded)


def test_the_installed_command_says_one_sentence_and_exits_with_2(write: Write) -> None:
    result = CliRunner().invoke(main, ["score", "--ref", write("ref", REFERENCE), "--hyp", "nowhere.txt", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("review-app: nowhere.txt cannot be read")
    assert result.stderr.count("\n") == 1
