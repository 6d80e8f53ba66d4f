"""Texts that were made to break checks: none raises, and every span lies in its text."""

import json

from review_app.checks import check_pair
from tests.shared_data import SHARED_DATA, needs_shared_data


@needs_shared_data
def test_strings_that_break_text_fields_are_judged() -> None:
    strings = json.loads((SHARED_DATA / "security" / "blns.json").read_text("utf-8"))
    for index, text in enumerate(strings):
        other = strings[index - 1]
        for source, target in ((text, text), (text, other), ("Vi har inte öppet.", text), (text, "We are closed.")):
            for language in ("en", "ar"):
                for finding in check_pair(source, target, "sv", language):
                    for span, read in ((finding.source_span, source), (finding.target_span, target)):
                        assert span is None or 0 <= span[0] <= span[1] <= len(read)


def test_halves_of_characters_are_judged_in_every_language() -> None:
    broken = (
        "\ud800",
        "hus\ud800et",
        "Ett hus\udc80 kallas Ståhl\ud83dberg och trasport\ud83d.",
        "a\udfff-b it's\ud800",
    )
    for language in ("en", "fi", "ar", "de", "uk", "el", "so"):
        for text in broken:
            check_pair(text, text, "sv", language)
            check_pair("Huset är stort.", text, "sv", language)
