"""What the workers can do: every job by name, each a few steps over the services."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import structlog
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action
from review_app.app import create_app
from review_app.checks.service import reader_words, tell_in_swedish
from review_app.commissions.counting import COUNT, count_commission
from review_app.db import Database
from review_app.engines import engine_config, get_engine, look_ahead
from review_app.engines.contract import ANY_LANGUAGE, weight_of
from review_app.exchange.memory import take_in
from review_app.jobs.queue import InlineJobs
from review_app.jobs.runner import JobFunction, Progress, Running, never, run_job, unseen
from review_app.jobs.states import PACE, Pace
from review_app.notifications.mail import SEND_MAIL, send_waiting
from review_app.pages.crawls import Order, start_crawl
from review_app.pages.fetch import fetch
from review_app.pages.service import pages_of
from review_app.pages.visiting import Visitor
from review_app.publishing.service import publish_at_once
from review_app.quality import due
from review_app.quality.estimating import assess_segments
from review_app.quality.filling import fill
from review_app.quality.plugins import scorers_of
from review_app.quality.training import train
from review_app.reports.ordered import MAKE, keep_file
from review_app.review import recutting
from review_app.scoring import due as scores
from review_app.scoring.filling import fill_language
from review_app.segments.following import look_again, run_crawl
from review_app.segments.recutting import recut_page
from review_app.segments.service import import_page
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import rule_for, rules_of
from review_app.sites.service import site_by_id
from review_app.text.personal import may_be_personal
from review_app.translations.budget import counted
from review_app.translations.drafting import draft
from review_app.translations.gate import SharedGate
from review_app.translations.planning import plan
from review_app.translations.sharing import share_parts
from review_app.web.context import Installation
from review_app.web.report_files import file_for_job

SCORING_PROCESSES = 2
"""Processes that compute statistics when there are many: workers leave the rest of the machine to people."""

_LOG = structlog.get_logger(__name__)


def import_url(settings: Settings, job: Running) -> None:
    """Fetch a public page and take it in."""
    url = str(job.payload["url"])
    job.actor().require(Action.IMPORT, job.site_id)
    job.progress(0, 1)
    fetched = fetch(url, allowed_hosts=settings.fetch_hosts)
    with job.writing() as session:
        import_page(
            session,
            job.actor(),
            job.site_id,
            body=fetched.body,
            path=urlsplit(fetched.final_url).path,
            origin=fetched.final_url,
            charset=fetched.charset,
            url=fetched.final_url,
        )
        share_parts(session, job.actor(), job.site_id)
    job.progress(1, 1)


def crawl(settings: Settings, job: Running) -> None:
    """Take in the addresses of a crawl, and then what its pages share."""
    actor, crawl_id = job.actor(), int(job.payload["crawl_id"])
    actor.require(Action.IMPORT, job.site_id)
    run_crawl(job, Visitor(settings.fetch_hosts), actor, crawl_id, job.site_id, job.progress)
    with job.writing() as session:
        share_parts(session, actor, job.site_id)


def recut(settings: Settings, job: Running) -> None:
    """Cut the pages anew that somebody's decision of where a sentence ends has not reached."""
    with job.reading() as session:
        pages = recutting.cut_elsewhere(session, job.actor(), job.site_id, int(job.payload["rule"]))
    for number, page_id in enumerate(pages, start=1):
        job.step(number, len(pages), partial(recut_page, site_id=job.site_id, page_id=page_id))


def sync_site(settings: Settings, job: Running) -> None:
    """Look again at the pages of a site that came from its website; at one address only, if the payload names one."""
    actor, url = job.actor(), job.payload.get("url")
    actor.require(Action.IMPORT, job.site_id)
    with job.reading() as session:
        pages = [page for page in pages_of(session, job.site_id) if page.url and url in {None, page.url}]
    if url is not None and not pages:
        with job.writing() as session:
            order = Order(source=str(url), addresses=(str(url),), most_pages=1)
            crawl_id = start_crawl(session, actor, job.site_id, order)
        run_crawl(job, Visitor(settings.fetch_hosts), actor, crawl_id, job.site_id, job.progress)
    since = job.claim.asked_at if job.claim.attempt > 1 else None
    counts = look_again(job, Visitor(settings.fetch_hosts), actor, pages, job.progress, since=since)
    _LOG.info("site synced", job=job.job_id, **counts)
    with job.writing() as session:
        share_parts(session, actor, job.site_id)


