"""What holds of every text: order does not matter, spans lie inside, nothing raises, nothing explodes."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.checks import CHECKS, check_pair
from review_app.checks.pair import Pair
from tests.shared_data import SHARED_DATA, needs_shared_data

pieces = st.sampled_from(
    ["den 23 juni 2014", "kl. 14.00", "3 850", "12,5 %", "1 500 kr", "0926-740 00", "212000-0142", "956 81 Luleå",
     "www.exempel.se", "5 kap. 3 §", "Göteborg", "FN", "två", "1800-talet", "v. 32", "½", "mån–fre", "IV", "6/7"]
)  # fmt: skip
texts = st.lists(pieces, max_size=6).map(" och ".join)
FACTS = ("number", "date_time", "phone", "identity_number", "postal_code", "currency", "file_name", "link", "acronym")


@given(texts)
def test_a_text_against_itself_has_the_same_facts(text: str) -> None:
    pair = Pair(text, text, "sv", "sv")
    assert [found for key in FACTS for found in CHECKS[key].look(pair)] == []


@given(texts, texts, st.randoms())
def test_the_order_of_the_checks_does_not_matter(source: str, target: str, order: random.Random) -> None:
    shuffled = list(CHECKS)
    order.shuffle(shuffled)
    one, other = Pair(source, target, "sv", "en"), Pair(source, target, "sv", "en")
    first = {key: list(CHECKS[key].look(one)) for key in CHECKS}
    assert {key: list(CHECKS[key].look(other)) for key in shuffled} == first


@given(texts, texts)
def test_a_fix_names_what_it_replaces(source: str, target: str) -> None:
    for finding in check_pair(source, target, "sv", "en"):
        assert finding.fix is None or finding.target_span is not None
        assert finding.target_span is None or finding.fix != target[slice(*finding.target_span)]


@needs_shared_data
@pytest.mark.parametrize("language", ["en", "ar"])
def test_naughty_strings_are_judged(language: str) -> None:
    strings = json.loads((SHARED_DATA / "security" / "blns.json").read_text("utf-8"))
    for text, other in zip(strings, reversed(strings), strict=True):
        for finding in check_pair(text, other, "sv", language):
            for span, words in ((finding.source_span, text), (finding.target_span, other)):
                assert span is None or 0 <= span[0] <= span[1] <= len(words)
