"""The child process of ``parsing``: limits itself, then reads page after page until its input ends."""

import json
import sys

from review_app.errors import BadPage
from review_app.pages.document import read_document
from review_app.pages.parsing import MEMORY_BYTES, TOO_HARD, receive, send, to_json

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's time limit still holds
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read pages from standard input and answer on standard output."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            asked = json.loads(receive(sys.stdin.buffer))
            body = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = to_json(read_document(body, asked["charset"]))
        except MemoryError:
            answer = {"refused": TOO_HARD, "values": {}}
        except BadPage as error:
            answer = {"refused": error.template, "values": {name: str(value) for name, value in error.values.items()}}
        send(sys.stdout.buffer, json.dumps(answer).encode())


if __name__ == "__main__":
    main()
