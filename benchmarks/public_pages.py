"""How many public pages a second are served, and how long the slowest of a hundred takes.

    python -m benchmarks.public_pages [SECONDS]

The demonstration's public pages, served by waitress as `review-app serve` does, asked for by 16 connections that are
kept open, from a second process. Prints `name value unit` lines.
"""

import http.client
import sys
import tempfile
from multiprocessing import Process, Queue
from pathlib import Path
from threading import Thread
from time import perf_counter
from urllib.parse import urlsplit

from tests.browser.served_demo import prepare_demo, served

CONNECTIONS = 16
PAGES = (
    "/overkalix/en/kommun/vision-strategi",
    "/overkalix/en/uppleva-gora/bibliotek",
    "/overkalix/sv/kommun/vision-strategi",
)


def ask(address: str, seconds: float, results: "Queue[list[float]]") -> None:
    """Ask for pages over every connection until the time is over; a first second warms up."""
    host = urlsplit(address).netloc
    times: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    end = perf_counter() + seconds + 1.0

    def go_on(mine: list[float], number: int) -> None:
        connection = http.client.HTTPConnection(host)
        while (start := perf_counter()) < end:
            connection.request("GET", PAGES[number % len(PAGES)], headers={"Accept-Encoding": "identity"})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200 or b"</html>" not in body:
                raise RuntimeError(f"answered {response.status}")
            number += 1
            if start > end - seconds:
                mine.append(perf_counter() - start)

    threads = [Thread(target=go_on, args=(mine, number)) for number, mine in enumerate(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put([one for mine in times for one in mine])


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as prepared, tempfile.TemporaryDirectory() as room:
        prepare_demo(Path(prepared))
        with served(Path(prepared), Path(room)) as demo:
            results: Queue[list[float]] = Queue()
            client = Process(target=ask, args=(demo.public, seconds, results))
            client.start()
            times = sorted(results.get())
            client.join()
    print(f"public_pages {len(times) / seconds:.0f} pages/s (at least 1000)")
    print(f"public_pages.median {1000 * times[len(times) // 2]:.1f} ms")
    print(f"public_pages.p99 {1000 * times[int(len(times) * 0.99)]:.1f} ms (at most 25)")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
