"""An export takes the place of an earlier one, and of nothing else."""

from pathlib import Path

import pytest

from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.errors import BadFile, NotAllowed
from review_app.exchange.corpus import import_corpus
from review_app.exchange.corpus_export import export_corpus
from review_app.pages.service import pages_of
from review_app.review.own_places import translate_apart
from review_app.review.recutting import cut_sentence
from review_app.review.service import bench, save
from review_app.segments.decided import active_rules
from review_app.segments.service import placed_segments
from tests.builders import build_page, build_town
from tests.houses import House


def export(house: House, folder: Path, actor: Actor = COMMAND_LINE) -> list[str]:
    with house.database.reading() as session:
        return export_corpus(session, actor, house.town.site_id, folder)


def test_an_earlier_export_is_replaced_whole(house: House, tmp_path: Path) -> None:
    there = tmp_path / "out" / "bibliotek"
    there.mkdir(parents=True)
    assert export(house, tmp_path / "out") == ["bibliotek"]
    (there / "segments.fi.jsonl").write_text("left over from a language that was taken away")
    export(house, tmp_path / "out")
    assert sorted(file.name for file in there.iterdir()) == ["meta.toml", "page.html", "segments.en.jsonl"]


@pytest.mark.parametrize("name", ["bibliotek/thesis.txt", "bibliotek"])
def test_what_is_no_export_is_left_alone(house: House, tmp_path: Path, name: str) -> None:
    with house.database.writing() as session:
        build_page(session, house.town.site_id, path="arkiv")
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("years of work")
    with pytest.raises(BadFile, match=r"bibliotek is no page of a corpus, and would be lost\."):
        export(house, tmp_path)
    assert mine.read_text() == "years of work"
    assert not (tmp_path / "arkiv").exists()


def test_pages_of_like_paths_have_folders_of_their_own(house: House, tmp_path: Path) -> None:
    with house.database.writing() as session:
        build_page(session, house.town.site_id, path="kultur/bad")
        build_page(session, house.town.site_id, path="kultur--bad")
    names = export(house, tmp_path)
    paths = {line for name in names for line in (tmp_path / name / "meta.toml").read_text().splitlines()[:1]}
    assert paths == {'path = "bibliotek"', 'path = "kultur/bad"', 'path = "kultur--bad"'}


def test_a_stranger_may_not_export(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        export(house, tmp_path, Actor("Eva", 99))
    assert list(tmp_path.glob("bibliotek*")) == []


def test_where_people_cut_sentences_comes_along(house: House, tmp_path: Path) -> None:
    loans = "Du får låna 20 böcker åt gången."
    with house.database.writing() as session:
        key, at = house.page.key("Du får låna"), loans.index("åt gången")
        cut_sentence(session, house.town.anna, house.page.page_id, "en", key, at=at)
    export(house, tmp_path)
    assert '"second": "åt gången."' in (tmp_path / "cuts.jsonl").read_text("utf-8")
    with house.database.writing() as session:
        other = build_town(session, "annan")
        for _ in range(2):
            import_corpus(session, COMMAND_LINE, other.site_id, tmp_path)
        page = next(page for page in pages_of(session, other.site_id) if not page.shared)
        sources = [one.source for one in placed_segments(session, [page.version_id])[page.version_id]]
        assert sources[5:7] == ["Du får låna 20 böcker", "åt gången."]
        assert len(active_rules(session, other.site_id)) == 1


def test_a_line_of_cuts_that_is_none_is_named(house: House, tmp_path: Path) -> None:
    export(house, tmp_path)
    (tmp_path / "cuts.jsonl").write_text('{"kind": "cut", "whole": "Ett två", "at": 4, "first": "Ett"}\n')
    with pytest.raises(BadFile, match=r"cuts\.jsonl, line 1: a line needs"), house.database.writing() as session:
        import_corpus(session, COMMAND_LINE, house.town.site_id, tmp_path)


def test_a_place_s_own_translation_comes_along(house: House, tmp_path: Path) -> None:
    html = "<html lang='sv'><title>A</title><p>Badet</p><p>Läs mer</p><p>Skolan</p><p>Läs mer</p></html>"
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, html=html, path="nytt", machine={"Läs mer": "Read more"})
        key, anna = page.key("Läs mer"), house.town.anna
        own = translate_apart(session, anna, page.page_id, "en", key, nth=1)
        save(session, anna, page.page_id, "en", own, text="About the school", based_on=1)
    export(house, tmp_path)
    with house.database.writing() as session:
        other = build_town(session, "annan")
        for _ in range(2):
            import_corpus(session, COMMAND_LINE, other.site_id, tmp_path)
        found = next(page for page in pages_of(session, other.site_id) if page.path == "nytt")
        rows = bench(session, COMMAND_LINE, found.id, "en").rows
        assert [row.text for row in rows if row.source == "Läs mer"] == ["Read more", "About the school"]
