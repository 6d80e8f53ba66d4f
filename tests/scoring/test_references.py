"""Independent translations beside what people made of a machine's text: what compares with which, and says so."""

import pytest
import sacrebleu
from sqlalchemy.orm import Session

from review_app.errors import NotAllowed
from review_app.reports.filters import Filter
from review_app.reports.service import Report, build_report
from review_app.scoring.filling import fill_language, pages_behind
from review_app.scoring.metrics import METRICS
from review_app.scoring.references import Kept, keep_references, reference_files
from tests.houses import House
from tests.reports.many import build_many, correct, drafts, references, sources

COUNT = 32


def independent(count: int) -> list[str]:
    return [f"One may borrow {n} things." for n in range(1, count + 1)]


def fill(session: Session, house: House) -> None:
    page = build_many(session, house.town, COUNT, other="other")
    correct(session, house.town, page, references(COUNT))


def keep(session: Session, house: House, count: int, texts: list[str] | None = None, name: str = "a.tsv") -> Kept:
    pairs = zip(sources(count), texts or independent(count), strict=True)
    return keep_references(session, house.town.carin, house.town.site_id, "en", pairs, name)


def report(session: Session, house: House) -> Report:
    return build_report(session, house.town.anna, house.town.slug, Filter("en"))


@pytest.mark.parametrize(("count", "kind"), [(COUNT, "independent"), (10, "mixed")])
def test_they_are_preferred_and_every_figure_says_so(house: House, count: int, kind: str) -> None:
    with house.database.writing() as session:
        fill(session, house)
        before = report(session, house).engines[0]
        keep(session, house, count)
        part = report(session, house).engines[0]
    wanted = [*independent(count), *references(COUNT)[count:]]
    assert part.scores["BLEU"].score == sacrebleu.corpus_bleu(drafts(COUNT), [wanted]).score
    assert part.scores["TER"].score == sacrebleu.corpus_ter(drafts(COUNT), [wanted]).score
    assert part.scores["BLEU"].signature == f"{METRICS['BLEU'].signature}|ref:{kind}"
    assert (part.extents["BLEU"].independent, part.extents["BLEU"].reference) == (count, kind)
    for name in ("HTER", "CER"):
        assert part.scores[name] == before.scores[name]
        assert part.extents[name].reference == "post-edit"


def test_what_is_stored_follows_a_new_one(house: House) -> None:
    with house.database.writing() as session:
        fill(session, house)
    fill_language(house.database, house.town.site_id, "en")
    for texts in (independent(COUNT), references(COUNT)):
        with house.database.writing() as session:
            keep(session, house, COUNT, texts)
            assert pages_behind(session, house.town.site_id, "en")
        fill_language(house.database, house.town.site_id, "en")
        with house.database.reading() as session:
            assert not pages_behind(session, house.town.site_id, "en")
            found = report(session, house).engines[0].scores["BLEU"].score
            assert found == sacrebleu.corpus_bleu(drafts(COUNT), [texts]).score


def test_they_are_found_by_their_words_and_known_again(house: House) -> None:
    with house.database.writing() as session:
        fill(session, house)
        pairs = [("  Du får låna 1 filmer åt gången. ", "One."), ("Finns inte.", "No."), (sources(2)[1], " ")]
        assert keep_references(session, house.town.carin, house.town.site_id, "en", pairs, "x") == Kept(1, 0, 1)
        assert keep_references(session, house.town.carin, house.town.site_id, "en", pairs, "x") == Kept(0, 1, 1)
        markup = [("Du behöver inte boka tid.", "No booking needed.")]
        assert keep_references(session, house.town.carin, house.town.site_id, "en", markup, "y").new == 1
        files = reference_files(session, house.town.bo, house.town.site_id, "en")
        assert {(one.name, one.references) for one in files} == {("x", 1), ("y", 1)}
        assert reference_files(session, house.town.bo, house.town.site_id, "ar") == []


def test_whoever_may_not_import_may_not_take_them_in(house: House) -> None:
    with house.database.writing() as session, pytest.raises(NotAllowed):
        keep_references(session, house.town.bo, house.town.site_id, "en", [], "x")
