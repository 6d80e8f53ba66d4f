"""Where the styles and scripts of the pages lie, and the styles of files that stand alone."""

from functools import cache
from pathlib import Path

STATIC_FILES = Path(__file__).parent / "static"

FILE_STYLES = ("tokens.css", "base.css", "components.css", "views.css", "reports.css", "report_file.css")
"""The stylesheets that go into a file, and after them the one for paper."""


@cache
def inline_styles(*, for_paper: bool = False) -> str:
    """Return the styles of a file as an element; ``for_paper`` is for the renderer of PDF."""
    sheets = [(STATIC_FILES / name).read_text("utf-8") for name in FILE_STYLES]
    paper = (STATIC_FILES / "print.css").read_text("utf-8")
    last = [(STATIC_FILES / "report_pdf.css").read_text("utf-8")] if for_paper else []
    return "\n".join(["<style>", *sheets, "@media print {", paper, "}", *last, "</style>"])
