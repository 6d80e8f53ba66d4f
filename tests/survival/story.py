"""One run: people take pages in, have them translated, correct and approve them, while machines die at seeded moments.

Afterwards the database is compared with what was acknowledged: nothing may be lost, and nothing be there twice.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TypeVar

from sqlalchemy.orm import Session

from review_app.db import Database, is_away
from review_app.jobs.states import JobState
from tests.survival.counting_engine import sent_twice, translation
from tests.survival.person import Person
from tests.survival.records import PageRecords, jobs_of, page_id_of, page_records, segments_of
from tests.survival.town import PAGES, STALE_AFTER, WORKERS, Machines

T = TypeVar("T")

SENTENCES = 60
SAVED_AT_ONCE, SAVED_LATER = 3, 4
"""Sentences of a page that are written while it is being translated, and after."""

EVENTS = ("kill a worker", "kill a web process", "restart the database")
MORE = ("kill a worker", "kill a web process", "freeze a worker", "restart the database")
"""What happens in every run, and of what one more thing is."""

STEPS = 1 + SAVED_AT_ONCE + SAVED_LATER + 2
"""Forms that are sent for a page."""

LONGEST_DELAY = 0.3
"""Seconds from a step to an event, at most."""

ENDS_WITHIN = 180.0
"""Seconds until a job that has not ended by itself is taken for one that never does."""


@dataclass
class Outcome:
    """What happened, and what was found wrong: each list must be empty."""

    events: Counter[str] = field(default_factory=Counter)
    saves: int = 0
    approvals: int = 0
    jobs: int = 0
    tried_again: int = 0
    characters: int = 0
    characters_twice: int = 0
    batches_twice: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unended: list[str] = field(default_factory=list)

    @property
    def batches_in_flight(self) -> int:
        """How many batches may have been sent again: those that a worker had sent when it, or the database, died."""
        workers = self.events["kill a worker"] + self.events["freeze a worker"]
        return workers + WORKERS * self.events["restart the database"]


@dataclass
class PageStory:
    """A page, and what was acknowledged of it."""

    path: str
    sentences: list[str]
    page_id: int = 0
    saved: dict[str, str] = field(default_factory=dict)
    approved: bool = False


class Steps:
    """Counts what people do, so that things happen at moments of the work and not of the clock."""

    def __init__(self) -> None:
        self._count = 0
        self._over = False
        self._more = threading.Condition()

    def next(self) -> None:
        """Count one more."""
        with self._more:
            self._count += 1
            self._more.notify_all()

    def end(self) -> None:
        """Say that there will be no more."""
        with self._more:
            self._over = True
            self._more.notify_all()

    def reached(self, number: int) -> bool:
        """Wait until so many are done; false when there will not be."""
        with self._more:
            self._more.wait_for(lambda: self._over or self._count >= number)
            return not self._over


def run_story(machines: Machines, seed: int, slug: str) -> Outcome:
    """Let it all happen, and return what was found."""
    outcome, random, steps = Outcome(), Random(seed), Steps()
    site_id = machines.new_site(slug)
    pages = [PageStory(f"sida-{n}", _sentences(slug, n)) for n in range(PAGES)]
    before = sum(person.tried_again for desk in machines.desks for person in desk.values())
    trouble = threading.Thread(target=_make_trouble, args=(machines, Random(seed), steps, outcome))
    trouble.start()
    try:
        with ThreadPoolExecutor(PAGES) as together:
            work = [
                together.submit(PageWork(machines, site_id, f"/sites/{slug}", page, desk, own, steps).do)
                for page, desk, own in zip(pages, machines.desks, [Random(random.random()) for _ in pages], strict=True)
            ]
            for done in work:
                done.result()
    finally:
        steps.end()
        trouble.join()
    outcome.tried_again = sum(person.tried_again for desk in machines.desks for person in desk.values()) - before
    outcome.unended += wait_for_jobs(machines.database, site_id)
    outcome.jobs = len(ask(machines.database, lambda session: jobs_of(session, site_id, None)))
    _compare(machines, site_id, slug, pages, outcome)
    return outcome


def _sentences(slug: str, page: int) -> list[str]:
    return [f"Mening {n} på sida {page} i {slug} handlar om kommunen." for n in range(SENTENCES)]


def _make_trouble(machines: Machines, random: Random, steps: Steps, outcome: Outcome) -> None:
    """Do the events, in any order and each at some step of the people's, until these are done."""
    events = [*EVENTS, random.choice(MORE)]
    random.shuffle(events)
    moments = sorted(random.sample(range(1, PAGES * STEPS), len(events)))
    for event, moment in zip(events, moments, strict=True):
        if not steps.reached(moment):
            return
        time.sleep(random.uniform(0, LONGEST_DELAY))
        outcome.events[event] += 1
        if event == "kill a worker":
            random.choice(machines.workers).kill()
        elif event == "kill a web process":
            random.choice(machines.web).kill()
        elif event == "restart the database":
            machines.restart_database(random.choice(["fast", "immediate"]))
        else:
            frozen = random.choice(machines.workers)
            frozen.freeze()
            time.sleep(1.5 * STALE_AFTER)
            frozen.thaw()


