"""The commands around the risk of error."""

from pathlib import Path

from click.testing import CliRunner, Result

from review_app.cli import main
from review_app.db import Database
from review_app.settings import Settings
from tests.builders import build_town
from tests.quality.drawn import build_assessed
from tests.review.town_hall import build_town_hall


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["quality", *arguments], env={"REVIEW_APP_DATA_DIR": str(folder)})


def prepared(folder: Path) -> None:
    CliRunner().invoke(main, ["db", "upgrade"], env={"REVIEW_APP_DATA_DIR": str(folder)})
    database = Database(Settings(_env_file=None, data_dir=folder).sqlalchemy_url)
    with database.writing() as session:
        town = build_town(session)
        build_assessed(session, town.site_id, share=0)
    database.dispose()


def test_estimating_showing_and_too_few_to_learn_from(tmp_path: Path) -> None:
    prepared(tmp_path)
    estimated = run(tmp_path, "estimate", "--site", "alvby")
    assert estimated.stdout.splitlines() == ["alvby\tar\tassessed", "alvby\ten\tassessed"]
    shown = run(tmp_path, "show", "--site", "alvby", "--language", "en")
    assert "Model in use: " in shown.stdout
    assert "Judged machine texts: 0" in shown.stdout
    assert "not validated" in run(tmp_path, "show", "--site", "alvby", "--language", "ar").stdout
    refused = run(tmp_path, "train", "--site", "alvby", "--language", "en")
    assert refused.exit_code == 2
    assert refused.stderr == (
        "review-app: There are 0 judged machine texts, too few to learn from. 100 are the least.\n"
    )


def test_a_language_or_site_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    prepared(tmp_path)
    for arguments in (("train", "--language", "de"), ("estimate", "--language", "de"), ("show", "--language", "de")):
        refused = run(tmp_path, *arguments, "--site", "alvby")
        assert refused.exit_code != 0
        assert refused.stderr.count("\n") == 1
    assert "no site" in run(tmp_path, "estimate", "--site", "nowhere").stderr


def test_what_recurs_is_told_line_by_line(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["db", "upgrade"], env={"REVIEW_APP_DATA_DIR": str(tmp_path)})
    database = Database(Settings(_env_file=None, data_dir=tmp_path).sqlalchemy_url)
    with database.writing() as session:
        hall = build_town_hall(session, build_town(session))
        hall.correct_twice(session)
    database.dispose()
    told = run(tmp_path, "recurring", "--site", "alvby", "--language", "en").stdout
    assert told.startswith("municipal council\tmunicipal assembly\tcorrected: 2\tleft: 0\tstands: ")
    assert told.endswith("\toriginal: kommunfullmäktige\n")
