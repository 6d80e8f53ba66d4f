"""The child process of ``pdf``: limits itself, turns one report into PDF, and ends. It fetches nothing."""

import logging
import os
import signal
import sys

from review_app.pages.child import receive, send

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's time limit still holds
    resource = None  # type: ignore[assignment]

try:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher
except OSError as _error:  # Pango and its like are libraries of the system
    LACKS = str(_error).splitlines()[0]
else:
    LACKS = ""

MEMORY_BYTES = 2 * 1024 * 1024 * 1024
CPU_SECONDS = 300


def main() -> None:
    """Read one report from standard input and answer with the PDF, or with what is lacking."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, whose end ends this process
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of every style that only browsers know
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever the library prints is no answer
        html = receive(sys.stdin.buffer)
        send(answers, LACKS.encode() or _pdf(html.decode()))


def _pdf(html: str) -> bytes:
    made: bytes = HTML(string=html, url_fetcher=_NoFetcher()).write_pdf(pdf_variant="pdf/ua-1")
    return made


if not LACKS:

    class _NoFetcher(URLFetcher):  # type: ignore[misc]
        """Refuses every address: what a report needs is in it."""

        def fetch(self, url: str, headers: object = None) -> object:
            raise FatalURLFetchingError(f"a report asked for {url[:80]}")


if __name__ == "__main__":
    main()
