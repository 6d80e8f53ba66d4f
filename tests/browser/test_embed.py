"""The script on the customer's own page, in Chromium, from another origin and under a strict policy."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from review_app.pages.document import read_document
from review_app.pages.markup import Kind
from review_app.publishing.embedding import block_key
from review_app.resources import DEMO_CORPUS
from review_app.web.static_files import STATIC_FILES
from tests.browser.tiny_site import Answer, tiny_site
from tests.shared_data import SHARED_DATA, needs_shared_data

PATH = "/kommun/vision-strategi"
VISION = (DEMO_CORPUS / "vision-strategi" / "page.html").read_text("utf-8")
CASES = json.loads((Path(__file__).parents[1] / "publishing" / "embed_keys.json").read_text("utf-8"))
SCRIPT = (STATIC_FILES / "embed.js").read_text("utf-8")
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
BODY = "document.body.innerHTML"


def policy(origin: str) -> dict[str, str]:
    """A customer's policy, as strict as it can be: nothing inline, and only the script and its answers from us."""
    return {
        "Content-Security-Policy": f"default-src 'none'; script-src 'self' {origin}; connect-src {origin}; "
        "style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'"
    }


def with_script(html: str, origin: str, attributes: str = "") -> str:
    tag = f'<script src="{origin}/embed.js" data-site="overkalix" {attributes} defer></script>'
    return html.replace("</head>", tag + "</head>", 1)


@contextmanager
def customer(html: str, origin: str, path: str = PATH, attributes: str = "") -> Iterator[str]:
    """Serve a page of the customer's at an origin of its own; yields its address."""
    page = html.replace('href="/assets/overkalix.css"', 'href="data:text/css,"')
    with tiny_site({path: Answer(with_script(page, origin, attributes), headers=policy(origin))}) as site:
        yield site + path


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def opened(still_demo, new_page, page_log) -> Iterator[Page]:
    """The seed's page with the script, opened."""
    page_log.expect("ERR_|Failed to load resource|overkalix.css|vapen|image|stylesheet|violates")  # its own pictures
    with customer(VISION, still_demo.public) as address:
        page = new_page()
        page.goto(address)
        expect(page.get_by_role("button", name="English", exact=True)).to_be_visible()
        yield page


def test_choosing_a_language_and_going_back(opened: Page) -> None:
    page = opened
    before = page.evaluate(BODY)
    choose(page, "English")
    expect(page.locator("h1")).to_have_text("Vision & strategy")
    assert page.title().startswith("Vision & strategy")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert page.locator("meta[name=description]").get_attribute("content").startswith("The vision")
    notice = page.locator("[data-review-app] [role=status]")
    expect(notice).to_contain_text("Translated from Swedish by machine")
    assert "/-/report/overkalix/en/kommun/vision-strategi" in str(notice.locator("a").last.get_attribute("href"))
    assert page.get_by_role("button", name="English", exact=True).get_attribute("aria-pressed") == "true"
    choose(page, "Svenska")
    expect(page.locator("h1")).to_have_text("Vision & strategi")
    assert page.evaluate(BODY) == before
    assert page.evaluate("document.documentElement.lang") == "sv"


def test_links_and_their_handlers_stay(opened: Page) -> None:
    page = opened
    page.evaluate("document.querySelectorAll('a').forEach((a, i) => { a.number = i; })")
    addresses = "[...document.querySelectorAll('a')].map(a => [a.number, a.href])"
    before = page.evaluate(addresses)
    choose(page, "English")
    expect(page.locator("h1")).to_have_text("Vision & strategy")
    assert page.evaluate(addresses) == before


def test_the_choice_is_remembered_in_the_browser_alone(opened: Page) -> None:
    page = opened
    choose(page, "English")
    expect(page.locator("h1")).to_have_text("Vision & strategy")
    page.reload()
    expect(page.locator("h1")).to_have_text("Vision & strategy")
    assert page.context.cookies() == []
    assert page.evaluate("Object.entries(localStorage)") == [["review-app-language", "en"]]


