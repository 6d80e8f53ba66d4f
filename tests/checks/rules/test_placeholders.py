"""What the check of links and markup says, in both languages."""

import pytest

from review_app.checks import check_pair, describe
from review_app.checks.finding import Finding

SOURCE = "Ansök i <1>e-tjänsten</1> eller <2>ring oss</2><3/>"


def _told(source: str, target: str) -> list[Finding]:
    return [finding for finding in check_pair(source, target, "sv", "en") if finding.check == "placeholders"]


def _words(findings: list[Finding], language: str = "en") -> list[str]:
    return [describe(finding.message_id, finding.values, language) for finding in findings]


def test_a_lost_pair_is_one_finding_that_names_its_words() -> None:
    found = _told(SOURCE, "Apply in the e-service or <2>call us</2><3/>")
    assert _words(found) == ["The link or other markup on “e-tjänsten” is lost."]
    assert _words(found, "sv") == ["Länken eller annan märkning på ”e-tjänsten” är borta."]
    assert [SOURCE[slice(*one.source_span)] for one in found if one.source_span] == ["<1>e-tjänsten</1>"]
    assert [one.severity for one in found] == ["critical"]


def test_what_is_lost_is_told_in_the_order_of_the_text() -> None:
    found = _told("<10>Sök</10> och <2>läs <3>mer</3></2><1/>", "Search and read more")
    assert [dict(one.values) for one in found] == [
        {"inside": "Sök"},
        {"inside": "läs mer"},
        {"inside": "mer"},
        {"expected": "<1/>"},
    ]


@pytest.mark.parametrize(
    ("target", "lost"),
    [
        ("Apply in <1>the e-service or <2>call us</2><3/>", ["</1>"]),
        ("Apply in the e-service</1> or <2>call us</2><3/>", ["<1>"]),
        ("Apply in <1>the e-service</1> or <2>call us</2>", ["<3/>"]),
    ],
)
def test_half_a_pair_and_what_holds_no_words_are_named_as_they_stand(target: str, lost: list[str]) -> None:
    assert [one.values["expected"] for one in _told(SOURCE, target)] == lost


def test_a_pair_around_nothing_is_named_as_it_stands() -> None:
    assert _words(_told("Ring<1></1>", "Call")) == [
        "<1></1> of the Swedish is missing: a link or other markup would be lost."
    ]
