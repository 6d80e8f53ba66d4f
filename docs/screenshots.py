"""Takes the README's screenshots from the demonstration, served for the purpose.

    python docs/screenshots.py

Needs the tools of ``python3 dev.py test`` (Playwright and a Chromium).
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

from dev import find_browser  # noqa: E402 - the project's root has to be found first
from review_app.cli.demo import PASSWORD  # noqa: E402


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def sign_in(page: Page, base: str, who: str) -> None:
    page.goto(f"{base}/sign-in")
    page.fill("input[name=email]", f"{who}@example.se")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_load_state()


def link(page: Page, pattern: str) -> str:
    """Return the first link of the page that matches."""
    addresses = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return next(address for address in addresses if re.search(pattern, address))


def take(page: Page, base: str, public: str) -> None:
    sign_in(page, base, "anna")
    page.goto(f"{base}/sites/overkalix/pages?q=bygglov")
    page.goto(base + link(page, r"/pages/\d+/en") + "?show=flagged&segment=s023")
    page.screenshot(path=IMAGES / "bench.png")
    page.goto(f"{base}/sites/overkalix/reports?language=en")
    page.screenshot(path=IMAGES / "report.png")
    page.context.clear_cookies()
    sign_in(page, base, "bo")
    page.goto(base + link(page, "/submissions/"))
    page.screenshot(path=IMAGES / "desk.png")
    page.goto(f"{public}/overkalix/en/kommun/vision-strategi")
    page.screenshot(path=IMAGES / "public.png")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    port, public_port = free_port(), free_port()
    base, public = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{public_port}"
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "review_app", "demo", "--data", data]
        server = subprocess.Popen([*command, "--port", str(port), "--public-port", str(public_port)], cwd=ROOT)
        try:
            wait_for(f"{base}/sign-in")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=str(find_browser()), args=["--no-sandbox"] if os.geteuid() == 0 else []
                )
                page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="sv-SE", device_scale_factor=1)
                take(page, base, public)
                browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
