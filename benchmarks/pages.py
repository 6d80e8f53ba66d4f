"""How fast and how faithfully pages come in and go out, and what becomes of their segments when they change.

    python -m benchmarks.pages [FOLDER]

Reads ../shared/data/pages, or the HTML files of FOLDER. Speeds are on one core, but for the guarded child, which is a
second process. Prints `name value unit` lines.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import turbohtml

from review_app.accounts.permissions import COMMAND_LINE
from review_app.db import Database
from review_app.pages.decode import byte_order_mark, encode
from review_app.pages.document import read_document
from review_app.pages.parsing import parse_guarded
from review_app.schema import metadata
from review_app.segments.cutting import cut
from review_app.segments.service import import_page
from review_app.segments.weave import Passage, weave
from review_app.sites.service import add_site
from tests.segments.mutations import MUTATIONS, outcome

PAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages"
ROUNDS = 5
SEEDS = 20


def main(folder: Path) -> None:
    """Print speeds, faithfulness and what changes cost."""
    bodies = [path.read_bytes() for path in sorted(folder.glob("**/*.html"))]
    print(f"pages {len(bodies)} pages")
    speeds(bodies)
    faithfulness(bodies)
    changes(bodies)


def speeds(bodies: Sequence[bytes]) -> None:
    """Print pages per second, from the bare parser to the database."""
    rate = lambda work: len(bodies) / seconds(lambda: [work(body) for body in bodies])  # noqa: E731 - used right here
    print(f"bare_parser {rate(turbohtml.parse):.0f} pages/s")
    print(f"into_segments {rate(lambda body: cut(read_document(body))):.0f} pages/s (at least 400)")
    print(f"into_segments_guarded {rate(lambda body: cut(parse_guarded(body))):.0f} pages/s")
    with tempfile.TemporaryDirectory() as room:
        database = Database(f"sqlite:///{room}/review.db")
        metadata.create_all(database.engine)
        with database.writing() as session:
            site_id = add_site(session, slug="site", name="Site", base_url="https://www.example.se/")
        paths = iter(range(10**6))

        def store(body: bytes) -> None:
            with database.writing() as session:
                path = f"page/{next(paths)}"
                import_page(session, COMMAND_LINE, site_id, body=body, path=path, origin="benchmark")

        print(f"into_database {rate(store):.0f} pages/s (at least 60)")
        database.dispose()


def faithfulness(bodies: Sequence[bytes]) -> None:
    """Print how many pages come back byte for byte, and how many keep their structure when every text is changed."""
    same = alike = 0
    for body in bodies:
        page = read_document(body)
        cuts = cut(page)
        own = weave(page, {(one.block, one.position): Passage(one.text) for one in cuts})
        pseudo = weave(page, {(one.block, one.position): Passage(f"⟦{one.text}⟧") for one in cuts})
        same += byte_order_mark(body) + encode(own, page.charset) == body
        alike += structure(pseudo) == structure(page.text)
    print(f"roundtrip_identical {same} of {len(bodies)} pages")
    print(f"pseudo_same_structure {alike} of {len(bodies)} pages")


def changes(bodies: Sequence[bytes]) -> None:
    """Print what became of the segments under each kind of change."""
    for name, change in MUTATIONS.items():
        counts: Counter[str] = Counter()
        for number, body in enumerate(bodies):
            before = [one.text for one in cut(read_document(body))]
            for seed in range(SEEDS):
                found = outcome(before, change(list(before), Random(f"{name} {number} {seed}")))
                counts.update(kept=found.kept, stale=found.stale, lost=found.lost)
        for what in ("kept", "stale", "lost"):
            print(f"{name}.{what} {counts[what]} segments{' (at most 0)' if what == 'lost' else ''}")


def structure(html: str) -> Counter[tuple[str, ...]]:
    """Return the elements with their ancestors and the names of their attributes."""
    return Counter(
        (element.tag, *sorted(element.attrs), *(getattr(parent, "tag", "") for parent in element.ancestors))
        for element in turbohtml.parse(html).select("*")
    )


def seconds(work: Callable[[], object]) -> float:
    """Return the median of several runs, after one that warms up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
