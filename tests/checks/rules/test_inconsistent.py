"""The same Swedish is told the same everywhere, as people wrote it in most places."""

import pytest

from review_app.checks.guide import Guide
from review_app.checks.rules.inconsistent import CHECK
from review_app.checks.written import Writing, Written, counted
from tests.checks.examples import flags, passes

APPLY = "Ansök om bygglov här."


def written(*texts: str) -> Guide:
    """Return the guide of a site whose people wrote these texts for the same sentence."""
    return Guide(written=Written({APPLY: counted((text, f"/{number}") for number, text in enumerate(texts))}))


@pytest.mark.parametrize(
    ("target", "elsewhere", "marked"),
    [
        ("Apply for planning permission here.", ["Apply for a building permit here."], ["planning permission"]),
        ("Apply here.", ["Apply for a building permit here."], ["Apply here."]),
        ("Seek permission.", ["Apply now.", "Apply now."], ["Seek permission."]),
        ("Apply for a building permit here.", ["Apply for a building permit here."], []),
        ("APPLY for a  building permit here", ["Apply for a building permit here."], []),
        ("Apply now.", ["Apply here.", "Apply now.", "Apply now."], []),  # most say so
        ("Apply now.", ["Apply here.", "Apply now."], ["now."]),  # nobody knows which of two is right
    ],
)
def test_a_text_is_held_against_what_people_wrote(target: str, elsewhere: list[str], marked: list[str]) -> None:
    assert flags(CHECK, APPLY, target, guide=written(*elsewhere)) == marked


def test_of_another_sentence_nothing_is_known() -> None:
    assert passes(CHECK, "Ansök om bidrag här.", "Apply for a grant here.", guide=written("Apply now."))


def test_what_reads_the_same_is_counted_together_the_most_frequent_first() -> None:
    texts = [("More", "/a"), ("Read more", "/b"), ("read more.", "/c")]
    assert counted(texts) == (Writing("Read more", "/b", 2), Writing("More", "/a", 1))
