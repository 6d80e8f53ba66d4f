"""Learning from a site's corrections: what replaces what, and what is recorded."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select

from review_app.accounts.tables import AuditEntry
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed
from review_app.quality.corrections import corrections_of
from review_app.quality.due import ASSESS, TRAIN, add_due, find_due
from review_app.quality.estimating import assess, is_assessed
from review_app.quality.features import FEATURES
from review_app.quality.filling import fill
from review_app.quality.models import active_model, tries_of
from review_app.quality.report import quality_report
from review_app.quality.sampling import Sample
from review_app.quality.service import change_settings, risks_of
from review_app.quality.shipped import shipped_model
from review_app.quality.training import Trial, is_better, learn, train
from review_app.review import service
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, add_revision, newest_revisions
from tests.builders import BuiltPage, build_page
from tests.houses import House

COUNT = 150


def machine(number: int) -> tuple[str, str, str]:
    """A sentence, its machine translation, and what this site makes of it: it changes whatever is long."""
    if number % 2:
        source = f"Regel {number}: kommunen beslutar om avgiften för varje år och hushåll som berörs av regeln."
        text = f"Rule {number}: the municipality decides the fee for every year and household that the rule concerns."
        return source, text, text.replace("municipality", "council")
    return f"Öppet rum {number}.", f"Open room {number}.", f"Open room {number}."


def build_rules(house: House) -> BuiltPage:
    """A page of sentences that the machine has translated."""
    sentences = [machine(number) for number in range(COUNT)]
    html = f"<html lang=sv><main>{''.join(f'<p>{source}</p>' for source, _, _ in sentences)}</main>"
    with house.database.writing() as session:
        change_settings(session, house.town.carin, house.town.site_id, audit_share=0, retrain_every=100)
        texts = {source: text for source, text, _ in sentences}
        page = build_page(session, house.town.site_id, html=html, path="regler", machine=texts, check=False)
        heads = newest_revisions(session, [segment.segment_id for segment in page.segments], "en")
        assess(session, site(house), heads.values(), "en")
        return page


def correct(house: House, page: BuiltPage, origin: Origin = Origin.IMPORT) -> None:
    """Bring in what people made of the sentences, an hour apart."""
    wanted = {source: text for source, _, text in map(machine, range(COUNT))}
    with house.database.writing() as session:
        for segment in page.segments:
            new = NewRevision(
                segment.segment_id, "en", wanted[segment.source], segment.source, 1, origin,
                created_at=utc_now() + timedelta(hours=segment.number),
            )  # fmt: skip
            add_revision(session, new)


def site(house: House) -> SiteView:
    with house.database.reading() as session:
        return site_by_id(session, house.town.site_id)


def nothing(_done: int, _total: int) -> None:
    """Show nobody."""


def test_corrections_from_elsewhere_are_noted_once_with_a_risk_from_before(house: House) -> None:
    page = build_rules(house)
    correct(house, page)
    for _ in range(2):
        fill(house.database, site(house), "en", nothing)
    with house.database.reading() as session:
        found = corrections_of(session, house.town.site_id, "en")
    assert len(found) == COUNT
    assert {row.sample for row in found} == {Sample.ELSEWHERE}
    assert all(row.risk is not None and 0 < row.risk < 1 for row in found)
    assert sum(row.edits > 0 for row in found) == COUNT // 2
    assert [row.at for row in found] == sorted(row.at for row in found)


def test_a_model_that_is_better_on_newer_corrections_is_used_and_its_risks_are_filled_in(house: House) -> None:
    page = build_rules(house)
    correct(house, page)
    tried = train(house.database, house.town.carin, site(house), "en")
    assert tried.kept
    assert tried.figures["corrections"] == COUNT
    assert tried.figures["held_out"] == 30
    assert tried.figures["brier"] < tried.figures["brier_before"]
    fill(house.database, site(house), "en", nothing)
    with house.database.reading() as session:
        model = active_model(session, site(house), "en")
        assert model is not None
        assert model.version == "alvby-en-1"
        heads = newest_revisions(session, [segment.segment_id for segment in house.page.segments], "en")
        assert len(risks_of(session, [head.id for head in heads.values()])) == len(heads)
        assert is_assessed(session, site(house), "en")
        assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "quality.train"))


def test_what_is_no_better_is_kept_as_a_try_and_not_used(house: House) -> None:
    page = build_rules(house)
    correct(house, page)
    for _ in range(2):
        last = train(house.database, house.town.carin, site(house), "en")
    assert not last.kept, "it learned nothing new"
    with house.database.reading() as session:
        assert [tried.number for tried in tries_of(session, house.town.site_id, "en")] == [2, 1]
        assert (active := active_model(session, site(house), "en")) is not None
        assert active.version == "alvby-en-1"


def test_too_few_corrections_are_refused_in_a_sentence(house: House) -> None:
    with pytest.raises(BadInput, match="too few"):
        train(house.database, house.town.carin, site(house), "en")
    with pytest.raises(NotAllowed):
        train(house.database, house.town.anna, site(house), "en")


def test_the_newest_corrections_are_held_out(house: House) -> None:
    """A rule that holds only in the newest corrections cannot have been learned."""
    rows = np.random.default_rng(2).uniform(size=(200, len(FEATURES)))
    rows[:, FEATURES.index("critical")] = 0.0  # nothing weighs as much as that
    changed = rows[:, FEATURES.index("words")] > 0.5
    changed[160:] = ~changed[160:]
    new, figures, kept = learn(rows, changed, None, site(house), "en", 1)
    assert figures["held_out"] == 40
    assert figures["area"] is not None
    assert float(figures["area"]) < 0.5
    assert not kept
    assert new.version == "alvby-en-1"


@pytest.mark.parametrize(
    ("old", "new", "better"),
    [
        (Trial(0.20, 0.70), Trial(0.15, 0.75), True),
        (Trial(0.20, 0.70), Trial(0.15, 0.65), False),
        (Trial(0.15, 0.70), Trial(0.15, 0.75), False),
        (Trial(0.20, None), Trial(0.10, None), False),
    ],
)
def test_better_is_nearer_to_what_happened_and_no_worse_at_telling_apart(old: Trial, new: Trial, better: bool) -> None:
    changed = np.array([True] * 20 + [False] * 20)
    assert is_better(old, new, changed, first=False) is better


def test_the_first_model_of_a_language_must_beat_chance() -> None:
    changed = np.array([True] * 20 + [False] * 20)
    assert not is_better(Trial(0.25, 0.5), Trial(0.24, 0.55), changed, first=True)
    assert is_better(Trial(0.25, 0.5), Trial(0.15, 0.85), changed, first=True)


def test_training_is_due_after_so_many_judgements_and_assessing_after_a_change(house: House) -> None:
    page = build_rules(house)
    with house.database.writing() as session:
        assert {due.name for due in find_due(session)} == {ASSESS}
        assert len(add_due(session)) == 2, "English and Arabic"
        assert find_due(session) == [], "they wait already"
    correct(house, page)
    fill(house.database, site(house), "en", nothing)
    with house.database.writing() as session:
        assert [(due.name, due.payload["judged"]) for due in find_due(session)] == [(TRAIN, COUNT)]
    train(house.database, house.town.carin, site(house), "en")
    with house.database.reading() as session:
        assert [due.name for due in find_due(session)] == [ASSESS], "by the new model"


def test_the_report_sums_up_what_was_judged(house: House) -> None:
    page = build_rules(house)
    correct(house, page)
    with house.database.writing() as session:
        key = house.page.key("Du får låna 20")
        service.accept(session, house.town.anna, house.page.page_id, "en", key, based_on=1)
    fill(house.database, site(house), "en", nothing)
    with house.database.reading() as session:
        report = quality_report(session, house.town.anna, house.town.slug, "en")
        shipped = shipped_model("sv", "en")
    assert report.samples == {Sample.TRIAGE: 1, Sample.ELSEWHERE: COUNT}
    assert shipped is not None
    assert report.model == shipped.version
    assert report.accuracy is not None
    assert (report.accuracy.texts, report.accuracy.changed) == (COUNT, COUNT // 2)
    assert sum(found.changed.total for found in report.bins) == COUNT
    assert report.curve is not None
    assert report.curve.by_risk[-1] == pytest.approx(1)
