"""The name of a file differs.

Wrong when a translation points to another file on purpose, in its own language.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import MAY_LINK
from review_app.locale import N_

_FILE = re.compile(
    r"[\w-](?<![\w.-][\w-])[\w.-]{0,100}\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|csv|txt|zip|jpe?g|png|gif|svg|mp[34]|ics|xml|json|eps)\b",
    re.IGNORECASE,
)


def look(pair: Pair) -> Iterator[Found]:
    """Find files that only one side names."""
    if not MAY_LINK.search(pair.source_prose):
        return
    wanted = {match[0]: match.span() for match in _FILE.finditer(pair.source_prose)}
    if not wanted:
        return
    given = {match[0]: match.span() for match in _FILE.finditer(pair.target_prose)}
    missing = [name for name in wanted if name not in given]
    surplus = [name for name in given if name not in wanted]
    for index, name in enumerate(missing):
        if index < len(surplus):
            values = {"expected": name, "found": surplus[index]}
            yield Found("file_differs", wanted[name], given[surplus[index]], values, fix=name)
        else:
            yield Found("file_missing", wanted[name], None, {"expected": name})


CHECK = Check(N_("File name"), Severity.MAJOR, "accuracy/mistranslation", look)
