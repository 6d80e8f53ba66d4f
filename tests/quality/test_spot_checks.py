"""Spot checks: judged before anybody sees their flags and their risk."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks.flags import flags_of
from review_app.checks.service import add_reader_flag
from review_app.checks.states import FlagState
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.pages.service import set_content_class
from review_app.quality import service as settings
from review_app.quality.sampling import Sample, random_seed
from review_app.quality.service import change_settings, hidden_revisions, risks_of, settings_of, settings_to_draw
from review_app.quality.tables import AuditDraw, Judgement
from review_app.review import service
from review_app.review.queue import queue
from review_app.review.views import SegmentRow
from review_app.sites.policy import ContentClass
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision
from tests.builders import BuiltPage, Town
from tests.houses import House
from tests.quality.drawn import LANES, RUN, SAUNA, build_assessed


def row(session: Session, town: Town, page: BuiltPage, beginning: str) -> SegmentRow:
    return service.row(session, town.anna, page.page_id, "en", page.key(beginning))


def head(session: Session, page: BuiltPage, beginning: str) -> Revision:
    segment_id = page.segment(beginning).segment_id
    return newest_revisions(session, [segment_id], "en")[segment_id]


def accept(session: Session, town: Town, page: BuiltPage, beginning: str) -> None:
    service.accept(session, town.anna, page.page_id, "en", page.key(beginning), based_on=1)


def sample(session: Session, page: BuiltPage, beginning: str) -> Sample | None:
    return session.scalar(select(Judgement.sample).where(Judgement.revision_id == head(session, page, beginning).id))


def test_flags_and_risk_are_hidden_until_a_person_has_judged_the_text(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=1)
        stored = head(session, page, LANES)
        assert flags_of(session, [stored.id])[stored.id], "the check did find the number"
        assert stored.id in risks_of(session, [stored.id])
        hidden = row(session, house.town, page, LANES)
        assert (hidden.spot_check, hidden.flags, hidden.risk) == (True, (), None)
        bench = service.bench(session, house.town.anna, page.page_id, "en")
        assert (dict(bench.head.open_flags), bench.head.risky, bench.head.spot_checks) == ({}, 0, 4)
        accept(session, house.town, page, LANES)
        shown = row(session, house.town, page, LANES)
        assert not shown.spot_check
        assert [flag.name for flag in shown.open_flags] == ["number"]
        assert sample(session, page, LANES) is Sample.AUDIT


def test_the_seed_of_the_draw_is_drawn_once_and_is_not_the_sites_number(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "random_seed", random_seed)  # the product's own, not the tests'
    with house.database.writing() as session:
        site_id = house.town.site_id
        assert settings_of(session, site_id).seed is None
        drawn = settings_to_draw(session, site_id)
        assert drawn[1] != site_id
        assert settings_to_draw(session, site_id) == drawn
        change_settings(session, COMMAND_LINE, site_id, audit_share=0.2, retrain_every=200)
        assert settings_to_draw(session, site_id) == (0.2, drawn[1])


def test_nobody_can_ask_the_checks_or_decide_on_a_flag_early(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=1)
        key, stored = page.key(LANES), head(session, page, LANES)
        typed = service.check_typed(session, house.town.anna, page.page_id, "en", key, text="It has 9 lanes.")
        assert typed == ()
        flag = flags_of(session, [stored.id])[stored.id][0]
        with pytest.raises(NotFound):
            service.dismiss(
                session, house.town.anna, page.page_id, "en", key, flag_id=flag.id, state=FlagState.DISMISSED
            )


def test_the_queue_tells_nothing_of_a_spot_check(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=1)
        waiting = queue(session, house.town.anna, house.town.slug, "en")
        assert [item.key for item in waiting.spot_checks] == [segment.key for segment in page.segments]
        assert all((item.risk, item.flags) == (None, ()) for item in waiting.spot_checks)
        assert page.page_id not in {item.page_id for item in waiting.passages}


def test_what_was_chosen_for_review_is_recorded_as_such_with_the_risk_it_had(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=0)
        before = row(session, house.town, page, SAUNA).risk
        assert before is not None
        assert 0 < before.value < 1
        accept(session, house.town, page, SAUNA)
        judgement = session.get_one(Judgement, head(session, page, SAUNA).id)
        assert (judgement.sample, judgement.risk) == (Sample.TRIAGE, before.value)
        assert row(session, house.town, page, SAUNA).risk is None, "what a person has read has no risk to tell"


def test_the_queue_begins_with_a_crisis_and_goes_on_by_what_is_to_be_gained(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=0)
        set_content_class(session, house.town.carin, house.page.page_id, ContentClass.CRISIS)
        waiting = queue(session, house.town.anna, house.town.slug, "en").passages
        assert [item.page_id for item in waiting] == [house.page.page_id] * 8 + [page.page_id] * 4
        for page_id in (house.page.page_id, page.page_id):
            gains = [item.gain for item in waiting if item.page_id == page_id]
            assert gains == sorted(gains, reverse=True)


def test_a_later_change_is_no_second_judgement(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=1)
        accept(session, house.town, page, RUN)
        service.save(session, house.town.anna, page.page_id, "en", page.key(RUN), text="Do not run.", based_on=2)
        assert sample(session, page, RUN) is None


def test_what_a_reader_reports_is_no_spot_check_any_more(house: House) -> None:
    with house.database.writing() as session:
        page = build_assessed(session, house.town.site_id, share=1)
        add_reader_flag(session, head(session, page, LANES), "There are six!", "")
        shown = row(session, house.town, page, LANES)
        assert {flag.name for flag in shown.open_flags} == {"number", "reader"}
        accept(session, house.town, page, LANES)
        assert sample(session, page, LANES) is Sample.TRIAGE


def test_a_text_that_was_shown_before_is_never_drawn(house: House) -> None:
    with house.database.writing() as session:
        build_assessed(session, house.town.site_id, share=0)
        page = build_assessed(session, house.town.site_id, share=1)
        ids = [head(session, page, beginning).id for beginning in (LANES, RUN, SAUNA)]
        assert hidden_revisions(session, ids) == frozenset()
        assert session.scalars(select(AuditDraw)).all() == []


def test_only_an_administrator_changes_the_share(house: House) -> None:
    site_id = house.town.site_id
    with house.database.writing() as session:
        with pytest.raises(NotAllowed):
            change_settings(session, house.town.anna, site_id, audit_share=0.5, retrain_every=200)
        for share, every in ((1.1, 200), (-0.1, 200), (0.1, 1)):
            with pytest.raises(BadInput):
                change_settings(session, house.town.carin, site_id, audit_share=share, retrain_every=every)
        change_settings(session, house.town.carin, site_id, audit_share=0.2, retrain_every=300)
        found = settings_of(session, site_id)
        assert (found.audit_share, found.retrain_every) == (0.2, 300)
