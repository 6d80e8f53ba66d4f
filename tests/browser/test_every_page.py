"""Every page, in both languages, light and dark, on a desk and a phone: no breach of WCAG, nothing too wide."""

import re

import pytest

from review_app.web.report_parts import PARTS
from tests.browser.conftest import HEIGHTS, NARROW, WIDE

STAFF_PAGES = {
    "anna": [
        "/",
        "/sites/overkalix/pages",
        "bench",
        "bench-stale",
        "bench-arabic",
        "/sites/overkalix/reports?language=en",
        *(f"/sites/overkalix/reports/{part}?language=en" for part in (*PARTS, "sentences") if part != "overview"),
        "/sites/overkalix/queue?language=en",
        "/sites/overkalix/queue?language=ar",
        "/sites/overkalix/queue?language=en&state=today",
        "/sites/overkalix/queue/dismiss?language=en&kind=number",
        "/sites/overkalix/queue/fix?language=en&kind=number",
        "places",
        "repeats",
        "/sites/overkalix/checks",
        "/account",
        "/sites/overkalix/recurring",
        "/sites/overkalix/memory?language=en&words=kommun",
        "/sites/overkalix/quality?language=en",
    ],
    "bo": ["/", "desk", "/approvals", "/notices"],
    "carin": [
        "/",
        "/sites/overkalix",
        "/sites/overkalix/log",
        "/sites/overkalix/people",
        "/sites/overkalix/people/1",
        "/sites/overkalix/words/ar",
        "/sites/overkalix/statement/en",
        "/sites/overkalix/references/en",
        "/sites/overkalix/open-data/en",
        "/sites/overkalix/engines",
        "/sites/overkalix/quality?language=en",
        "/sites/overkalix/quality?language=ar",
        "/sites/overkalix/assignments",
        "/sites/overkalix/commissions",
        "/sites/overkalix/jobs",
        "/sites/overkalix/glossary",
        "/sites/overkalix/memory",
        "/sites/overkalix/pages/1/en/translate",
        "/sites/overkalix/import",
        "/sites/overkalix/pages/1",
        "/sites/overkalix/pages/1/en/archive",
        "/sites/overkalix/pages/1/en/versions",
        "/help/states",
        "/archive/1",
        "/sites/overkalix/nowhere",
    ],
}
STRANGE = ["/sites/overkalix/pages", "/sites/overkalix/pages/2/en", "/sites/overkalix/log"]
"""A list, a bench and what only administrators see."""

PUBLIC_PAGES = [
    "/overkalix/en/",
    "/overkalix/sv/",
    "/overkalix/en/kommun/vision-strategi",
    "/overkalix/sv/kommun/vision-strategi",
    "/-/report/overkalix/en/kommun/vision-strategi",
    "/-/passages/overkalix/en/kommun/vision-strategi",
    "/-/accuracy/overkalix/en",
    "/overkalix/en/nowhere",
]
OF_A_SENTENCE = ("places", "repeats")
BENCHES = {"bench": ("bygglov", "en"), "bench-stale": ("snorojning", "en"), "bench-arabic": ("forskoleko", "ar")}


@pytest.mark.parametrize(
    ("language", "widths", "scheme"), [("sv-SE", (WIDE, NARROW), "light"), ("en-GB", (NARROW, WIDE), "dark")]
)
@pytest.mark.parametrize("who", STAFF_PAGES)
def test_staff_pages(still_demo, new_page, page_log, axe, sideways_scroll, language, widths, scheme, who) -> None:
    """Opened at one width, where axe looks; then drawn to the other."""
    page = new_page(width=widths[0], locale=language, color_scheme=scheme)
    page_log.expect("404")
    page.goto(f"{still_demo.staff}/sign-in")
    assert axe(page) == []
    still_demo.sign_in(page, who)
    for place in STAFF_PAGES[who]:
        if place in BENCHES:
            still_demo.open_page(page, *BENCHES[place])
        elif place in OF_A_SENTENCE:
            still_demo.open_page(page, "bygglov", "en")
            key = page.locator("#segments > li").first.get_attribute("data-key")
            page.goto(f"{page.url.split('?')[0]}/segments/{key}/{place}")
        elif place == "desk":
            page.goto(f"{still_demo.staff}/")
            page.locator("a[href*='/submissions/']").first.click()
            page.wait_for_url("**/submissions/*")
        else:
            page.goto(still_demo.staff + place)
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert axe(page) == [], place
        assert sideways_scroll(page) == 0, place
        for width in reversed(widths):
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            assert sideways_scroll(page) == 0, (place, width)


def test_a_stranger_is_shown_no_page_but_that_for_signing_in(still_demo, new_page, page_log, axe) -> None:
    page = new_page(width=NARROW, color_scheme="dark")
    page_log.expect("401|403")
    for address in STRANGE:
        page.goto(still_demo.staff + address)
        assert page.url.startswith(f"{still_demo.staff}/sign-in?next="), address
        assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
        assert "Bygglov" not in page.content()
        assert axe(page) == [], address
    page.get_by_label("E-mail address").fill("anna@example.se")
    page.get_by_label("Password").fill("not the right one")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").inner_text().startswith("The address or the password is not right.")
    still_demo.sign_in(page, "anna")
    assert page.goto(still_demo.staff + STRANGE[-1]).status == 403


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages(still_demo, new_page, page_log, axe, sideways_scroll, width, scheme) -> None:
    page = new_page(width=width, color_scheme=scheme)
    page_log.expect("404|ERR_|Failed to load resource")  # the website's own images are out of reach here
    for place in PUBLIC_PAGES:
        page.goto(still_demo.public + place)
        assert axe(page) == [], place
        assert sideways_scroll(page) == 0, place


def test_the_swedish_interface_speaks_swedish(still_demo, new_page) -> None:
    page = still_demo.sign_in(new_page(locale="sv-SE"), "anna")
    english = re.compile(r"\b(the|and|with|page|pages|save|next|flag|flags|sentence|read|search)\b", re.IGNORECASE)
    for address in ("/", "/sites/overkalix/pages"):
        page.goto(still_demo.staff + address)
        words = page.evaluate("document.querySelector('main').innerText + document.querySelector('header').innerText")
        assert english.findall(words) == []
