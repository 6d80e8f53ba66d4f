"""Every number of the reports leads to what it counts: each page is walked, each link followed, each count compared."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.service import person_actor
from review_app.annotations.sampling import Outputs, Sampled
from review_app.checks.service import add_reader_flag
from review_app.checks.states import FlagState
from review_app.checks.tables import Flag
from review_app.quality.sampling import Sample
from review_app.quality.tables import Judgement
from review_app.review import decisions
from review_app.review import service as review
from review_app.scoring.references import keep_references
from review_app.translations.service import newest_revisions
from tests.builders import HTML, Town, build_page
from tests.reports.many import references, sources
from tests.reports.test_marked import draw_all, mark
from tests.web.conftest import Browser, House
from tests.web.library import BOOKS, LOAN, RULES
from tests.web.test_reports import REPORT, fill

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "use", "path", "line", "rect", "circle"}


QUIET = {"form", "h1", "h2", "time", "code", "th", "option"}
"""Where no number of a report stands: what one may choose, names of things with their versions, days, signatures."""

QUIET_CLASSES = {"sentences", "method", "pager", "message"}
"""Texts of the site, how things are measured, which part of a list is shown, and what a page warns of."""

EXCEPTIONS = (
    r"chrF2\+\+|F1 of",  # names
    r"95% interval|95 %",  # the level that all intervals have
    r"per 100 words|[oO]f (the )?100\b|0 to 100|1 is full agreement; for alpha, 0 is what chance gives",  # units
    r"(at least|fewer than|From|Below) 30|30 (is|are) the least",  # from where on figures are given
    r"\([\d.]+%?–[\d.]+%?\)",  # an interval stands beside the figure it is of, which leads there
    r"[\d.]+ a sentence",  # as does the mean of a sentence
    r"\(p [<=] [\d.]+\)",  # and how likely chance is, beside the difference
    r"^0$|\b0 (?=spot checks)",  # nothing is behind nothing
    r"shipped-\d+|after every [\d,]+ judged texts|of 30%|holds 20%",  # a model's name, a setting, examples
    # What a model or a lexicon was learned from and tried on is not kept text by text, only how many there were.
    r"number \d+, |from [\d,]+ sentences and [\d,]+ words|On [\d,]+ sentences|\d+ times of 100|\d+ of \d+ would",
)
"""What a number without a link may be."""


class Numbers(HTMLParser):
    """Collects links whose text is a number, and whatever else holds a number and is none of the exceptions."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.linked: list[tuple[str, str]] = []
        self.shares: list[str] = []
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[\s\u00a0\u202f,]", "", data)
        link = next((attrs for tag, attrs in self.open if tag == "a"), None)
        inside = {tag for tag, _ in self.open}
        if not re.search(r"\d", text) or "svg" in inside or "nav" in inside:
            return
        if link is not None:
            number = re.sub(r"\D+(reports?)$", "", text)
            own = self.shares if "figure" in (link.get("class") or "") or not number.isdecimal() else None
            address = link.get("href") or ""
            if own is None:
                self.linked.append((number, address))
            else:
                own.append(address)
        elif not inside & QUIET and not set(self._classes()) & QUIET_CLASSES and not self._counts_a_list():
            left = " ".join(data.split())
            for allowed in EXCEPTIONS:
                left = re.sub(allowed, "", left)
            self.bare += [left] if re.search(r"\d", left) else []

    def _counts_a_list(self) -> bool:
        return any("data-count" in attrs for _, attrs in self.open)

    def _classes(self) -> list[str]:
        return " ".join(attrs.get("class") or "" for _, attrs in self.open).split()


def numbers(page: str) -> Numbers:
    found = Numbers()
    main = page.split("<main", 1)[1].partition(">")[2].split("</main>", 1)[0]
    found.feed(main.split('<nav class="downloads', 1)[0])
    return found


