"""What the script on the customer's page is given: keys that both sides compute alike, and a place for everything."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.pages.blocks import INLINE
from review_app.pages.document import Document, read_document
from review_app.pages.markup import UNTRANSLATED, VOID
from review_app.publishing.embedding import UNSEEN, Parts, block_key, swaps
from review_app.segments.cutting import cut
from review_app.web.static_files import STATIC_FILES
from tests.shared_data import SHARED_DATA, needs_shared_data

CASES = json.loads((Path(__file__).parent / "embed_keys.json").read_text("utf-8"))


def page(html: str) -> Document:
    return read_document(f'<!doctype html><html lang="sv"><body>{html}</body></html>'.encode())


def passages(document: Document, *texts: str, kind: str = "read") -> list[dict[str, Any]]:
    found = cut(document)
    given_texts = texts or [one.text for one in found]
    return [
        {"block": one.block, "position": one.position, "kind": kind, "text": text, "source": one.text}
        for one, text in zip(found, given_texts, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_keys(case: dict[str, Any]) -> None:
    """The same cases are tried in a browser, on the script (tests/browser/test_embed.py)."""
    assert [block_key(block.runs) for block in page(case["html"]).blocks if not block.attribute] == case["keys"]


def test_the_script_knows_the_same_elements() -> None:
    script = (STATIC_FILES / "embed.js").read_text("utf-8")
    for name, elements in (("INLINE", INLINE), ("VOID", VOID), ("UNTRANSLATED", UNTRANSLATED), ("UNSEEN", UNSEEN)):
        listed = script.split(f'const {name} = set("')[1].split('"')[0]
        assert set(listed.split()) == set(elements), name


def test_sentences_and_what_stands_between_them() -> None:
    document = page("<p>Ring <b>oss</b>. Vi <a href='/x'>svarar</a>.</p>")
    (swap,) = swaps(document, passages(document, "Call <1>us</1>.", "We <1>answer</1>.")).blocks
    assert swap.parts == ["Call ", [0, "us"], ". We ", [1, "answer"], "."]


def test_elements_may_change_places() -> None:
    document = page("<p>Läs <b>mer</b> om <a href='/x'>bygglov</a></p>")
    (swap,) = swaps(document, passages(document, "<2>Permits</2>: <1>more</1>")).blocks
    assert swap.parts == [[1, "Permits"], ": ", [0, "more"]]


def test_a_translation_that_has_lost_an_element_is_left_out() -> None:
    document = page("<p>Läs om <a href='/x'>bygglov</a> här</p><p>Hej</p>")
    assert [swap.key for swap in swaps(document, passages(document, "Read here", "Hello")).blocks] == ["Hej"]


def test_swedish_in_a_translated_block_says_so() -> None:
    document = page("<p>Hej. Hallå <b>där</b>.</p>")
    found = passages(document, "Hello.", "Hallå <1>där</1>.")
    found[1]["kind"] = "source"
    (swap,) = swaps(document, found).blocks
    assert swap.parts == ["Hello. ", {"source": ["Hallå ", [0, "där"], "."]}]


def test_a_block_of_which_nothing_is_translated_is_left_out() -> None:
    document = page("<p>Hej</p>")
    assert swaps(document, passages(document, kind="source")).blocks == ()


def test_machine_text_is_told() -> None:
    document = page("<p>Hej</p>")
    assert [swap.machine for swap in swaps(document, passages(document, "Hello", kind="machine")).blocks] == [True]


def test_attributes_go_by_name_and_value() -> None:
    document = page("<p>Text</p><img src='x' alt=' En  bild '><input type='submit' value='Sök'>")
    found = swaps(document, passages(document, "Text", "A picture", "Search")).attributes
    assert [tuple(one) for one in found] == [("alt", "En bild", "A picture"), ("value", "Sök", "Search")]


def read_back(parts: Parts) -> str:
    """Write parts as a key."""
    return "".join(
        part
        if isinstance(part, str)
        else read_back(part["source"])
        if isinstance(part, dict)
        else f"<{part[0] + 1}>{read_back(part[1:])}</{part[0] + 1}>"
        for part in parts
    )


MARKUP = st.recursive(
    st.sampled_from(["Ord. ", "två ord", "&nbsp;", " ", "Hej! ", "&lt;1&gt; "]),
    lambda inner: st.tuples(st.sampled_from(["b", "a", "em", "span"]), inner, inner).map(
        lambda made: f"<{made[0]}>{made[1]}</{made[0]}>{made[2]}"
    ),
    max_leaves=8,
)


@given(MARKUP)
def test_a_block_translated_by_itself_is_itself(markup: str) -> None:
    document = page(f"<p>Början {markup}</p>")
    for swap in swaps(document, passages(document)).blocks:
        assert " ".join(read_back(swap.parts).split(" ")).split() == swap.key.split()


@needs_shared_data
def test_every_block_of_real_pages_has_its_swap() -> None:
    for file in sorted((SHARED_DATA / "pages").glob("*.html")):
        document = read_document(file.read_bytes())
        keys = {block_key(block.runs) for block in document.blocks if not block.attribute}
        assert {swap.key for swap in swaps(document, passages(document)).blocks} == keys, file.name
