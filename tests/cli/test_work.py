"""The daily work at the command line: what there is, translate, publish and take back, report, corpora."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from review_app.cli.report import IN_FILES_ONLY
from review_app.web.report_parts import PARTS
from tests.builders import HTML
from tests.cli.administrator import Administrator
from tests.exchange.library import row, rows, write_corpus

PAGE = "bibliotek"
APPROVED = [
    row("title", "Badhuset", "The bath house", "approved"),
    row("heading", "Badhuset i Älvby", "The bath house in Älvby", "approved"),
    row("price", "Det kostar 40 kronor.", "It costs 50 kronor.", "approved", correction="It costs 40 kronor."),
    row("link", "Läs <1>mer</1> här.", "Read <1>more</1> here.", "approved"),
]


@pytest.fixture
def library(admin: Administrator, tmp_path: Path) -> Administrator:
    (tmp_path / "bibliotek.html").write_text(HTML, "utf-8")
    admin.does("import", tmp_path / "bibliotek.html", "--site", "alvby", "--path", PAGE)
    return admin


@pytest.fixture
def bath(admin: Administrator, tmp_path: Path) -> Administrator:
    """An installation with a page that is approved all through."""
    admin.does("corpus", "import", write_corpus(tmp_path / "corpus", APPROVED), "--site", "alvby")
    return admin


# pages


def test_a_line_per_page_and_language_says_how_far_it_is(library: Administrator) -> None:
    assert library.lines("pages", "--site", "alvby") == [[PAGE, "ar", "8", "0", "0"], [PAGE, "en", "8", "0", "0"]]
    assert library.fails("pages", "--site", "norrby") == "There is no site with the short name norrby."


def test_the_share_approved_and_the_flags_are_counted(admin: Administrator, tmp_path: Path) -> None:
    sheet = rows()
    sheet[3]["machine"][0]["text"] = "Read more here."
    admin.does("corpus", "import", write_corpus(tmp_path / "corpus", sheet), "--site", "alvby")
    assert admin.lines("pages", "--site", "alvby") == [
        ["badhus", "ar", "4", "0", "0"],
        ["badhus", "en", "4", "1", "0.25"],
    ]


# translate


def test_what_is_missing_is_translated_and_told(library: Administrator) -> None:
    assert library.does("translate", "--site", "alvby", "--to", "EN") == f"{PAGE}\ten\ttranslated: 8 of 8\n"
    before = library.contents()["revision"]
    assert library.does("translate", "/bibliotek.html", "--site", "alvby", "--to", "en").startswith(f"{PAGE}\ten\t")
    assert library.contents()["revision"] == before == 8


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "fi"], "The site alvby is not translated into “fi”. Add it: review-app site language"),
        (["--to", "xx"], "“xx” is not a language tag"),
        (["bad", "--to", "en"], "The site alvby has no page bad. See: review-app pages --site alvby"),
    ],
)
def test_what_cannot_be_translated_is_told_why(library: Administrator, arguments: list[str], told: str) -> None:
    assert library.fails("translate", "--site", "alvby", *arguments).startswith(told)


def test_a_site_without_pages_is_told_so(admin: Administrator) -> None:
    assert "has no pages yet" in admin.fails("translate", "--site", "alvby", "--to", "en")


def test_an_engine_that_cannot_be_used_fails_with_a_sentence(library: Administrator) -> None:
    result = library.run("translate", PAGE, "--site", "alvby", "--to", "en", "--engine", "recorded")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("review-app: ")
    assert result.stderr.count("\n") == 1
    assert library.contents()["revision"] == 0


def test_a_recording_is_replayed(library: Administrator, tmp_path: Path) -> None:
    recorded = write_corpus(tmp_path / "recorded", [row("title", "Låna böcker", "Borrow books")])
    library.does("site", "language", "alvby", "en", "--policy", "machine_after_review", "--engine", "recorded")
    told = library.does("translate", PAGE, "--site", "alvby", "--to", "en", RECORDED_FOLDER=str(recorded))
    assert told == f"{PAGE}\ten\ttranslated: 1 of 8\n"


def test_a_preview_says_what_would_go_where_and_sends_nothing(library: Administrator) -> None:
    before = library.contents()
    told = library.does("translate", "--site", "alvby", "--to", "ar", "--preview", DEEPL_KEY="hemlig:fx")
    deepl = told[told.index("deepl: ") :].splitlines()[:3]
    assert deepl[0] == "deepl: 8 sentences without a text"
    assert deepl[1].startswith("    would be sent: 8 sentences, ")
    assert deepl[1].endswith(" characters, to DeepL SE, Germany")
    assert deepl[2] == "    costs: less than 0.01 EUR"
    assert "azure: No key is set. Set REVIEW_APP_AZURE_KEY" in told
    assert "hemlig" not in told
    assert library.contents() == before


def test_a_preview_of_one_engine(library: Administrator) -> None:
    words = ("translate", PAGE, "--site", "alvby", "--to", "en", "--preview", "--engine")
    assert library.does(*words, "gloss").splitlines()[0] == "gloss (the site's own): 8 sentences without a text"
    result = library.run(*words, "deepl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "review-app: No key is set. Set REVIEW_APP_DEEPL_KEY.\n"


def test_a_second_engine_s_texts_stand_beside_the_drafts(library: Administrator, tmp_path: Path) -> None:
    library.does("translate", "--site", "alvby", "--to", "en")
    drafts = library.contents()["revision"]
    recorded = write_corpus(tmp_path / "recorded", [row("title", "Låna böcker", "Borrow books")])
    library.does(
        "translate", PAGE, "--site", "alvby", "--to", "en", "--engine", "recorded", RECORDED_FOLDER=str(recorded)
    )
    assert library.contents()["revision"] == drafts


# publish


def test_an_approved_page_is_published_and_withdrawn(bath: Administrator) -> None:
    assert bath.does("publish", "/badhus/", "--site", "alvby", "--language", "EN") == "badhus\ten\tpublished\n"
    assert open_publications(bath) == 1
    assert (
        bath.does("publish", "badhus", "--site", "alvby", "--language", "en", "--withdraw") == "badhus\ten\twithdrawn\n"
    )
    assert open_publications(bath) == 0
    told = bath.fails("publish", "badhus", "--site", "alvby", "--language", "en", "--withdraw")
    assert told == "This page is not published in this language."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["badhus", "--language", "ar"], "Nothing of this page is approved in this language."),
        (["badhus", "--language", "fi"], "The site alvby is not translated into “fi”."),
        (["bibliotek", "--language", "en"], "The site alvby has no page bibliotek. See: review-app pages --site alvby"),
    ],
)
def test_what_cannot_be_published_is_told_why(bath: Administrator, arguments: list[str], told: str) -> None:
    assert bath.fails("publish", "--site", "alvby", *arguments).startswith(told)


def open_publications(admin: Administrator) -> int:
    database = admin.database
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM publication WHERE ended_at IS NULL").scalar_one()
    database.dispose()
    return int(found)


# report


def test_the_report_has_the_same_figures_in_every_form(bath: Administrator) -> None:
    command = ("report", "--site", "alvby", "--language", "en")
    document = bath.json(*command, "--format", "json")
    assert (document["segments_read"], document["unchanged"], document["small_edits"]) == (4, 3, 1)
    scores = {score["metric"]: score for score in document["scores"]}
    assert {"BLEU", "chrF2++", "TER"} <= scores.keys()
    table = list(csv.DictReader(StringIO(bath.does(*command, "--format", "csv"))))
    assert {line["metric"] for line in table} == scores.keys()
    told = bath.does(*command)
    assert "Read by people: 4 of 4 segments. Of 4: 3 left unchanged, 1 small edits, 0 large edits." in told
    assert "google" in told


def test_a_report_may_be_of_some_texts(bath: Administrator, tmp_path: Path) -> None:
    command = ("report", "--site", "alvby", "--language", "EN", "--format")
    document = bath.json(*command, "json", "--page", "/badhus/", "--sample", "triage", "--from", "2020-01-01")
    assert document["filter"] == {"language": "en", "page": "badhus", "from": "2020-01-01", "sample": "triage"}
    assert bath.json(*command, "json", "--section", "skola")["segments"] == 0
    bath.does(*command, "xlsx", "--output", str(tmp_path / "r.xlsx"))
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    assert "--output" in bath.fails(*command, "xlsx")
    assert "year-month-day" in bath.fails(*command, "json", "--to", "May")


@pytest.mark.parametrize("part", PARTS)
def test_each_page_of_the_reports_is_told_in_the_terminal(bath: Administrator, part: str) -> None:
    command = ("report", "--site", "alvby", "--language", "en", "--part", part)
    rows = bath.json(*command, "--format", "json")["rows"]
    told = bath.does(*command)
    if rows:
        assert next(name for name in rows[0] if name not in IN_FILES_ONLY) in told
        assert len([line for line in told.splitlines() if line.startswith("│")]) >= len(rows)
    else:
        assert told == "There is nothing to tell yet, or nothing passes the filters.\n"


def test_a_report_on_nothing_says_so(library: Administrator) -> None:
    told = library.does("report", "--site", "alvby", "--language", "en")
    assert told == "Nobody has accepted or corrected any of the 8 segments yet.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--site", "norrby", "--language", "en"], "norrby"),
        (["--site", "alvby", "--language", "fi"], "not translated into “fi”"),
        (["--site", "alvby", "--language", "en", "--page", "bad"], "There is no such page."),
    ],
)
def test_a_report_that_cannot_be_is_told_why(library: Administrator, arguments: list[str], told: str) -> None:
    assert told in library.fails("report", *arguments)


# corpus


def test_a_corpus_goes_in_and_out(bath: Administrator, tmp_path: Path) -> None:
    assert bath.does("corpus", "export", tmp_path / "out", "--site", "alvby") == f"{tmp_path / 'out' / 'badhus'}\n"
    for name in ("page.html", "segments.en.jsonl"):
        assert (tmp_path / "out" / "badhus" / name).read_bytes() == (tmp_path / "corpus" / "badhus" / name).read_bytes()
    before = bath.contents()
    assert bath.lines("corpus", "import", tmp_path / "out", "--site", "alvby") == [["badhus", "segments: 4", "en 4"]]
    assert bath.contents() == before


def test_a_corpus_that_is_wrong_is_not_stored(admin: Administrator, tmp_path: Path) -> None:
    sheet = [*rows()[:2], b"{"]
    told = admin.fails("corpus", "import", write_corpus(tmp_path, sheet), "--site", "alvby")
    assert told == f"{tmp_path / 'badhus' / 'segments.en.jsonl'}, line 3: not valid JSON. Mend the line and try again."
    assert "holds no page folders" in admin.fails("corpus", "import", tmp_path / "gone", "--site", "alvby")
    assert "norrby" in admin.fails("corpus", "import", tmp_path, "--site", "norrby")


def test_a_corpus_that_cannot_be_written_is_told_so(bath: Administrator, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = bath.fails("corpus", "export", tmp_path / "file" / "out", "--site", "alvby")
    assert "cannot be written: Not a directory. Check the name and the rights." in told


# demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Administrator, list[list[str]]]:
    admin = Administrator(tmp_path_factory.mktemp("demo"))
    return admin, admin.lines("demo", "--no-serve", "--data", admin.data)


def test_the_demo_prints_a_line_per_page_and_language(demo: tuple[Administrator, list[list[str]]]) -> None:
    _, lines = demo
    assert all(len(line) == 5 for line in lines)
    assert [line[:2] for line in lines] == sorted(line[:2] for line in lines)
    assert {line[1] for line in lines} == {"en", "ar"}
    for _, _, segments, flags, share in lines:
        assert int(segments) > 0
        assert int(flags) >= 0
        assert 0 <= float(share) <= 1
    assert {"0", "1"} <= {line[4] for line in lines}
    assert sum(int(line[3]) for line in lines) > 0
    assert sum(int(line[2]) for line in lines if line[1] == "en") >= 150


def test_the_demo_again_changes_nothing(demo: tuple[Administrator, list[list[str]]]) -> None:
    admin, lines = demo
    before = admin.contents()
    assert admin.lines("demo", "--no-serve", "--data", admin.data) == lines
    assert admin.contents() == before
