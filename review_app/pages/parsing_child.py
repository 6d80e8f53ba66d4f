"""The child process of ``parsing``: limits itself, then reads page after page until its input ends."""

import json
import signal
import sys
import time

from review_app.errors import BadPage
from review_app.pages.child import receive, send
from review_app.pages.document import Document, read_document
from review_app.pages.parsing import MEMORY_BYTES, SECONDS_PER_PAGE, TOO_HARD, to_json

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's time limit still holds
    resource = None  # type: ignore[assignment]

MOST_PIECES = 300_000
"""Runs of text and tags in one page, each of which costs the parent time; real ones have some 1,000."""


def main() -> None:
    """Read pages from standard input and answer on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, whose end ends this process
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            asked = json.loads(receive(sys.stdin.buffer))
            body = receive(sys.stdin.buffer)
        except EOFError:
            return
        _limit_time()
        try:
            answer = to_json(_read(body, asked["charset"], links=asked["links"]))
        except (MemoryError, RecursionError):
            answer = {"refused": TOO_HARD, "values": {}}
        except BadPage as error:
            answer = {"refused": error.template, "values": {name: str(value) for name, value in error.values.items()}}
        send(sys.stdout.buffer, json.dumps(answer).encode())


def _read(body: bytes, charset: str | None, *, links: bool) -> Document:
    document = read_document(body, charset, links=links)
    if sum(len(block.runs) for block in document.blocks) > MOST_PIECES:
        raise BadPage(TOO_HARD)
    return document


def _limit_time() -> None:
    """Allow the next page its share of processor time on top of what is used: also when the parent is gone."""
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(time.process_time() + SECONDS_PER_PAGE) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


if __name__ == "__main__":
    main()