@dataclass
class PageWork:
    """What three people do with one page."""

    machines: Machines
    site_id: int
    at: str
    page: PageStory
    desk: dict[str, Person]
    random: Random
    steps: Steps

    def do(self) -> None:
        """Take the page through: in, translated, corrected, submitted, approved and published."""
        self._import()
        self.page.page_id = ask(
            self.machines.database, lambda session: page_id_of(session, self.site_id, self.page.path)
        )
        here = f"{self.at}/pages/{self.page.page_id}/en"
        for sentence in self.random.sample(self.page.sentences, SAVED_AT_ONCE):
            self._save(here, sentence)
        wait_for_jobs(self.machines.database, self.site_id, self.page.page_id)
        left = [sentence for sentence in self.page.sentences if sentence not in self.page.saved]
        for sentence in self.random.sample(left, SAVED_LATER):
            self._save(here, sentence)
        submitted = self.desk["anna"].post(f"{here}/submit", {})
        assert submitted.status_code == 303, submitted.text
        self.steps.next()
        form = {"basis": "reads", "publish": "1", "comment": ""}
        approved = self.desk["bo"].post(f"{submitted.headers['Location']}/approve", form)
        assert approved.status_code == 303, approved.text
        self.page.approved = True
        self.steps.next()

    def _import(self) -> None:
        lines = "".join(f"<p>{sentence}</p>" for sentence in self.page.sentences)
        body = f"<!doctype html><html lang=sv><title>{self.page.sentences[0]}</title><main>{lines}</main></html>"
        form, file = {"path": self.page.path, "translate": "en"}, ("sida.html", body.encode())
        while (answer := self.desk["carin"].post(f"{self.at}/import", form, file)).status_code == 409:
            pass  # sent again while the first was still being stored
        assert answer.status_code == 303, answer.text
        self.steps.next()

    def _save(self, here: str, sentence: str) -> None:
        """Write a sentence's translation, again where the machine was quicker."""
        text = f"Anna says: {translation(sentence)}"
        while True:
            found = ask(self.machines.database, lambda session: segments_of(session, self.page.page_id)[sentence])
            form = {"text": text, "based_on": str(found.newest), "next": "1"}
            answer = self.desk["anna"].post(f"{here}/segments/{found.key}/save", form)
            if answer.status_code == 303:
                break
            assert answer.status_code == 409, answer.text
        self.page.saved[sentence] = text
        self.steps.next()


def wait_for_jobs(database: Database, site_id: int, page_id: int | None = None) -> list[str]:
    """Wait until every job of a site, or of one page, has ended by itself; returns what has not, or not well."""
    deadline = time.monotonic() + ENDS_WITHIN
    while True:
        jobs = ask(database, lambda session: jobs_of(session, site_id, page_id))
        if (jobs and all(job.state.over for job in jobs)) or time.monotonic() > deadline:
            return [f"{job.name} {job.state} {job.error or ''}" for job in jobs if job.state != JobState.DONE]
        time.sleep(0.1)


def _compare(machines: Machines, site_id: int, slug: str, pages: list[PageStory], outcome: Outcome) -> None:
    """Hold what is stored against what was acknowledged."""
    for page in pages:
        outcome.saves += len(page.saved)
        outcome.approvals += page.approved
        found = ask(machines.database, partial(page_records, site_id=site_id, path=page.path))
        outcome.lost += [f"{page.path}: {what}" for what in _lost(page, found)]
        outcome.doubled += [f"{page.path}: {what}" for what in _doubled(page, found)]
    batches = machines.engine.batches_of(f"i {slug} ")
    outcome.characters = sum(len(text) for batch in batches for text in batch)
    outcome.characters_twice, outcome.batches_twice = sent_twice(batches)


def _lost(page: PageStory, found: PageRecords) -> list[str]:
    lost = [sentence for sentence in page.sentences if sentence not in found.sources]
    lost += [text for text in page.saved.values() if not found.people[text]]
    lost += [f"no draft and no text of anybody: {source}" for source in found.sources if not found.revisions[source]]
    lost += [f"not asked of the engine: {source}" for source in found.sources if not found.machine[source]]
    lost += [f"revisions {numbers}" for numbers in found.numbers if numbers != list(range(1, len(numbers) + 1))]
    lost += ["the approval"] if page.approved and not found.decisions else []
    lost += ["the publication"] if page.approved and not found.live else []
    lost += [f"unchecked: {count}" for count in [found.unchecked] if count]
    return lost


def _doubled(page: PageStory, found: PageRecords) -> list[str]:
    twice = [f"source {source}" for source, count in found.sources.items() if count > 1]
    twice += [f"machine translation of {source}" for source, count in found.machine.items() if count > 1]
    twice += [f"draft of {source}" for source, count in found.drafts.items() if count > 1]
    twice += [text for text, count in found.people.items() if count > 1]
    twice += [f"nobody asked for: {text}" for text in found.people if text not in page.saved.values()]
    counts = {
        "page": (found.pages, 1),
        "version": (found.versions, 1),
        "submission": (found.submissions, 1),
        "decision": (found.decisions, 1),
        "publication": (found.publications, 1),
        "audit rows of edits": (found.edits, len(page.saved)),
        "audit rows of approvals": (found.approvals, 1),
    }
    return twice + [f"{name}: {count}" for name, (count, most) in counts.items() if count > most]


def ask(database: Database, question: Callable[[Session], T]) -> T:
    """Read something from the database, which may be restarting."""
    deadline = time.monotonic() + ENDS_WITHIN
    while True:
        try:
            with database.reading() as session:
                return question(session)
        except Exception as error:
            if not is_away(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
