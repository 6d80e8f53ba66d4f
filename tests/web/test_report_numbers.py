"""Every number of the reports leads to what it counts: each page is walked, each link followed, each count compared."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from review_app.accounts.service import person_actor
from review_app.checks.service import add_reader_flag
from review_app.checks.states import FlagState
from review_app.checks.tables import Flag
from review_app.quality.sampling import Sample
from review_app.quality.tables import Judgement
from review_app.review import decisions
from review_app.review import service as review
from review_app.scoring.references import keep_references
from review_app.translations.service import newest_revisions
from tests.builders import HTML, build_page
from tests.reports.many import references, sources
from tests.web.conftest import Browser, House
from tests.web.library import BOOKS, LOAN, RULES
from tests.web.test_reports import REPORT, fill

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "use", "path", "line", "rect", "circle"}


class Numbers(HTMLParser):
    """Collects links whose text is a number, and cells and bold words that hold a number without any link."""

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

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
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
        elif self._counts() and text != "0":
            self.bare.append(text)

    def _counts(self) -> bool:
        """Say whether this is where numbers stand: a cell of numbers or a leading sentence, but not an interval."""
        classes = " ".join(attrs.get("class") or "" for _, attrs in self.open).split()
        tags = [tag for tag, _ in self.open]
        leading = {"lead", "whole"} & set(classes) and "b" in tags
        return ("num" in classes and "td" in tags and "muted" not in classes) or bool(leading)


def numbers(page: str) -> Numbers:
    found = Numbers()
    found.feed(page.split("<main", 1)[1].split("</main>", 1)[0].split('<nav class="downloads', 1)[0])
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
        for place, judgement in enumerate(session.scalars(select(Judgement))):
            judgement.risk = (place % 10) / 10
            judgement.sample = Sample.AUDIT if place % 3 == 0 else Sample.TRIAGE


def walk(browser: Browser, lists: Lists, address: str) -> Numbers:
    """Follow every number of a page: what it leads to counts as many."""
    got = browser.get(address, Accept_Language="en")
    assert got.status_code == 200, address
    found = numbers(got.text)
    assert found.bare == [], (address, found.bare)
    for number, leads_to in found.linked:
        if leads_to.startswith("#") or ("/reports/" not in leads_to and "/quality/judged" not in leads_to):
            continue
        assert lists.count(leads_to) == int(number), (address, number, leads_to)
    for leads_to in found.shares:
        if "/reports/" in leads_to or "/quality/judged" in leads_to:
            lists.count(leads_to)
    return found


PAGES = [
    *("", "/engines", "/pages", "/errors", "/errors?category=accuracy", "/trend", "/trend?step=week"),
    *("/languages", "/reviewing", "/readers", "/method"),
]
"""The pages of the reports; *Flags and risk*, with the triage curve, has an address of its own."""


@pytest.mark.parametrize("query", ["", "engine=fake&page=lana&sample=triage"])
def test_every_number_leads_to_as_many(house: House, anna: Browser, query: str) -> None:
    much_happened(house)
    seen, lists = 0, Lists(anna)
    for page in PAGES:
        joined = f"{REPORT}{page}{'&' if '?' in page else '?'}language=en&{query}"
        seen += len(walk(anna, lists, joined).linked)
    assert seen > 60 if not query else seen > 20
    assert len(walk(anna, lists, "/sites/alvby/quality?language=en").linked) >= 1