def translate_page(settings: Settings, job: Running) -> None:
    """Draft whatever a page lacks in a language, and check it; batch by batch, so it can be repeated."""
    page_id, language = int(job.payload["page_id"]), str(job.payload["language"])
    actor = job.actor()
    with job.reading() as session:
        site = site_by_id(session, job.site_id)
        chosen = str(job.payload.get("engine") or site.engine_for(language))
    engine = get_engine(chosen, engine_config(settings, SharedGate(job.database)))
    look_ahead(engine, site.source_language, language)
    with job.reading() as session:
        planned = plan(session, actor, page_id, language, engine, job.claim.asked_at)
    segment_ids = [segment.segment_id for segment in planned.placed]
    whole = planned.missing + len(segment_ids)  # each is checked, too, also those that had a text

    def step(done: int, _missing: int, write: Callable[[Session], object]) -> None:
        job.step(done, whole, write)

    draft(job, planned, engine, step, job.actor)
    assess_segments(
        job, site, segment_ids, language, scorers_of(settings), lambda done: job.progress(planned.missing + done, whole)
    )
    if planned.page.policy(site, language) is LanguagePolicy.MACHINE_AT_ONCE:
        actor = job.actor()  # with the roles they have by now
        with job.finishing() as session:
            publish_at_once(session, actor, page_id, language)


def translate_report(settings: Settings, job: Running) -> None:
    """Put a machine's Swedish beside what a reader wrote, for those who translate the page.

    Text with an e-mail address or a long number is not sent anywhere, and what was written of a page that never leaves
    the house does not either. Readers write in any language: where the engine cannot find out which, the report stays
    as it is.
    """
    flag_id, language = int(job.payload["flag_id"]), str(job.payload["language"])
    job.actor().require(Action.CORRECT, job.site_id, language)
    with job.reading() as session:
        words = reader_words(session, flag_id)
        site = site_by_id(session, job.site_id)
        rule = rule_for(rules_of(session, job.site_id), str(job.payload.get("path", "")))
    engine = get_engine(site.engine_for(language), engine_config(settings, SharedGate(job.database)))
    may_leave = engine.terms.local or not rule.never_send
    if words and engine.detects and may_leave and not may_be_personal(words):
        with counted(job.database, site, engine, weight_of(engine, [words], ANY_LANGUAGE, site.source_language)):
            (result,) = engine.translate([words], ANY_LANGUAGE, site.source_language)
        if result.text and result.text.casefold() != words.casefold():
            with job.writing() as session:
                tell_in_swedish(session, flag_id, result.text)
    job.progress(1, 1)


def score_language(_settings: Settings, job: Running) -> None:
    """Store the statistics that the reports of a language are summed from."""
    job.actor().require(Action.READ, job.site_id)
    fill_language(job, job.site_id, str(job.payload["language"]), job.progress, processes=SCORING_PROCESSES)


def assess_language(settings: Settings, job: Running) -> None:
    """Check and estimate the texts of a language that newer checks, or a newer model, have not seen."""
    job.actor().require(Action.READ, job.site_id)
    with job.database.reading() as session:
        site = site_by_id(session, job.site_id)
    fill(job, site, str(job.payload["language"]), job.progress, scorers_of(settings))


def train_quality(settings: Settings, job: Running) -> None:
    """Learn a language's risk from the site's corrections; if the model is better, the texts are assessed by it."""
    with job.database.reading() as session:
        site = site_by_id(session, job.site_id)
    train(job, job.actor(), site, str(job.payload["language"]), scorers_of(settings))
    job.progress(1, 1)


def import_memory(_settings: Settings, job: Running) -> None:
    """Keep the pairs of a file in the translation memory."""
    take_in(job)


def make_report(settings: Settings, job: Running) -> None:
    """Make a file of a report as the person who asked for it may see it, and keep it for a day."""
    job.progress(0, 1)
    app = create_app(settings, Installation(settings, job.database, InlineJobs(lambda _job_id: None)))
    name, content = file_for_job(app, job.actor(), job.payload)
    with job.writing() as session:
        keep_file(session, job.job_id, job.site_id, name, content)
    job.progress(1, 1)


def count_words(_settings: Settings, job: Running) -> None:
    """Count the words of what an outside translator is given."""
    count_commission(job)


def job_functions(settings: Settings) -> dict[str, JobFunction]:
    """Return the jobs of this installation by name."""
    return {name: partial(function, settings) for name, function in JOBS.items()}


JOBS = {
    due.ASSESS: assess_language,
    COUNT: count_words,
    "crawl": crawl,
    "import_memory": import_memory,
    "import_url": import_url,
    scores.SCORE: score_language,
    SEND_MAIL: send_waiting,
    MAKE: make_report,
    recutting.JOB: recut,
    "sync_site": sync_site,
    due.TRAIN: train_quality,
    "translate_page": translate_page,
    "translate_report": translate_report,
}


def run(
    settings: Settings,
    database: Database,
    job_id: str,
    show: Progress = unseen,
    *,
    stopping: Callable[[], bool] = never,
    pace: Pace = PACE,
) -> None:
    """Run one job of this installation; ``show`` is told how far it has come, and it ends early once it is to stop."""
    run_job(database, job_functions(settings), job_id, show, stopping=stopping, pace=pace)