def test_text_that_is_added_or_changed_later(opened: Page) -> None:
    page = opened
    choose(page, "English")
    expect(page.locator("h1")).to_have_text("Vision & strategy")
    page.evaluate("document.querySelector('main').insertAdjacentElement('beforeend', document.createElement('p'))")
    page.evaluate("document.querySelector('main').lastElementChild.textContent = 'Arbeta för en hållbar utveckling'")
    expect(page.locator("main > p").last).to_have_text("Work for sustainable development")
    page.evaluate("document.querySelector('h1').firstChild.data = 'Näringslivsstrategi'")
    expect(page.locator("h1")).to_have_text("Business strategy")
    page.evaluate("document.querySelector('h1').firstChild.data = 'Något alldeles nytt'")
    expect(page.locator("h1")).to_have_attribute("lang", "sv")
    choose(page, "Svenska")
    expect(page.locator("h1")).to_have_text("Något alldeles nytt")
    expect(page.locator("main > p").last).to_have_text("Arbeta för en hållbar utveckling")


def test_the_page_with_the_chooser_has_no_breach_of_wcag(opened: Page, axe) -> None:
    own = axe(opened)
    choose(opened, "English")
    expect(opened.locator("h1")).to_have_text("Vision & strategy")
    assert [breach for breach in axe(opened) if "data-review-app" in breach] == []
    assert len(axe(opened)) <= len(own)


def test_a_page_that_is_not_public_gets_no_chooser(still_demo, new_page) -> None:
    page = new_page()
    with (
        customer("<html lang=sv><head></head><body><p>Hej</p></body></html>", still_demo.public, "/annat") as address,
        page.expect_response("**/api/v1/**") as answer,
    ):
        page.goto(address)
    assert answer.value.json()["languages"] == []
    assert page.locator("[data-review-app]").count() == 0


@pytest.mark.parametrize(
    "answer",
    [Answer("no", status=500, headers=OPEN), Answer("{", headers=OPEN), Answer('{"languages": null}', headers=OPEN)],
    ids=["an error", "no JSON", "other JSON"],
)
def test_whatever_fails_the_page_stays_as_it_is(new_page, page_log, answer: Answer) -> None:
    page_log.expect("500|Failed to load resource")
    page = new_page()
    with (
        tiny_site({"/embed.js": SCRIPT_ANSWER, "/api/v1/sites/overkalix/embed/source/p": answer}) as origin,
        customer("<html lang=sv><head></head><body><p>Hej</p></body></html>", origin, "/p") as address,
        page.expect_console_message(lambda message: "review-app" in message.text),
    ):
        page.goto(address)
    assert page.evaluate(BODY) == "<p>Hej</p>"


SCRIPT_ANSWER = Answer(SCRIPT, kind="text/javascript", headers=OPEN)


def shout(text: str) -> str:
    """Put brackets around a text, inside the white space around it."""
    core = text.strip().strip("\ufeff")
    return text.replace(core, f"⟦{core}⟧", 1) if core else text


def shouted(runs: Any, opened: list[list[Any]]) -> list[Any]:
    """Return a block's parts with brackets around each text."""
    number = 0
    for run in runs:
        if run.tag in {"script", "style", "template", "noscript"}:
            continue
        if run.kind is Kind.TEXT:
            opened[-1].append(shout(run.text))
        elif run.kind is Kind.CLOSE:
            opened.pop()
        else:
            opened[-1].append([number])
            number += 1
            if run.kind is Kind.OPEN:
                opened.append(opened[-1][-1])
    return opened[0]


def keys_of(html: str) -> list[str]:
    return [block_key(block.runs) for block in read_document(html.encode()).blocks if not block.attribute]


