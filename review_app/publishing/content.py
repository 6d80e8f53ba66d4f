"""Puts published passages into the page and takes out its main content, sanitised, for the public template."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

import nh3
import turbohtml

from review_app.languages import direction
from review_app.pages.document import Document
from review_app.publishing.notice import LEFT_OUT, MARK_LINK, MARK_MACHINE, MARK_OLDER, MARK_SOURCE, Say
from review_app.publishing.passages import PassageKind
from review_app.segments.rules import Rule
from review_app.segments.weave import Passage, weave
from review_app.text.bidi import isolate_phone_numbers

MAIN = ("main", "[role=main]", "article", "body")
"""Where a page's own content is, the best first."""

AROUND = ("nav", "header", "footer", "aside", "script", "style", "noscript", "template", "form", "dialog")
"""What stands around the content when a page does not say where that is."""

TAGS = set(nh3.ALLOWED_TAGS) | {"main", "section", "article", "figure", "figcaption", "h1", "label", "button"}
ATTRIBUTES = {
    "*": {"lang", "dir", "id", "title", "class"},
    "span": {"data-passage"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
}
OUR_CLASSES = {"passage", "passage-machine", "passage-source", "mark"}

_LINK = re.compile(
    r'(?P<before><a\b[^>]*\bhref=")(?P<address>[^"]*)(?P<rest>"[^>]*>.*?</a>)'
    r'( <span class="mark link-out">[^<]*</span>)?',
    re.DOTALL,
)
LEFT_OUT_LINK = 'class="left-out"'

_PASSAGE = re.compile(r'<span\b[^>]*\bdata-passage="(?P<place>[0-9.]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Links:
    """What a site's pages are called: by address on the website those published in a language; by path here, all."""

    published: Mapping[str, str]
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage as the public sees it."""

    block: int
    position: int
    kind: PassageKind
    text: str


def weave_page(
    document: Document,
    passages: Sequence[Shown],
    language: str,
    source_language: str,
    say: Say,
    rules: Sequence[Rule] = (),
) -> str:
    """Return the whole page with its passages in place, marked where no person has read them."""
    replacements = {(shown.block, shown.position): _passage(shown, source_language, say) for shown in passages}
    if direction(language) == "rtl":
        replacements = {
            place: replace(passage, text=isolate_phone_numbers(passage.text)) for place, passage in replacements.items()
        }
    return weave(document, replacements, rules)


def main_content(page: str, *, base_url: str) -> str:
    """Return the sanitised main content of a page, its addresses absolute."""
    root = _main(page)
    if root.tag == "body":
        for element in root.select(", ".join(AROUND)):
            element.decompose()

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "class":
            return " ".join(c for c in value.split() if c in OUR_CLASSES) or None
        if name == "href":
            return urljoin(base_url, value)
        if name == "src":
            return urljoin(base_url, value) if urlsplit(urljoin(base_url, value)).scheme in {"http", "https"} else None
        return value

    return nh3.clean(
        root.inner_html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto", "tel"},
    )


def split_after_heading(html: str) -> tuple[str, str]:
    """Return the content up to its first main heading, and the rest: the notice stands between them."""
    heading, found, rest = html.partition("</h1>")
    return (heading + found, rest) if found else ("", html)


def left_out(page: str, *, base_url: str) -> list[tuple[str, str]]:
    """Return what the public content cannot hold: frames and forms, each with its words and where it is to be found."""
    found: dict[str, str] = {}
    root = _main(page)
    if root.tag == "body":
        for element in root.select(", ".join(tag for tag in AROUND if tag != "form")):
            element.decompose()
    for element in root.select("iframe[src], form"):
        address = urljoin(base_url, str(element.attr("src") or "")) if element.tag == "iframe" else base_url
        if urlsplit(address).scheme in {"http", "https"}:
            words = str(element.attr("title") or element.attr("aria-label") or "").strip()
            found.setdefault(address, words or urlsplit(address).netloc)
    return [(words, address) for address, words in found.items()]


def with_left_out(html: str, elsewhere: Sequence[tuple[str, str]], source_language: str, say: Say) -> str:
    """Append to sanitised content the list of what it had to leave out."""
    items = "".join(
        f'<li><a {LEFT_OUT_LINK} href="{escape(address)}" rel="noopener" hreflang="{source_language}">'
        f"{escape(words)}</a></li>"
        for words, address in elsewhere
    )
    return f"{html}<h2>{escape(say(LEFT_OUT))}</h2><ul>{items}</ul>" if items else html


def linked(html: str, links: Links, say: Say) -> str:
    """Let the links of sanitised content lead to what is published now, and mark those that lead out of it.

    Content that was linked before is linked anew: pages are published and withdrawn all the time.
    """
    label = f' <span class="mark link-out">{escape(say(MARK_LINK))}</span>'

    def link(match: re.Match[str]) -> str:
        if LEFT_OUT_LINK in match["before"]:  # leads to the website, also where that page is published here
            return f"{match['before']}{match['address']}{match['rest']}{label}"
        page, mark, place = unescape(match["address"]).partition("#")
        address = links.addresses.get(page, page)
        path = links.published.get(address.rstrip("/"))
        leads_out = path is None and address.startswith(("http:", "https:"))
        target = escape((path or address) + mark + place)
        return f"{match['before']}{target}{match['rest']}{label if leads_out else ''}"

    return _LINK.sub(link, html)


def with_older(html: str, places: Collection[str], say: Say) -> str:
    """Mark the passages of sanitised content whose Swedish is another one now."""
    label = f'<span class="mark">{escape(say(MARK_OLDER))}</span> '
    return _PASSAGE.sub(lambda match: match[0] + (label if match["place"] in places else ""), html)


def with_passages(html: str, openings: Mapping[str, str]) -> str:
    """Open the passages of sanitised content by other tags, by place, ``block.position``; others stay as they are."""
    return _PASSAGE.sub(lambda match: openings.get(match["place"], match[0]), html)


def passage_places(html: str) -> set[str]:
    """Return the places of the passages that sanitised content holds; none in what older programs published."""
    return {match["place"] for match in _PASSAGE.finditer(html)}


def _main(page: str) -> turbohtml.Element:
    tree = turbohtml.parse(page)
    return next(found for found in (tree.select_one(selector) for selector in MAIN) if found is not None)


def _passage(shown: Shown, source_language: str, say: Say) -> Passage:
    place = f'data-passage="{shown.block}.{shown.position}"'
    if shown.kind is PassageKind.READ:
        return Passage(shown.text, before=f'<span class="passage" {place}>', after="</span>")
    if shown.kind is PassageKind.MACHINE:
        label = escape(say(MARK_MACHINE))
        return Passage(
            shown.text,
            before=f'<span class="passage passage-machine" {place}>',
            after=f' <span class="mark">{label}</span></span>',
        )
    label = escape(say(MARK_SOURCE))
    spoken = f'lang="{source_language}" dir="{direction(source_language)}"'
    return Passage(
        shown.text,
        before=f'<span class="passage passage-source" {place} {spoken}>',
        after=f'</span> <span class="mark">{label}</span>',
    )
