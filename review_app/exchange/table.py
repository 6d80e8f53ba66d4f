"""Reads and writes tables as CSV: the first line names the columns, and no cell can be a spreadsheet's formula."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from review_app.errors import BadFile
from review_app.locale import N_
from review_app.reports.export import FORMULA_STARTS, safe_cell

MOST_ROWS = 1_000_000


def read_table(name: str, body: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with their lines: cells by the column's name in lower case.

    Commas, semicolons and tabs are understood, UTF-8 and what Swedish spreadsheet programs write. The quote that
    ``write_table`` puts before what would be a formula is taken off again. Raises ``BadFile`` naming the line.
    """
    text = _decoded(body)
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = [cell.strip().casefold() for cell in next(rows, [])]
        for row in rows:
            if rows.line_num > MOST_ROWS:
                raise BadFile(N_("{file} has more than {most} lines. Cut it in parts."), file=name, most=MOST_ROWS)
            if any(cell.strip() for cell in row):
                yield rows.line_num, dict(zip(columns, map(_bare, row), strict=False))
    except csv.Error as error:
        raise BadFile(
            N_("{file}, line {line}: this is no CSV. Save the table as CSV with UTF-8 and try again."),
            file=name,
            line=rows.line_num,
        ) from error


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8, marked so that spreadsheet programs know it."""
    yield b"\xef\xbb\xbf"
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(row.get(column)) for column in columns])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")  # what a Swedish spreadsheet program writes


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max("\t;,", key=first.count)


def _bare(cell: str) -> str:
    """Take the quote off that made a cell no formula."""
    quoted = len(cell) > 1 and cell[0] == "'" and (cell[1:].lstrip(" ")[:1] in FORMULA_STARTS)
    return cell[1:] if quoted else cell