@contextmanager
def shouting(html: str, language: str = "ar", **more: Any) -> Iterator[str]:
    """Serve a page whose every block has a translation: itself in brackets."""
    document = read_document(html.encode())
    blocks = [
        {"key": block_key(block.runs), "parts": shouted(block.runs, [[]]), "machine": False}
        for block in document.blocks
        if not block.attribute
    ]
    tags = [{"tag": "sv", "name": "Svenska", "direction": "ltr"}, {"tag": language, "name": "Ny", "direction": "rtl"}]
    words = {"language": "Language", "machine": "machine", "report": "Tell us", "failed": "Failed"}
    base = {"source": "sv", "languages": tags, "words": words, "answers": "", "report": "x", "direction": "ltr"}
    none = {**base, "language": None, "notice": None, "blocks": None, "attributes": None}
    full = {**base, "language": language, "direction": "rtl", "notice": "N", "blocks": blocks, "attributes": [], **more}
    answers = {
        "/embed.js": SCRIPT_ANSWER,
        "/api/v1/sites/overkalix/embed/source/p": Answer(json.dumps(none), kind="application/json", headers=OPEN),
        "/api/v1/sites/overkalix/embed/sv/p": Answer(json.dumps(none), kind="application/json", headers=OPEN),
        f"/api/v1/sites/overkalix/embed/{language}/p": Answer(json.dumps(full), kind="application/json", headers=OPEN),
    }
    with tiny_site(answers) as origin, customer(html, origin, "/p") as address:
        yield address


def bare(body: str) -> str:
    return f"<!doctype html><html lang=sv><head></head><body><main>{body}</main></body></html>"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_keys_and_placing(new_page, case: Mapping[str, Any]) -> None:
    """The script finds each block by the key that Python gives it, puts every text in, and takes it back."""
    page = new_page()
    with shouting(bare(case["html"])) as address:
        page.goto(address)
        expect(page.get_by_role("button", name="Ny")).to_be_visible()
        before = page.evaluate("document.querySelector('main').innerHTML")
        choose(page, "Ny")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        after = page.evaluate("document.querySelector('main').innerHTML")
        assert [key.replace("⟦", "").replace("⟧", "") for key in keys_of(bare(after))] == case["keys"]
        assert all("⟦" in key for key in keys_of(bare(after)))
        choose(page, "Svenska")
        expect(page.locator("html")).not_to_have_attribute("dir", "rtl")
        assert page.evaluate("document.querySelector('main').innerHTML") == before


def test_a_field_keeps_what_was_typed_and_the_caret(new_page) -> None:
    page = new_page()
    html = bare("<form><label>Namn <b>här</b> <input name='n'></label></form>")
    swapped = [{"key": "Namn <1>här</1> <2/>", "parts": [[1], " ", [0, "here"], " name"], "machine": False}]
    with shouting(html, blocks=swapped) as address:
        page.goto(address)
        expect(page.get_by_role("button", name="Ny")).to_be_visible()
        page.locator("input").fill("Åsa")
        page.locator("input").focus()
        page.evaluate(
            "document.querySelector('[data-review-app]').shadowRoot.querySelector('[lang=ar]')"
            ".dispatchEvent(new MouseEvent('click'))"
        )
        expect(page.locator("label")).to_have_text("here name")
        assert page.locator("input").input_value() == "Åsa"
        expect(page.locator("input")).to_be_focused()


def test_what_nobody_read_is_marked_and_swedish_is_named(new_page) -> None:
    page = new_page()
    html = bare("<p>Hej. Hallå.</p><p>Okänt</p><div>Löst <p>Hej. Hallå.</p></div>")
    parts = ["Hello. ", {"source": ["Hallå."]}]
    with shouting(html, blocks=[{"key": "Hej. Hallå.", "parts": parts, "machine": True}]) as address:
        page.goto(address)
        expect(page.get_by_role("button", name="Ny")).to_be_visible()
        before = page.evaluate("document.querySelector('main').innerHTML")
        choose(page, "Ny")
        expect(page.locator("p").first).to_have_text("Hello. Hallå.machine")
        swedish = page.evaluate("[...document.querySelectorAll('main [lang=sv]')].map(e => [e.textContent, e.dir])")
        assert swedish == [["Hallå.", "ltr"], ["Okänt", "ltr"], ["Löst ", "ltr"], ["Hallå.", "ltr"]]
        choose(page, "Svenska")
        expect(page.locator("p").first).to_have_text("Hej. Hallå.")
        assert page.evaluate("document.querySelector('main').innerHTML") == before


