"""The public page's content: the page's own main part, harmless whatever the source or a translation holds."""

import json

import pytest
import turbohtml

from review_app.pages.parsing import parse_guarded
from review_app.publishing.content import (
    Links,
    Shown,
    left_out,
    linked,
    main_content,
    weave_page,
    with_left_out,
    with_older,
)
from review_app.publishing.passages import PassageKind
from review_app.publishing.wording import house_wording
from review_app.segments.cutting import cut
from tests.shared_data import SHARED_DATA, needs_shared_data

BASE = "https://www.alvby.example/omsorg/"

HARMLESS = frozenset(
    "a abbr article b blockquote br button caption code dd div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img "
    "label li main ol p pre section small span strong sub sup table tbody td tfoot th thead tr u ul time del ins q "
    "cite kbd samp var mark s dfn wbr col colgroup center bdi bdo rp rt ruby details summary map area data acronym "
    "tt strike rtc aside footer header hgroup nav".split()
)


def content(html: str) -> str:
    return main_content(html, base_url=BASE)


def published(html: str, *texts: str, kind: PassageKind = PassageKind.READ, language: str = "en") -> str:
    """Return the content of a page whose segments were given these texts."""
    document = parse_guarded(html.encode(), None)
    shown = [Shown(one.block, one.position, kind, text) for one, text in zip(cut(document), texts, strict=True)]
    return content(weave_page(document, shown, language, "sv", house_wording(language).say))


def test_the_main_part_alone_is_shown() -> None:
    assert content("<nav>Meny</nav><main><p>Sida</p></main><footer>Fot</footer>") == "<p>Sida</p>"


def test_without_a_main_part_what_stands_around_it_goes() -> None:
    shown = content("<body><nav>Meny</nav><p>Sida</p><script>x()</script><form>Sök</form><footer>Fot</footer>")
    assert turbohtml.parse(shown).text.strip() == "Sida"


def test_addresses_become_absolute_and_scripts_in_them_go() -> None:
    shown = content(
        "<main><a href='../skola'>Skola</a><a href='java\tscript:alert(1)'>Fel</a><img src='/b.png'></main>"
    )
    assert 'href="https://www.alvby.example/skola"' in shown
    assert 'src="https://www.alvby.example/b.png"' in shown
    assert "script" not in shown


SAY = house_wording("en").say
SCHOOL = Links(
    published={"https://www.alvby.example/skola": "/alvby/en/skola"},
    addresses={
        "/alvby/en/skola": "https://www.alvby.example/skola/",
        "/alvby/en/vard": "https://www.alvby.example/vard/",
    },
)
OUT = ' <span class="mark link-out">not translated</span>'


def test_links_lead_to_the_translation_where_there_is_one() -> None:
    shown = linked('<a href="https://www.alvby.example/skola/#tider">Skola</a>', SCHOOL, SAY)
    assert shown == '<a href="/alvby/en/skola#tider">Skola</a>'


def test_links_that_lead_out_of_the_translation_say_so() -> None:
    html = (
        '<a href="https://www.alvby.example/blankett.pdf?a=1&amp;b=2">Blankett</a> och <a href="mailto:a@b.se">post</a>'
    )
    assert linked(html, SCHOOL, SAY) == html.replace("Blankett</a>", f"Blankett</a>{OUT}")


def test_links_follow_what_is_published_and_withdrawn_later() -> None:
    """Linking again what is linked: a page that came since, a page that went since, and nothing changed."""
    before = '<a href="https://www.alvby.example/skola">Skola</a>' + OUT + ' <a href="/alvby/en/vard#tid">Vård</a>'
    after = '<a href="/alvby/en/skola">Skola</a> <a href="https://www.alvby.example/vard/#tid">Vård</a>' + OUT
    assert linked(before, SCHOOL, SAY) == after
    assert linked(after, SCHOOL, SAY) == after


def test_frames_and_forms_are_listed_where_they_are_left_out() -> None:
    page = '<main><p>Sida</p><iframe src="/karta?a=1&amp;b=2" title="Karta & <b>"></iframe><form><input></form></main>'
    elsewhere = left_out(page, base_url=BASE)
    assert elsewhere == [
        ("Karta & <b>", "https://www.alvby.example/karta?a=1&b=2"),
        ("www.alvby.example", BASE),
    ]
    shown = turbohtml.parse_fragment(with_left_out("<p>Sida</p>", elsewhere, "sv", SAY))
    assert [link.text for link in shown.select("li a")] == ["Karta & <b>", "www.alvby.example"]
    assert left_out("<header><form>Sök</form></header><p>Sida</p>", base_url=BASE) == []
    assert left_out('<main><iframe src="javascript:alert(1)"></iframe></main>', base_url=BASE) == []


