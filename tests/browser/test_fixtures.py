"""The browser fixtures notice what they should: a test that cannot fail proves nothing."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, PageLog

PAGES = {
    "/fine": '<!doctype html><html lang="en"><title>Fine</title><main><h1>Fine</h1><p>All is well.</p></main>',
    "/inline": '<!doctype html><html lang="en"><title>Inline</title><h1 style="color:red">x</h1>',
    "/script": '<!doctype html><html lang="en"><title>Script</title><script src="/script.js"></script>',
    "/script.js": "console.error('told'); throw new Error('thrown')",
    "/bare": '<!doctype html><html><title>Bare</title><main><h1>x</h1><img src="/x.png"></main>',
    "/broad": '<!doctype html><html lang="en"><title>Broad</title><table width="900"><tr><td>x</table>',
}


class Handler(BaseHTTPRequestHandler):
    """Serves PAGES under the policy of the product."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'")
        self.end_headers()
        self.wfile.write((body or "<!doctype html><title>Nowhere</title>").encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter's given name
        """Stay silent."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_sound_page_is_silent(page: Page, page_log: PageLog, axe: Callable[..., list[str]], site: str) -> None:
    page.goto(f"{site}/fine")
    assert axe(page) == []
    assert page_log.unexpected() == []


def test_a_breach_of_the_policy_is_noticed(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(f"{site}/inline")
    assert any("Content Security Policy" in complaint for complaint in page_log.unexpected())
    page_log.expect("Content Security Policy")


def test_console_errors_and_exceptions_are_noticed(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(f"{site}/script")
    noticed = " ".join(page_log.unexpected())
    assert "told" in noticed
    assert "thrown" in noticed
    page_log.expect("told|thrown")


def test_an_expected_status_is_allowed(page: Page, page_log: PageLog, site: str) -> None:
    page_log.expect("404")
    page.goto(f"{site}/nowhere")
    assert any("404" in complaint for complaint in page_log.complaints)


def test_axe_names_what_is_missing(page: Page, page_log: PageLog, axe: Callable[..., list[str]], site: str) -> None:
    page_log.expect("x.png")
    page.goto(f"{site}/bare")
    assert {violation.split(" ")[0] for violation in axe(page)} == {"html-has-lang", "image-alt"}


def test_a_page_wider_than_a_phone_is_noticed(
    narrow_page: Page, sideways_scroll: Callable[[Page], int], site: str
) -> None:
    narrow_page.goto(f"{site}/broad")
    assert narrow_page.viewport_size == {"width": NARROW, "height": 844}
    assert sideways_scroll(narrow_page) > 0
