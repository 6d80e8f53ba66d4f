"""The translation memory at the command line."""

from pathlib import Path

import pytest
from sqlalchemy import select

from review_app.translations.origin import Origin
from review_app.translations.tables import Revision
from tests.cli.administrator import Administrator

CSV = "sv;en;ar\nBiblioteket;The library;المكتبة\nDu behöver <1>inte</1> boka tid.;You need <1>no</1> appointment.;\n"


def test_pairs_are_taken_in_found_used_and_written(admin: Administrator, tmp_path: Path) -> None:
    (tmp_path / "minne.csv").write_text(CSV, "utf-8")
    taken = [["minne.csv", "pairs: 3", "left out: 0"]]
    assert admin.lines("memory", "import", tmp_path / "minne.csv", "--site", "alvby") == taken
    search = ("memory", "search", "--site", "alvby", "--to", "en")
    found = ["Biblioteket", "The library", "imported minne.csv"]
    assert admin.lines(*search, "Biblioteket") == [["100", *found]]
    assert admin.lines(*search, "librar", "--words") == [["", *found]]
    admin.does("memory", "export", tmp_path / "ut.tmx", "--site", "alvby", "--to", "en")
    again = [["ut.tmx", "pairs: 2", "left out: 0"]]
    assert admin.lines("memory", "import", tmp_path / "ut.tmx", "--site", "alvby") == again
    assert admin.lines(*search, "Biblioteket") == [["100", *found]]

    (tmp_path / "sida.html").write_text("<html lang=sv><title>Biblioteket</title><p>Du behöver <b>inte</b> boka tid.")
    admin.does("import", tmp_path / "sida.html", "--site", "alvby", "--path", "sida")
    admin.does("translate", "sida", "--site", "alvby", "--to", "en")
    database = admin.database
    with database.reading() as session:
        drafts = session.scalars(select(Revision.text).where(Revision.origin == Origin.MEMORY)).all()
    database.dispose()
    assert sorted(drafts) == ["The library", "You need <1>no</1> appointment."]


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.tmx", "<tmx/>", "has no texts in sv"),
        ("a.tmx", "<html/>", "is no usable TMX file"),
        ("a.csv", "de,fr\nJa,Oui\n", "has no texts in sv"),
    ],
)
def test_a_file_without_use_is_refused(
    admin: Administrator, tmp_path: Path, name: str, body: str, message: str
) -> None:
    (tmp_path / name).write_text(body, "utf-8")
    assert message in admin.fails("memory", "import", tmp_path / name, "--site", "alvby")