def test_phone_numbers_stay_in_order_where_text_runs_from_right_to_left() -> None:
    page = '<main><p>Ring <a href="tel:092655544">0926-555 44</a>.</p></main>'
    shown = published(page, "اتصل <1>0926-555 44</1>.", language="ar")
    assert "\u20660926-555 44\u2069</a>" in shown
    assert "\u2066" not in published(page, "Call <1>0926-555 44</1>.")


def test_what_is_left_out_is_reached_on_the_website_also_where_its_page_is_published() -> None:
    listed = with_left_out("<p>Sida</p>", [("Formulär", "https://www.alvby.example/skola")], "sv", SAY)
    once = linked(listed, SCHOOL, SAY)
    assert 'href="https://www.alvby.example/skola"' in once
    assert once.count("not translated</span>") == 1
    assert linked(once, SCHOOL, SAY) == once


def test_a_passage_whose_swedish_has_changed_is_marked() -> None:
    html = published("<main><p>Hej. Och hej.</p></main>", "Hello.", "And hello.")
    shown = with_older(html, {"0.1"}, SAY)
    assert shown.replace('<span class="mark">the Swedish has changed since</span> ', "", 1) == html
    assert shown.index("has changed since") > shown.index("Hello.")


def test_a_page_s_own_classes_and_styles_go_and_ours_stay() -> None:
    shown = content('<main><p class="mark evil" style="position:fixed" onclick="x()">Sida</p></main>')
    assert shown == '<p class="mark">Sida</p>'


def test_a_machine_text_is_marked_in_the_reader_s_language() -> None:
    shown = published("<main><p>Hej!</p></main>", "Hello!", kind=PassageKind.MACHINE)
    mark = '<span class="mark">machine, not yet read by a person</span>'
    assert shown == f'<p><span class="passage passage-machine" data-passage="0.0">Hello! {mark}</span></p>'


def test_swedish_that_is_left_says_that_it_is_swedish() -> None:
    shown = published("<main><p>Hej!</p></main>", "Hej!", kind=PassageKind.SOURCE, language="ar")
    assert '<span class="passage passage-source" data-passage="0.0" lang="sv" dir="ltr">Hej!</span>' in shown


def _attacks() -> list[str]:
    if not SHARED_DATA.exists():
        return ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>']
    lines = (SHARED_DATA / "security" / "xss.dev.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line)["s"] for line in lines if line]


@pytest.mark.parametrize("place", ["page", "correction"])
def test_no_attack_gets_through(place: str) -> None:
    """Neither a source page nor a translator's text can put anything active before the public."""
    for attack in _attacks():
        page = f"<main><p>Före {attack} efter</p></main>"
        shown = content(page) if place == "page" else published("<main><p>Hej!</p></main>", attack)
        for element in turbohtml.parse_fragment(shown).select("*"):
            assert element.tag in HARMLESS, (attack, element.tag)
            for name, value in element.attrs.items():
                assert not name.startswith("on"), attack
                assert name not in {"style", "srcdoc", "formaction", "http-equiv"}, attack
                scheme = str(value).split(":", 1)[0].strip().lower()
                assert scheme not in {"javascript", "vbscript", "data"} or name not in {"href", "src"}, attack


def test_an_attack_in_a_correction_reads_as_the_text_it_is() -> None:
    assert "&lt;script&gt;" in published("<main><p>Hej!</p></main>", "<script>alert(1)</script>")


@needs_shared_data
def test_real_pages_keep_their_words() -> None:
    """What a reader could read in the main part of a real page is in the public content."""
    for path in sorted((SHARED_DATA / "pages").glob("*.html"))[:8]:
        page = parse_guarded(path.read_bytes(), None).text
        tree = turbohtml.parse(page)
        root = tree.select_one("main")
        if root is None:
            continue
        for element in root.select("script, style, noscript, template, iframe, svg, form, select, textarea, object"):
            element.decompose()
        words = set(root.text.split())
        kept = set(turbohtml.parse_fragment(content(page)).text.split())
        assert len(words - kept) <= len(words) // 100, (path.name, sorted(words - kept)[:10])
