"""Reads how often a website's pages are visited from a CSV file, as web statistics export them."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from urllib.parse import urlsplit

from review_app.errors import BadFile, BadInput
from review_app.locale import N_
from review_app.pages.service import normalise_path

ADDRESS_COLUMNS = frozenset({"url", "address", "adress", "webbadress", "page", "page url", "sida", "path", "sökväg"})
VISITS_COLUMNS = frozenset(
    {"visits", "views", "pageviews", "page views", "besök", "visningar", "sidvisningar", "antal", "count"}
)
MOST_ROWS = 200_000

_SPACES = re.compile(r"[\s\u00a0\u202f]")


def read_visits(name: str, data: bytes) -> dict[str, int]:
    """Return the visits of each address of a CSV file; the same address twice is added up.

    The first line names the columns; commas, semicolons and tabs are understood. Raises ``BadFile`` naming the line.
    """
    rows = list(csv.reader(StringIO(_text(data), newline=""), delimiter=_delimiter(data)))
    if not rows or len(rows) > MOST_ROWS:
        raise BadFile(
            N_("{file} has no rows, or more than {most}. Export the pages and their visits."), file=name, most=MOST_ROWS
        )
    address, visits = _column(name, rows[0], ADDRESS_COLUMNS), _column(name, rows[0], VISITS_COLUMNS)
    found: Counter[str] = Counter()
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            found[row[address].strip()] += int(_SPACES.sub("", row[visits]))
        except (IndexError, ValueError) as error:
            raise BadFile(
                N_("{file}, line {line}: there is no whole number of visits. Mend the line and try again."),
                file=name,
                line=number,
            ) from error
    return dict(found)


def paths_of(visits: Mapping[str, int], base_url: str) -> dict[str, int]:
    """Return the visits by path of the site's pages; addresses of other websites are left out."""
    host = urlsplit(base_url).netloc.lower()
    found: Counter[str] = Counter()
    for address, count in visits.items():
        try:
            parts = urlsplit(address)
            if parts.netloc.lower() in {"", host}:
                found[normalise_path(parts.path)] += count
        except (BadInput, ValueError):
            continue  # what cannot be a page's address is none of ours
    return dict(found)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what a Swedish spreadsheet program writes


def _delimiter(data: bytes) -> str:
    first = _text(data).split("\n", 1)[0]
    return max("\t;,", key=first.count)


def _column(name: str, header: Sequence[str], known: frozenset[str]) -> int:
    for index, cell in enumerate(header):
        if cell.strip().casefold() in known:
            return index
    raise BadFile(
        N_("{file}: no column is called {names}. Name the columns in the first line."),
        file=name,
        names=", ".join(sorted(known)),
    )
