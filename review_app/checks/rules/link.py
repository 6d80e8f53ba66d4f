"""A web or e-mail address differs.

Wrong when a translation points to a page in its own language on purpose.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import LINK, Pair
from review_app.locale import N_


def look(pair: Pair) -> Iterator[Found]:
    """Find addresses that one side alone has."""
    wanted, given = _links(pair.source_text), _links(pair.target_text)
    lost = [address for address in wanted if address not in given]
    added = [address for address in given if address not in wanted]
    for index, address in enumerate(lost):
        instead = added[index] if index < len(added) else None
        if instead:
            values = {"expected": address, "found": instead}
            yield Found("link_differs", wanted[address], given[instead], values)
        else:
            yield Found("link_missing", wanted[address], None, {"expected": address})
    for address in added[len(lost) :]:
        yield Found("link_added", None, given[address], {"found": address})


def _links(text: str) -> dict[str, tuple[int, int]]:
    if "." not in text:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for match in LINK.finditer(text):
        address = match[0].rstrip(".,;:!?")
        found[address] = (match.start(), match.start() + len(address))
    return found


CHECK = Check(N_("Web or e-mail address"), Severity.CRITICAL, "accuracy/mistranslation", look)
