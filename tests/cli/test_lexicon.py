"""The command that learns which words translate each other at a site."""

from itertools import product
from pathlib import Path
from random import Random

from click.testing import CliRunner, Result

from review_app.checks import check_pair
from review_app.checks.guiding import guide_of
from review_app.cli import main
from review_app.db import Database
from review_app.settings import Settings
from tests.builders import build_town

BEGINNINGS, ENDINGS = "ba do fe gi hu ja ko le mi nu pa ro se ti vu".split(), "kla dor sta mig bru ned pol tva".split()
WORDS = {a + b + "n": b + a + "ssa" for a, b in product(BEGINNINGS, ENDINGS)}
"""A hundred and twenty words of a language like Swedish with one counterpart each in one like Finnish."""


def made_pairs() -> list[tuple[str, str]]:
    """Return sentences of six words each, and their translations."""
    chance = Random(1)
    chosen = [chance.sample(sorted(WORDS), 6) for _ in range(600)]
    return [(" ".join(words).capitalize() + ".", " ".join(map(WORDS.get, words)) + ".") for words in chosen]


PAIRS = made_pairs()
SWEDISH, FINNISH = (" ".join(pair[at] for pair in PAIRS[:3]) for at in (0, 1))
CUT = FINNISH.split(".")[0] + "."


def train(folder: Path, *arguments: str) -> Result:
    arguments = ("quality", "train-lexicon", "--site", "alvby", "--language", "fi", *arguments)
    return CliRunner().invoke(main, arguments, env={"REVIEW_APP_DATA_DIR": str(folder)})


def opened(folder: Path) -> Database:
    CliRunner().invoke(main, ["db", "upgrade"], env={"REVIEW_APP_DATA_DIR": str(folder)})
    return Database(Settings(_env_file=None, data_dir=folder).sqlalchemy_url)


def prepared(folder: Path) -> Database:
    database = opened(folder)
    with database.writing() as session:
        build_town(session, languages=("fi",))
    (folder / "texter.tsv").write_text("".join(f"{source}\t{target}\n" for source, target in PAIRS), "utf-8")
    return database


def missing(database: Database, target: str) -> list[str]:
    with database.reading() as session:
        guide = guide_of(session, 1, "fi")
    found = check_pair(SWEDISH, target, "sv", "fi", guide)
    return [str(finding.values["expected"]) for finding in found if finding.check == "omission"]


def test_what_was_learned_finds_words_left_out_and_is_used_only_if_better(tmp_path: Path) -> None:
    database = prepared(tmp_path)
    assert missing(database, CUT) == []
    first = train(tmp_path, "--from", str(tmp_path / "texter.tsv"), "--out", str(tmp_path / "ord.tsv"))
    assert first.stdout.startswith("lexicon 1: better, in use\nlearned from\t")
    assert missing(database, FINNISH) == []
    (told,) = missing(database, CUT)
    assert told.split()[-1].strip(".") in PAIRS[2][0]
    assert "badorn\tdorbassa\t" in (tmp_path / "ord.tsv").read_text("utf-8")
    again = train(tmp_path, "--from", str(tmp_path / "texter.tsv"))
    assert again.stdout.startswith("lexicon 2: not better, not used\n")
    shown = CliRunner().invoke(
        main, ["quality", "show", "--site", "alvby", "--language", "fi"], env={"REVIEW_APP_DATA_DIR": str(tmp_path)}
    )
    assert "Lexicon in use: the site's own, number 1, of 500 sentences and 0 words" in shown.stdout
    database.dispose()


def test_too_little_is_told_in_a_sentence(tmp_path: Path) -> None:
    prepared(tmp_path).dispose()
    nothing = train(tmp_path)
    assert nothing.exit_code == 2
    assert nothing.stderr == (
        "review-app: There are 0 pairs of words or texts, too few to learn from. 300 are the least.\n"
    )
    words = [(f"ord{chr(97 + at // 26)}{chr(97 + at % 26)}", "sana") for at in range(300)]
    (tmp_path / "ord.tsv").write_text("".join(f"{source}\t{target}\n" for source, target in words), "utf-8")
    untried = train(tmp_path, "--from", str(tmp_path / "ord.tsv"))
    assert "There are 0 sentences with a translation to try a lexicon on" in untried.stderr