def test_forms_send_what_the_swedish_page_would_send(new_page) -> None:
    page = new_page()
    html = bare("<form><select name=s><option>Ett</option></select><input type=submit name=go value=Nu></form>")
    with shouting(html, attributes=[{"name": "value", "key": "Nu", "text": "Now"}]) as address:
        page.goto(address)
        choose(page, "Ny")
        expect(page.locator("option")).to_have_text("⟦Ett⟧")
        assert page.evaluate("document.querySelector('select').value") == "Ett"
        assert page.locator("input").get_attribute("value") == "Nu"


def test_content_that_the_page_moves_is_never_lost(new_page) -> None:
    page = new_page()
    with shouting(bare("<div><i>Okänt</i> löst <p>Känt</p></div>"), blocks=[]) as address:
        page.goto(address)
        choose(page, "Ny")
        expect(page.locator("main span[lang=sv]")).to_have_count(1)
        page.evaluate(
            "const old = document.querySelector('main div'), fresh = document.createElement('section');"
            "while (old.firstChild) fresh.append(old.firstChild); old.replaceWith(fresh);"
        )
        choose(page, "Svenska")
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        assert page.locator("main section").inner_text().split() == ["Okänt", "löst", "Känt"]


def test_a_copy_of_translated_text_is_not_called_swedish(new_page) -> None:
    page = new_page()
    with shouting(bare("<p>Känt</p>")) as address:
        page.goto(address)
        choose(page, "Ny")
        expect(page.locator("main p")).to_have_text("⟦Känt⟧")
        page.evaluate("document.querySelector('main').append(document.querySelector('p').cloneNode(true))")
        expect(page.locator("main p")).to_have_count(2)
        page.wait_for_function("document.querySelectorAll('main p').length === 2")
        assert page.locator("main p").last.get_attribute("lang") is None


def test_a_script_that_insists_on_its_text_wins_and_the_page_lives(new_page) -> None:
    page = new_page()
    with shouting(bare("<p>Känt</p>")) as address:
        page.goto(address)
        page.evaluate(
            "const p = document.querySelector('p'); new MutationObserver(() => {"
            "if (p.textContent !== 'Känt') p.textContent = 'Känt'; }).observe(p, "
            "{childList: true, characterData: true, subtree: true})"
        )
        choose(page, "Ny")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("main p")).to_have_text("Känt")


@needs_shared_data
def test_real_pages_are_swapped_and_restored(new_page, page_log) -> None:
    """In Chromium, on real pages, at least 97 of 100 blocks find their translation, and all go back."""
    page_log.expect("ERR_|Failed to load|violates|Refused|Trusted|stylesheet")
    page: Page = new_page()
    found = total = 0
    for file in sorted((SHARED_DATA / "pages").glob("*.html"))[::4]:
        html = read_document(file.read_bytes()).text
        if "</head>" not in html:
            continue
        with shouting(html) as address:
            page.goto(address, wait_until="domcontentloaded")
            expect(page.get_by_role("button", name="Ny", exact=True)).to_have_count(1)
            before = page.evaluate(BODY)
            page.evaluate("document.querySelector('[data-review-app]').shadowRoot.querySelector('[lang=ar]').click()")
            expect(page.locator("html")).to_have_attribute("lang", "ar")
            texts = page.evaluate(TEXTS)
            found, total = found + sum("⟦" in text for text in texts), total + len(texts)
            page.evaluate("document.querySelector('[data-review-app]').shadowRoot.querySelector('[lang=sv]').click()")
            expect(page.locator("html")).not_to_have_attribute("lang", "ar")
            assert page.evaluate(BODY) == before, file.name
    assert found / total > 0.97, (found, total)


TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const skipped = parent.closest("script, style, noscript, textarea, template, code, svg, [translate=no]");
    if (!skipped && /\\p{L}/u.test(walker.currentNode.data)) found.push(walker.currentNode.data);
  }
  return found;
}"""
