"""A report as a spreadsheet file (XLSX): numbers as numbers, days as days, and no cell that can be a formula."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | float | int | bool | date | None

LONGEST = 32_767
"""Characters a cell may hold, by the format."""

WIDEST = 60  # characters

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold."""


def workbook(sheets: Mapping[str, Sequence[Mapping[str, Cell]]], columns: Mapping[str, Sequence[str]]) -> bytes:
    """Return a file with a sheet of rows under each name; ``columns`` are the keys of its rows, in their order."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet, heads = book.create_sheet(name), columns[name]
        sheet.freeze_panes = "A2"
        for number, head in enumerate(heads, 1):
            longest = max((len(str(row[head])) for row in rows), default=0)
            sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, 2 + max(longest, len(head)))
        sheet.append([_cell(sheet, head, bold=True) for head in heads])
        for row in rows:
            sheet.append([_cell(sheet, row[head]) for head in heads])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """Return a cell of its value's own type; a text that begins like a formula stays a text."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("\ufffd", value)[:LONGEST])
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(sheet, value)
    if bold:
        cell.font = Font(bold=True)
    return cell
