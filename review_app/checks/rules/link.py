"""A web or e-mail address differs.

Wrong when a translation points to another page on purpose; the same site's page in the translation's language
("/sv/" or nothing, and "/en/") is not flagged.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import LINK, Reading
from review_app.locale import N_


def look(pair: Pair) -> Iterator[Found]:
    """Find addresses that one side alone has."""
    if not pair.source_reading.may_link and not pair.target_reading.may_link:
        return
    wanted, given = _links(pair.source_reading), _links(pair.target_reading)
    lost = [address for address in wanted if address not in given]
    added = [address for address in given if address not in wanted]
    if lost and added:
        lost, added = _without_versions(lost, added, pair.languages[1])
    for index, address in enumerate(lost):
        instead = added[index] if index < len(added) else None
        if instead:
            values = {"expected": address, "found": instead}
            yield Found("link_differs", wanted[address], given[instead], values, fix=address)
        else:
            yield Found("link_missing", wanted[address], None, {"expected": address})
    for address in added[len(lost) :]:
        yield Found("link_added", None, given[address], {"found": address})


def _without_versions(lost: list[str], added: list[str], language: str) -> tuple[list[str], list[str]]:
    """Leave out the addresses of one site where the target's names its language; the source's need not."""
    replaced = {_host(address) for address in lost} & {_host(a) for a in added if _names(a, language)} - {None}
    return (
        [address for address in lost if _host(address) not in replaced],
        [address for address in added if _host(address) not in replaced or not _names(address, language)],
    )


def _names(address: str, language: str) -> bool:
    """Say whether an address says that it is in a language: ``/en/``, ``en.``, ``?lang=en``."""
    match = _ADDRESS.match(address)
    return match is not None and language in _PARTS.split(match["rest"].lower() + "/" + match["first"].lower())


def _host(address: str) -> str | None:
    """Return the host of a web address, without the language it may begin with."""
    match = _ADDRESS.match(address)
    return match["host"].lower() if match and "@" not in address else None


_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<first>[a-z]{2}(?=\.)|)\.?(?P<host>[^/?#]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_PARTS = re.compile(r"[/?&=.#_-]")


def _links(reading: Reading) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for match in LINK.finditer(reading.text) if reading.may_link else ():
        address = match[0].rstrip(".,;:!?'")
        found[address] = (match.start(), match.start() + len(address))
    return found


CHECK = Check(N_("Web or e-mail address"), Severity.CRITICAL, "accuracy/mistranslation", look)
