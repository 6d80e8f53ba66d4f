"""The glossary as a table, taken in and written by commands."""

from pathlib import Path

from click.testing import CliRunner, Result

from review_app.checks import check_pair
from review_app.checks.guiding import guide_of
from review_app.cli import main
from review_app.db import Database
from review_app.settings import Settings
from tests.builders import build_town

SWEDISH, ENGLISH = "Kontakta Skatteverket.", "Contact the Tax Office."


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"REVIEW_APP_DATA_DIR": str(folder)})


def test_agencies_of_a_table_are_called_as_it_says(tmp_path: Path) -> None:
    run(tmp_path, "db", "upgrade")
    database = Database(Settings(_env_file=None, data_dir=tmp_path).sqlalchemy_url)
    with database.writing() as session:
        site_id = build_town(session).site_id
    table = tmp_path / "myndigheter.csv"
    table.write_text(
        "ord;språk;heter\nSkatteverket;en;Swedish Tax Office;Tax Office\n".replace(
            "Swedish Tax Office;Tax Office", '"Swedish Tax Office;Tax Office"'
        ),
        "utf-8",
    )
    assert run(tmp_path, "glossary", "import", str(table), "--site", "alvby").stdout == (
        "myndigheter.csv\tnew or changed: 1\n"
    )
    assert [flag.check for flag in check_pair(SWEDISH, ENGLISH, "sv", "en")] == ["agency"]
    with database.reading() as session:
        guide = guide_of(session, site_id, "en")
    database.dispose()
    assert check_pair(SWEDISH, ENGLISH, "sv", "en", guide) == []
    assert [flag.check for flag in check_pair(SWEDISH, "Contact the Revenue.", "sv", "en", guide)] == ["term"]
    assert run(tmp_path, "glossary", "export", str(tmp_path / "ut.csv"), "--site", "alvby").exit_code == 0
    assert "Skatteverket" in (tmp_path / "ut.csv").read_text("utf-8-sig")


def test_a_table_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    run(tmp_path, "db", "upgrade")
    refused = run(tmp_path, "glossary", "import", str(tmp_path / "ingen.csv"), "--site", "alvby")
    assert refused.exit_code == 2
    assert "cannot be read" in refused.stderr
