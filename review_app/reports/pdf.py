"""A report as PDF: tagged, so that screen readers can follow it, and made in a process of its own with limits."""

import threading
from importlib.util import find_spec

from review_app.errors import BadInput, Busy, MissingExtra
from review_app.locale import N_
from review_app.pages.child import Child
from review_app.reports.paper import at_width

SECONDS = 300.0
"""How long a report may take; one of twelve pages takes two. Jobs and commands make it, no request waits."""

BEGINNING = b"%PDF-"

_turn = threading.Lock()
"""One PDF at a time in a process: each may take much memory."""


def is_installed() -> bool:
    """Say whether the package that makes PDF is there; whether it finds its libraries is seen when it starts."""
    return find_spec("weasyprint") is not None


def as_pdf(html: str, *, wait: bool = False) -> bytes:
    """Return a report's HTML as PDF, when it is its turn (``wait``), else at once.

    Raises ``MissingExtra``, ``Busy``, or ``BadInput`` for one that takes too long.
    """
    if not is_installed():
        raise MissingExtra(N_("PDF takes an extra package. Install it: pip install 'review-app[pdf]'"))
    if not _turn.acquire(blocking=wait):
        raise Busy(N_("Another PDF is being made. Try again in a minute."))
    try:
        made = _ask(at_width(html).encode())
    finally:
        _turn.release()
    if not made.startswith(BEGINNING):
        raise MissingExtra(
            N_("WeasyPrint, which makes the PDF, lacks a library: {reason}. Install Pango (Debian: libpango-1.0-0)."),
            reason=made.decode(errors="replace"),
        )
    return made


def _ask(html: bytes) -> bytes:
    child = Child("-m", "review_app.reports.pdf_child")
    try:
        return child.ask(html, seconds=SECONDS)
    except (OSError, EOFError) as died:
        raise BadInput(
            N_("The report is too long to make a PDF of it. Narrow it with the filters, or take the HTML file.")
        ) from died
    finally:
        child.retire()
