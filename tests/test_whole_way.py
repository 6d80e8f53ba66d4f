"""The whole way on real input: sentences with real engines' outputs, corrected, approved, published and scored."""

import json
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

import pytest
import sacrebleu
from click.testing import CliRunner

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli import main
from review_app.cli.installation import Opened
from review_app.exchange.corpus import import_corpus
from review_app.exchange.corpus_export import export_corpus
from review_app.publishing.public import public_page
from review_app.publishing.service import publish
from review_app.reports.filters import Filter
from review_app.reports.service import Report, build_report
from review_app.review import decisions, service
from review_app.segments.service import import_page, placed_segments
from review_app.settings import Settings
from review_app.text.normalise import normalise
from review_app.text.sentences import split_sentences
from review_app.translations.service import EngineOutput, keep_outputs
from tests.builders import Town, build_town, say_yes
from tests.databases import Backend
from tests.shared_data import SHARED_DATA, needs_shared_data

SENTENCES = 60
ENGINES = ("google", "opusmt")


@pytest.fixture
def opened(backend: Backend, tmp_path: Path) -> Iterator[Opened]:
    with backend.database() as database:
        yield Opened(Settings(data_dir=tmp_path / "data", database_url=database.url), database)


@pytest.fixture
def town(opened: Opened) -> Town:
    with opened.database.writing() as session:
        return build_town(session)


def rows() -> list[dict]:
    """Return the first sentences that stay one segment each, as the real data has them."""
    lines = (SHARED_DATA / "flores-dev.sv-en.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [row for row in found if _is_one_sentence(row)][:SENTENCES]


def _is_one_sentence(row: dict) -> bool:
    """Leave out what the house would cut in two or spell with fewer spaces: the scores are about the rest."""
    texts = (row["source"], row["reference"])
    return all(normalise(text) == text for text in texts) and len(split_sentences(row["source"])) == 1


@needs_shared_data
def test_scores_of_the_report_are_sacrebleu_s_to_the_last_digit(
    backend: Backend, opened: Opened, town: Town, tmp_path: Path
) -> None:
    data = rows()
    assert len(data) == SENTENCES
    body = "<!doctype html><html lang=sv><title>Nyheter</title><main>"
    body += "".join(f"<p>{escape(row['source'])}</p>" for row in data) + "</main>"
    page_id, keys = take_in(opened, town, body, data)
    for row in data:
        with opened.database.writing() as session:
            service.save(session, town.anna, page_id, "en", keys[row["source"]], text=row["reference"], based_on=1)
    with opened.database.writing() as session:
        submission = decisions.submit(session, town.anna, page_id, "en")
    with opened.database.writing() as session:
        say_yes(session, town, submission)
        publish(session, town.bo, page_id, "en")

    with opened.database.reading() as session:
        report = build_report(session, town.carin, town.slug, Filter("en"))
        shown = public_page(session, town.slug, "en", "nyheter")
    for row in data:
        assert escape(row["reference"], quote=False) in shown.html
    for engine in ENGINES:
        assert_equals_sacrebleu(report, engine, data)

    with opened.database.reading() as session:
        export_corpus(session, COMMAND_LINE, town.site_id, tmp_path / "corpus")
    with backend.database() as again, again.writing() as session:
        other = build_town(session)
        import_corpus(session, COMMAND_LINE, other.site_id, tmp_path / "corpus")
        rebuilt = build_report(session, COMMAND_LINE, other.slug, Filter("en"))
    for engine in ENGINES:
        assert_equals_sacrebleu(rebuilt, engine, data)


def take_in(opened: Opened, town: Town, body: str, data: list[dict]) -> tuple[int, dict[str, str]]:
    """Import the page and keep the engines' recorded outputs; returns its id and the key of every source."""
    with opened.database.writing() as session:
        imported = import_page(session, COMMAND_LINE, town.site_id, body=body.encode(), path="nyheter", origin="flores")
        placed = {one.source: one for one in placed_segments(session, [imported.version_id])[imported.version_id]}
        for engine in ENGINES:
            outputs = [
                EngineOutput(
                    segment_id=placed[row["source"]].segment_id,
                    source=row["source"],
                    engine=engine,
                    version="flores",
                    made_on=date(2026, 1, 1),
                    text=row["mt"][engine],
                    rejection=None,
                )
                for row in data
            ]
            keep_outputs(session, "en", outputs, drafts=engine == "google")
    return imported.page_id, {source: segment.key for source, segment in placed.items()}


def assert_equals_sacrebleu(report: Report, engine: str, data: list[dict]) -> None:
    part = next(part for part in report.engines if part.engine == engine)
    hypotheses = [row["mt"][engine] for row in data]
    references = [[row["reference"] for row in data]]
    assert part.scores["BLEU"].score == sacrebleu.corpus_bleu(hypotheses, references, force=True).score
    assert part.scores["chrF2++"].score == sacrebleu.corpus_chrf(hypotheses, references, word_order=2).score
    assert part.scores["TER"].score == sacrebleu.corpus_ter(hypotheses, references).score
    assert part.scores["BLEU"].n == len(data)


@needs_shared_data
def test_a_real_page_comes_in_by_the_command_line(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with backend.url() as url:
        monkeypatch.setenv("REVIEW_APP_DATABASE_URL", url)
        take_in_by_command(monkeypatch, tmp_path)


def take_in_by_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REVIEW_APP_DATA_DIR", str(tmp_path / "data"))
    run = CliRunner().invoke
    page = next((SHARED_DATA / "pages").glob("dirregeringen*"))
    made = run(main, ["site", "add", "alvby", "--name", "Älvby", "--url", "https://alvby.example/", "--language", "en"])
    assert made.exit_code == 0, made.output
    taken = run(main, ["import", str(page), "--site", "alvby", "--path", "dataskydd"])
    assert taken.exit_code == 0, taken.output
    translated = run(main, ["translate", "--site", "alvby", "--to", "en", "--engine", "gloss"])
    assert translated.exit_code == 0, translated.output
    again = run(main, ["import", str(page), "--site", "alvby", "--path", "dataskydd"])
    assert "unchanged" in again.output
