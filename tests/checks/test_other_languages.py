"""Faults that municipalities meet in Finnish and Arabic, written by hand, and right translations beside them."""

from pathlib import Path

import pytest

from review_app.checks import check_pair
from review_app.quality.shipped import shipped_model

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("fi", "ar")


def cases(language: str) -> list[tuple[str, str, str]]:
    """Return check, source and target of each; a right translation has no check."""
    lines = (CASES / f"sv-{language}.tsv").read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(check, source, target) for check, source, target in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_flagged_by_its_check_and_nothing_that_is_right(language: str) -> None:
    found = cases(language)
    assert sum(bool(check) for check, _, _ in found) >= 20
    missed, false = [], []
    for check, source, target in found:
        flagged = {finding.check for finding in check_pair(source, target, "sv", language)}
        if check and check not in flagged:
            missed.append((check, target))
        if not check and flagged:
            false.append((flagged, target))
    assert (missed, false) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_risk_ships_for_them(language: str) -> None:
    assert shipped_model("sv", language) is None
