"""What Carin and Anna see and do on the page of flags and risk."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from review_app.accounts.tables import AuditEntry
from review_app.jobs.tables import Job
from review_app.quality.sampling import Sample
from review_app.quality.service import settings_of
from review_app.quality.tables import Judgement
from review_app.review import service
from tests.builders import BuiltPage
from tests.databases import Backend
from tests.quality.drawn import LANES, build_assessed
from tests.web.conftest import Browser
from tests.web.library import Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as opened:
        yield opened


def address(library: Library, more: str = "") -> str:
    return f"/sites/{library.town.slug}/quality{more}"


def judge(library: Library, copies: int, share: float = 1) -> list[BuiltPage]:
    """Anna corrects the number of lanes on so many pages, and leaves the other sentences."""
    pages = []
    with library.database.writing() as session:
        anna = library.town.anna
        for number in range(copies):
            page = build_assessed(session, library.town.site_id, share=share, path=f"simhall-{number}")
            for segment in page.segments:
                text = "The swimming hall has 6 lanes."
                if segment.key == page.key(LANES):
                    service.save(session, anna, page.page_id, "en", segment.key, text=text, based_on=1)
                else:
                    service.accept(session, anna, page.page_id, "en", segment.key, based_on=1)
            pages.append(page)
    return pages


def read(browser: Browser, address: str) -> str:
    return " ".join(browser.get(address).text.split())


def words(shown: str) -> str:
    """Return what a page says without the links that its figures are."""
    return re.sub(r"</?a\b[^>]*>", "", shown)


def test_before_anybody_has_judged_the_page_says_what_it_waits_for(library: Library) -> None:
    shown = read(library.browser("anna"), address(library))
    assert "Nobody has judged a machine text with a risk yet." in shown
    assert "<svg" not in shown


def test_too_few_judgements_give_no_figure(library: Library) -> None:
    judge(library, 1)
    shown = read(library.browser("anna"), address(library))
    assert ">4</a> machine texts with a risk have been judged: too few to say. 30 are the least." in shown
    assert "<svg" not in shown


def test_enough_judgements_give_the_figures_each_chart_with_its_table(library: Library) -> None:
    judge(library, 30)
    shown = read(library.browser("anna"), address(library))
    assert "95% interval: " in shown
    assert "%%" not in shown
    assert shown.count("<svg class=") == 2
    assert shown.count("The same as a table") == 2
    assert "It rests on 120 machine texts that people have judged: 120 spot checks." in words(shown)
    assert '100% <span class="muted nowrap">(89%–100%)' in words(shown), "the number check was right 30 times of 30"


def test_the_swedish_page_speaks_swedish(library: Library) -> None:
    judge(library, 8)
    anna = library.browser("anna")
    anna.post("/language", {"language": "sv"})
    shown = read(anna, address(library))
    assert "Lönar det sig att läsa det mest riskabla först?" in shown
    assert "32 maskintexter som människor har bedömt: 32 stickprov" in words(shown)


def test_carin_switches_a_check_off_and_on_again(library: Library) -> None:
    with library.database.writing() as session:
        page = build_assessed(session, library.town.site_id, share=0)
    carin = library.browser("carin")
    assert "Switch off<span" in carin.get(address(library)).text
    done = carin.post(address(library, "/checks/number/off"), {"language": "en"})
    assert done.headers["Location"].endswith("/quality?language=en#checks")
    shown = read(carin, address(library))
    assert "switched off" in shown
    bench = f"/sites/{library.town.slug}/pages/{page.page_id}/en?segment={page.key(LANES)}"
    assert "The Swedish says 6" not in carin.get(bench).text
    carin.post(address(library, "/checks/number/on"), {"language": "en"})
    assert "switched off" not in read(carin, address(library)).split("A check that is switched off")[0]
    with library.database.reading() as session:
        logged = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("check.%"))).all()
    assert logged == ["check.switch_off", "check.switch_on"]


def test_anna_sees_the_checks_and_may_not_switch_them(library: Library) -> None:
    anna = library.browser("anna")
    assert "Switch off" not in anna.get(address(library)).text
    assert anna.post(address(library, "/checks/number/off")).status_code == 403
    assert anna.post(address(library, "/train"), {"language": "en"}).status_code == 403
    assert anna.post(address(library, "/settings"), {"audit_share": "5", "retrain_every": "200"}).status_code == 403


def test_a_check_nobody_knows_is_not_found(library: Library) -> None:
    assert library.browser("carin").post(address(library, "/checks/nonsense/off")).status_code == 404


def test_carin_changes_spot_checks_and_training(library: Library) -> None:
    carin = library.browser("carin")
    carin.post(address(library, "/settings"), {"audit_share": "7,5", "retrain_every": "500", "language": "en"})
    with library.database.reading() as session:
        found = settings_of(session, library.town.site_id)
    assert (found.audit_share, found.retrain_every) == (0.075, 500)
    assert 'value="7.5"' in carin.get(address(library)).text


@pytest.mark.parametrize(("share", "every"), [("many", "200"), ("101", "200"), ("5", "3"), ("5", "")])
def test_a_setting_that_cannot_be_is_refused_in_a_sentence_and_stays_in_the_box(
    library: Library, share: str, every: str
) -> None:
    carin = library.browser("carin")
    answer = carin.post(address(library, "/settings"), {"audit_share": share, "retrain_every": every})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{share}"' in answer.text


def test_carin_has_a_model_learned_as_a_job(library: Library) -> None:
    judge(library, 26)
    carin = library.browser("carin")
    assert "Learn now" in carin.get(address(library)).text
    answer = carin.post(address(library, "/train"), {"language": "en"})
    assert "/jobs/" in answer.headers["Location"]
    with library.database.reading() as session:
        assert session.scalars(select(Job.name).where(Job.id.in_(library.jobs.sent))).all() == ["train_quality"]
        assert set(session.scalars(select(Judgement.sample))) == {Sample.AUDIT}
    assert "Learn the risk from corrections" in carin.get(answer.headers["Location"]).text


def test_a_language_without_a_model_says_so(library: Library) -> None:
    shown = read(library.browser("anna"), address(library, "?language=ar"))
    assert "The risk is not validated for this language" in shown
    assert "No model is in use." in shown
    assert "There is no lexicon for this language" in shown
    assert "train-lexicon --site alvby --language ar" in read(
        library.browser("carin"), address(library, "?language=ar")
    )
    with library.database.writing() as session:
        page = build_assessed(session, library.town.site_id, share=0, language="ar")
    bench = read(library.browser("anna"), f"/sites/{library.town.slug}/pages/{page.page_id}/ar")
    assert "No risk is shown: it is not validated for Arabic" in bench


def test_strangers_and_wrong_addresses_find_nothing(library: Library) -> None:
    anna = library.browser("anna")
    assert anna.get("/sites/noise/quality").status_code == 404
    assert anna.get(address(library, "?language=de")).status_code == 404


def test_carin_is_told_how_a_plugin_that_was_chosen_gets_usable(library: Library) -> None:
    assert "Plug-ins that are chosen" not in read(library.browser("carin"), address(library))
    before = library.app.extensions["review_app"]
    settings = before.settings.model_copy(update={"quality_plugins": frozenset({"comet"})})
    library.app.extensions["review_app"] = replace(before, settings=settings)
    told = "<strong>comet</strong>: No model is named. Set REVIEW_APP_COMET_MODEL"
    assert told in read(library.browser("carin"), address(library))
    assert told not in read(library.browser("anna"), address(library))
