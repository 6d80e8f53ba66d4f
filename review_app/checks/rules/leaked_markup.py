"""An HTML entity or tag stands in the text for readers to see: ``&quot;``, ``<b>``.

Wrong on pages about HTML; the source then holds the same, and nothing is flagged.
"""

import re
from collections.abc import Iterator
from html import unescape

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_LEAK = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});|</?[a-z][a-z0-9]*(?:\s[^<>]{0,300})?/?>", re.I)


def look(pair: Pair) -> Iterator[Found]:
    """Find entities and tags that the source does not have."""
    if "&" not in pair.target_text and "<" not in pair.target_text:
        return
    known = {_kind(found[0]) for found in _LEAK.finditer(pair.source_text)}
    for found in _LEAK.finditer(pair.target_text):
        is_entity = found[0][0] == "&"
        if _kind(found[0]) in known or (known and is_entity):
            continue  # a source that is HTML itself may be translated with other quotation marks
        # Another tag than the source's is a matter of form; a tag where it has none is read as it stands.
        severity = Severity.MINOR if known else None
        fix = unescape(found[0]) if is_entity else None
        yield Found("leaked_markup", None, found.span(), {"found": found[0]}, severity, fix)


def _kind(found: str) -> str:
    """Return a tag's name, or an entity as it stands: ``<br />`` is ``<br>``, whatever its attributes."""
    return found if found[0] == "&" else found.strip("</> ").split()[0].lower()


CHECK = Check(N_("HTML in the text"), Severity.MAJOR, "design/markup", look)
