"""How long it takes to look again at a website whose pages have not changed.

    python -m benchmarks.resync [PAGES]

A loopback server in a process of its own serves the pages of ../shared/data/pages, each under many addresses, with an
ETag; the site is taken in once, then looked at again. Without those pages, one small page is served. Prints
`name value unit` lines.
"""

import sys
import tempfile
from multiprocessing import Process, Queue
from pathlib import Path
from time import perf_counter

from review_app.accounts.permissions import COMMAND_LINE
from review_app.db import Database
from review_app.pages.service import note_fetched, pages_of
from review_app.pages.visiting import Visitor
from review_app.schema import metadata
from review_app.segments.following import look_again
from review_app.segments.service import import_page
from review_app.sites.service import add_site
from tests.segments.website import Website, page, serving

PAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages"


def serve(website: Website, address: "Queue[str]", over: "Queue[None]") -> None:
    with serving(website):
        address.put(website.address)
        over.get()


def main(number: int) -> None:
    bodies = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))] or [page("Sida").encode()]
    website = Website(pages={f"/{index}": bodies[index % len(bodies)] for index in range(number)})
    address, over = Queue(), Queue()
    server = Process(target=serve, args=(website, address, over), daemon=True)
    server.start()
    base = address.get()
    with tempfile.TemporaryDirectory() as room:
        database = Database(f"sqlite:///{room}/review.db")
        metadata.create_all(database.engine)
        visitor = Visitor(["127.0.0.1"])
        with database.writing() as session:
            site_id = add_site(session, slug="site", name="Site", base_url=base)
        start = perf_counter()
        for path in website.pages:
            fetched = visitor.page(f"{base}{path}")
            with database.writing() as session:
                done = import_page(
                    session, COMMAND_LINE, site_id, body=fetched.body, path=path, origin=base, url=fetched.final_url
                )
                note_fetched(session, done.page_id, fetched)
        print(f"first_time {perf_counter() - start:.1f} s for {number} pages")
        with database.reading() as session:
            pages = pages_of(session, site_id)
        start = perf_counter()
        counts = look_again(database, visitor, COMMAND_LINE, pages, lambda _done, _total: None)
        print(f"resync_unchanged {perf_counter() - start:.1f} s for {counts['unchanged']} pages (at most 20 for 1000)")
        database.dispose()
    over.put(None)
    server.join()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