class Lists:
    """Opens the lists behind numbers, each address once, and says how many rows they have."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.known: dict[str, int] = {}

    def count(self, address: str) -> int:
        address = address.partition("#")[0]
        if address not in self.known:
            got = self.browser.get(address, Accept_Language="en")
            assert got.status_code == 200, address
            told = re.search(r'data-count="(\d+)"', got.text)
            assert told, address
            self.known[address] = int(told[1])
        return self.known[address]


def much_happened(house: House) -> None:
    """Two pages are read, one of them in part; flags, submissions, a reader's report, a new version, and risks."""
    fill(house)
    with house.installation.database.writing() as session:
        anna, bo = (person_actor(session, house.people[name]) for name in ("anna", "bo"))
        page = build_page(session, house.site)
        library = page.page_id
        ruled = newest_revisions(session, [page.segment(RULES).segment_id], "en")[page.segment(RULES).segment_id]
        flag = session.scalars(select(Flag).where(Flag.revision_id == ruled.id)).first()
        assert flag
        review.dismiss(session, anna, library, "en", page.key(RULES), flag_id=flag.id, state=FlagState.DISMISSED)
        review.save(
            session, anna, library, "en", page.key(BOOKS), text="You may borrow 20 books at a time.", based_on=1
        )
        review.accept(session, anna, library, "en", page.key(LOAN), based_on=1)
        loan = newest_revisions(session, [one.segment_id for one in page.segments], "en")[page.segment(LOAN).segment_id]
        add_reader_flag(session, loan, "Not four!", "")
        returned = decisions.submit(session, anna, library, "en")
        decisions.send_back(session, bo, returned, comment="Once more")
        review.save(session, anna, library, "en", page.key(LOAN), text="You keep it for four weeks.", based_on=2)
        decisions.submit(session, anna, library, "en")
        build_page(session, house.site, html=HTML.replace("vardagar", "lördagar"))
        carin, pairs = person_actor(session, house.people["carin"]), zip(sources(20), references(20), strict=True)
        keep_references(session, carin, house.site, "en", pairs, "by-hand.tsv")
        mark_some(session, Town(house.site, "alvby", {"anna": anna, "bo": bo, "carin": carin}))
        for place, judgement in enumerate(session.scalars(select(Judgement))):
            judgement.risk = (place % 10) / 10
            judgement.sample = Sample.AUDIT if place % 3 == 0 else Sample.TRIAGE


def mark_some(session: Session, town: Town) -> None:
    """Both engines' texts of every sentence are marked, by Anna and by Bo, and some are found wrong."""
    draw_all(session)
    mark(session, town, town.anna, town.bo, sampled=Sampled.AUDIT, outputs=Outputs.ALL)


def walk(browser: Browser, lists: Lists, address: str) -> Numbers:
    """Follow every number of a page: what it leads to counts as many."""
    got = browser.get(address, Accept_Language="en")
    assert got.status_code == 200, address
    found = numbers(got.text)
    assert found.bare == [], (address, found.bare)
    for number, leads_to in found.linked:
        if "/reports/" not in leads_to and "/quality/judged" not in leads_to:
            continue
        assert lists.count(leads_to) == int(number), (address, number, leads_to)
    for leads_to in found.shares:
        if "/reports/" in leads_to or "/quality/judged" in leads_to:
            lists.count(leads_to)
    return found


PAGES = [
    *("", "/engines", "/pages", "/errors", "/errors?category=accuracy", "/trend", "/trend?step=week"),
    *("/languages", "/reviewing", "/readers", "/method", "/marked", "/marked?marked=same"),
]
"""The pages of the reports; *Flags and risk*, with the triage curve, has an address of its own."""


@pytest.mark.parametrize(
    "query",
    [
        "",
        "engine=fake&page=lana&sample=triage",
        "engine=fake&sample=audit&class=normal",
    ],
)
def test_every_number_leads_to_as_many(house: House, anna: Browser, query: str) -> None:
    much_happened(house)
    seen, lists = 0, Lists(anna)
    assert len(walk(anna, lists, f"/sites/alvby/quality?language=en&{query}").linked) >= 1
    for page in PAGES:
        joined = f"{REPORT}{page}{'&' if '?' in page else '?'}language=en&{query}"
        seen += len(walk(anna, lists, joined).linked)
    assert seen > 60 if not query else seen > 5
