"""A Chromium for the tests that walk through the product as a person does.

Every test gets a fresh context, and fails when the page wrote an error to the console, threw one, or ran into the
content security policy. A test that means to provoke an answer of status 4xx says so: ``page_log.expect("409")``.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from dev import BROWSER_VARIABLE, find_browser
from tests.browser.served_demo import Demo, prepare_demo, served

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# axe lets aria-describedby name an element that is not there.
DANGLING = """() => [...document.querySelectorAll("[aria-describedby], [aria-labelledby], label[for]")]
  .flatMap((each) => ["aria-describedby", "aria-labelledby", "for"]
    .flatMap((name) => (each.getAttribute(name) ?? "").split(/\\s+/)))
  .filter((id) => id && !document.getElementById(id))"""

WIDE = 1280
NARROW = 390
HEIGHTS = {WIDE: 900, NARROW: 844}

FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # containers give /dev/shm 64 MB
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that ``-m "not browser"`` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@dataclass  # no slots: Playwright hangs its wrapper on the object of a bound method
class PageLog:
    """What the pages of one test complained about."""

    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Allow complaints that match this regular expression from now on."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        """Return the complaints that no expectation covers."""
        return [text for text in self.complaints if not any(re.search(known, text) for known in self.expected)]

    def watch(self, page: Page) -> None:
        """Collect what this page complains about."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        # Chromium reports a blocked script or style as an error, too; some reports come as warnings.
        if "the document's frame is sandboxed" in message.text and "allow-scripts" in message.text:
            return  # what a test puts into every document, its clock, does not run in the page's frame
        if message.type == "error" or "Content Security Policy" in message.text:
            address = message.location.get("url", "")
            self.complaints.append(f"console: {message.text} ({address})")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as driver:
        yield driver


def chromium_path(playwright: Playwright) -> str | None:
    """Return the Chromium to use: the one dev.py found, else Playwright's own."""
    own = playwright.chromium.executable_path
    return find_browser() or (own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run; a missing one is a failure in CI and a skip elsewhere."""
    path = chromium_path(playwright)
    if path is None:
        sentence = f"no Chromium: run `python3 dev.py test`, or name one in {BROWSER_VARIABLE}"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Chromium refuses its sandbox to root, as whom containers run.
    flags = [*FLAGS, "--no-sandbox"] if as_root else FLAGS
    chromium = playwright.chromium.launch(executable_path=path, args=flags)
    yield chromium
    chromium.close()


@pytest.fixture
def page_log() -> Iterator[PageLog]:
    """What the pages complain about; at the end of the test nothing unexpected may be left."""
    log = PageLog()
    yield log
    assert log.unexpected() == []


@pytest.fixture
def new_page(browser: Browser, page_log: PageLog) -> Iterator[Callable[..., Page]]:
    """Open pages that share nothing: one for each person of a test.

    ``new_page(width=NARROW, locale="sv-SE", java_script_enabled=False, base_url=…)``: the width in CSS pixels,
    everything else as Playwright's ``new_context`` takes it.
    """
    contexts: list[BrowserContext] = []

    def open_page(width: int = WIDE, **options: Any) -> Page:
        viewport = {"width": width, "height": HEIGHTS.get(width, 900)}
        settings = {"viewport": viewport, "locale": "en-GB", "reduced_motion": "reduce", **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)  # milliseconds
        contexts.append(context)
        context.on("page", page_log.watch)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def width(request: pytest.FixtureRequest) -> int:
    """Run the test at both widths: a desk and a phone."""
    return int(request.param)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A wide page of its own."""
    return new_page()


@pytest.fixture
def narrow_page(new_page: Callable[..., Page]) -> Page:
    """A page as on a phone."""
    return new_page(width=NARROW)


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Look for breaches of WCAG 2.2 AA, and for names of elements that are not there: ``assert axe(page) == []``."""
    source = AXE.read_text("utf-8")

    def violations(page: Page, *, leave_out: tuple[str, ...] = ()) -> list[str]:
        page.evaluate(source)
        rules = {rule: {"enabled": False} for rule in leave_out}
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "rules": rules, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        dangling = page.evaluate(DANGLING)
        return [f"no element has the id {name}" for name in dangling] + [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture(scope="session")
def sideways_scroll() -> Callable[[Page], int]:
    """By how many CSS pixels a page is wider than its window: ``assert sideways_scroll(page) == 0``."""

    def measure(page: Page) -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    return measure


@pytest.fixture(scope="session")
def prepared_demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A demonstration's data folder, filled once: by the first process that wants it, for all of them."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo").exists():
            filled = tmp_path_factory.mktemp("demo")
            prepare_demo(filled)
            filled.rename(shared / "demo")
    return shared / "demo"


@pytest.fixture
def demo(prepared_demo: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demonstration of the test's own: what it changes is gone afterwards."""
    with served(prepared_demo, tmp_path / "demo") as running:
        yield running


@pytest.fixture(scope="session")
def still_demo(prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration for tests that only look."""
    with served(prepared_demo, tmp_path_factory.mktemp("still")) as running:
        yield running
