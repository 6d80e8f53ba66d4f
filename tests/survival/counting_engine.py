"""A loopback server that speaks like LibreTranslate and remembers every batch it was sent."""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LATENCY = 0.1
"""Seconds an answer takes: long enough that workers are killed while they wait for one."""

OTHER = "The library is by the square."
"""What it makes of any other sentence."""

_SENTENCE = re.compile(r"Mening (\d+) på sida (\d+) i (\S+) handlar om kommunen\.")


def translation(text: str) -> str:
    """What the engine makes of a sentence: English words, so that no check has to look for those of other languages."""
    found = _SENTENCE.fullmatch(text)
    return "Sentence {} on page {} of {} is about the municipality.".format(*found.groups()) if found else OTHER


class CountingEngine:
    """Where the engine is, and the batches it was sent so far."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._batches: list[tuple[str, ...]] = []
        self._lock = threading.Lock()

    def note(self, batch: tuple[str, ...]) -> None:
        """Remember a batch."""
        with self._lock:
            self._batches.append(batch)

    def batches_of(self, mark: str) -> list[tuple[str, ...]]:
        """Return the batches whose sentences hold this mark."""
        with self._lock:
            return [batch for batch in self._batches if mark in batch[0]]


def sent_twice(batches: list[tuple[str, ...]]) -> tuple[int, int]:
    """Return how many characters were sent again, and how many batches that took."""
    seen: Counter[str] = Counter()
    characters = repeated = 0
    for batch in batches:
        again = [text for text in batch if seen[text]]
        characters += sum(map(len, again))
        repeated += bool(again)
        seen.update(batch)
    return characters, repeated


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together
    said: CountingEngine

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["q"]
        self.said.note(tuple(texts))
        time.sleep(LATENCY)
        answer = json.dumps({"translatedText": [translation(text) for text in texts]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:  # whoever asked was killed
            self.close_connection = True

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def counting_engine() -> Iterator[CountingEngine]:
    """Run the engine and yield it."""

    class Handler(_Answering):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.said = CountingEngine(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Handler.said
    server.shutdown()
    server.server_close()
    thread.join()
