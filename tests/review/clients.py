"""A process of people who all save the same sentence, again and again; started by test_many_clients.py.

    python -m tests.review.clients URL PERSON PAGE KEY NAME CLIENTS SAVES

Each client reads what is there and saves upon it. They wait for a line on standard input, so that all processes begin
together; printed are the texts they were told are stored, how many saves were refused, and what else went wrong.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

from review_app.accounts.service import person_actor
from review_app.db import Database
from review_app.errors import Conflict
from review_app.review import service
from review_app.segments.service import find_segment
from review_app.translations.service import newest_revisions

LANGUAGE = "en"


@dataclass
class Counted:
    """How saves ended: acknowledged with their texts, refused because somebody else was first, or failed."""

    stored: list[str] = field(default_factory=list)
    refused: int = 0
    failures: list[str] = field(default_factory=list)


class Client:
    """One person's browser on one sentence."""

    def __init__(self, database: Database, person: int, page: int, key: str, name: str) -> None:
        self.database, self.page, self.key, self.name = database, page, key, name
        with database.reading() as session:
            self.actor = person_actor(session, person)
            self.segment = find_segment(session, page, key) or 0

    def save_times(self, saves: int) -> Counted:
        """Save so many texts, and count how each attempt ended."""
        counted = Counted()
        for number in range(saves):
            text = f"Text {number} of {self.name}."
            try:
                self.save(text)
                counted.stored.append(text)
            except Conflict:
                counted.refused += 1
            except Exception as error:
                counted.failures.append(repr(error))
        return counted

    def save(self, text: str) -> None:
        """Save a text upon the one that is there now."""
        with self.database.reading() as session:
            based_on = newest_revisions(session, [self.segment], LANGUAGE)[self.segment].number
        with self.database.writing() as session:
            service.save(session, self.actor, self.page, LANGUAGE, self.key, text=text, based_on=based_on)


def main(url: str, person: int, page: int, key: str, name: str, clients: int, saves: int) -> None:
    """Let the clients save at the same time."""
    database = Database(url)
    people = [Client(database, person, page, key, f"{name}{number}") for number in range(clients)]
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(lambda client: client.save_times(saves), people))
    print(json.dumps([asdict(counted) for counted in results]))
    database.dispose()


if __name__ == "__main__":
    url, person, page, key, name, clients, saves = sys.argv[1:]
    main(url, int(person), int(page), key, name, int(clients), int(saves))
