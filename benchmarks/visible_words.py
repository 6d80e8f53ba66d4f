"""How much of what a reader sees of a page is in some segment, and how much of the segments no reader sees.

    python -m benchmarks.visible_words [FOLDER]

What a reader sees is Chromium's ``innerText`` of the body, without the parts in another language than the page's.
Both sides are compared as bags of words. Reads ../shared/data/pages, or the HTML files of FOLDER; needs the tools of
``python3 dev.py test``. Prints `name value unit` lines; pages are named where words are missing.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dev import find_browser
from review_app.pages.document import Document
from review_app.pages.parsing import parse_guarded
from review_app.segments.cutting import cut
from review_app.text.placeholders import PLACEHOLDER

PAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages"
LEAST, LEAST_OF_ONE, MOST_UNSEEN = 0.995, 0.97, 0.03

WORD = re.compile(r"\w+")

WITHOUT_OTHER_LANGUAGES = """() => {
  const primary = (tag) => tag.trim().split("-")[0].toLowerCase();
  const own = primary(document.documentElement.lang || "");
  for (const element of document.body.querySelectorAll("[lang]"))
    if (own && element.lang.trim() && primary(element.lang) !== own) element.remove();
  return document.body.innerText;
}"""


def main(folder: Path) -> None:
    """Print the shares, of all pages and of the worst."""
    seen, found, unseen, spoken = 0, 0, 0, 0
    worst: list[tuple[float, str, list[str]]] = []
    for path, visible, document in pages(folder):
        segments = words(cut(document), document)
        missing, extra = visible - segments["all"], segments["body"] - visible
        seen, found = seen + visible.total(), found + visible.total() - missing.total()
        unseen, spoken = unseen + extra.total(), spoken + segments["body"].total()
        share = 1 - missing.total() / visible.total() if visible else 1.0
        worst.append((share, path.name, [f"{word}×{count}" for word, count in missing.most_common(8)]))
        if extra.total() > MOST_UNSEEN * segments["body"].total():
            print(f"# {path.name}: {extra.total()} words unseen: {extra.most_common(8)}")
    worst.sort()
    for share, name, missing_words in worst:
        if share < LEAST:
            print(f"# {name}: {100 * share:.2f} %, missing {' '.join(missing_words)}")
    print(f"pages {len(worst)} pages")
    print(f"visible_words_in_segments {100 * found / seen:.3f} % (at least {100 * LEAST} %)")
    print(f"visible_words_in_segments.worst_page {100 * worst[0][0]:.3f} % (at least {100 * LEAST_OF_ONE} %)")
    print(f"segment_words_not_visible {100 * unseen / spoken:.3f} % (at most {100 * MOST_UNSEEN} %)")


def pages(folder: Path) -> Iterator[tuple[Path, Counter[str], Document]]:
    """Yield every page with the words that Chromium shows of it and the document read from it."""
    browser_path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_context(java_script_enabled=False, offline=True).new_page()
        for path in sorted(folder.glob("**/*.html")):
            document = parse_guarded(path.read_bytes(), None)
            yield path, visible_words(page, document), document
        browser.close()


def visible_words(page: Page, document: Document) -> Counter[str]:
    """Return the words that a reader of the page sees; scripts do not run, and neither does what replaces them."""
    page.set_content(re.sub(r"(?is)<noscript\b.*?</noscript>", "", document.text), wait_until="domcontentloaded")
    return Counter(WORD.findall(page.evaluate(WITHOUT_OTHER_LANGUAGES).casefold()))


def words(cuts, document: Document) -> dict[str, Counter[str]]:
    """Return the words of all segments, and of those that stand in the body's text."""
    counted = {"all": Counter(), "body": Counter()}
    attributes = {block.number for block in document.blocks if block.attribute}
    for one in cuts:
        text = PLACEHOLDER.sub(lambda match: " " if match["void"] else "", one.text)  # most are line breaks
        found = WORD.findall(text.casefold())
        counted["all"].update(found)
        if one.block not in attributes and one.kind != "title":
            counted["body"].update(found)
    return counted


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
