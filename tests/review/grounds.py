"""What the moves of test_state_machine.py stand on: a page, its people, and how a move is made and refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import func, select

from review_app.accounts.permissions import COMMAND_LINE, Actor, Role
from review_app.accounts.service import add_person, grant
from review_app.accounts.tables import AuditEntry
from review_app.db import Database
from review_app.publishing.service import with_publications
from review_app.publishing.versions import versions
from review_app.review import gating, service
from review_app.review.states import Move, PageState
from review_app.review.views import Bench
from review_app.segments.service import find_segment
from tests.builders import BuiltPage, Town, build_page, build_town
from tests.databases import make_tables
from tests.review.model import Model, Text

SENTENCES = ("Biblioteket är öppet.", "Du får låna böcker.", "Ingen avgift tas ut.")
OTHERS = ("Biblioteket är öppet nu.", "Barn läser gratis.", "Ingen avgift tas ut här.")
ENGLISH = ("The library is open.", "You may borrow books.", "No fee.")
MACHINE = {"Titel": "Title", **dict(zip(SENTENCES, ENGLISH, strict=True))}
TEXTS = st.sampled_from(["It says this.", "It says that.", "It says something else.", *MACHINE.values()])
WHO = st.sampled_from(["anna", "eva"])


def html_of(sentences: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"<!doctype html><html lang=sv><title>Titel</title><main>{body}</main></html>".encode()


class Grounds(RuleBasedStateMachine):
    """A run of moves in a database of its own, and the model of what is the case."""

    database: Database
    town: Town
    eva: Actor
    built: BuiltPage

    def __init__(self) -> None:
        super().__init__()
        self.model, self.names = Model(), count(1)
        self.sentences = SENTENCES
        self.before, self.move, self.turn = PageState.MACHINE, Move.NEW_VERSION, 0

    @property
    def page(self) -> int:
        return self.built.page_id

    def _database(self) -> Database:
        return self.database

    @contextmanager
    def _doing(self, move: Move) -> Iterator[Any]:
        """Do something in a transaction."""
        self.move = move
        with self._database().writing() as session:
            yield session

    @contextmanager
    def _refused(self, *errors: type[Exception]) -> Iterator[Any]:
        """Expect to be refused, and that nothing is left of it, in the log neither."""
        before = self._count_audit()
        with pytest.raises(errors), self._database().writing() as session:
            yield session
        assert self._count_audit() == before

    def _count_audit(self) -> int:
        with self._database().reading() as session:
            return session.scalar(select(func.count()).select_from(AuditEntry)) or 0

    def _let_through(self, session: Any, number: int) -> None:
        gating.allow(session, self.town.carin, number, reason="The model has no gate.")

    def _said_again(self, *said: Any) -> bool:
        """Whether this very answer was given already; then giving it again is no offence, and changes nothing."""
        return self.model.said == said

    def _may_not_decide(self, who: str) -> bool:
        """Whether a person is refused: as an author, or because the page is not as it was submitted."""
        offer, model = self.model.offer, self.model
        authors = {text.author for text in offer.texts.values()} | {offer.by}
        return who in authors or model.answer is not None or offer.covers != model.covers()

    def _actor(self, who: str) -> Actor:
        return self.eva if who == "eva" else self.town.people[who]

    def _any(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(list(self.model.page)))

    def _text(self, text: str, source: str, author: str | None, *, read: bool, accepted: bool = False) -> Text:
        return Text(text, source, author, read, next(self.names), accepted)

    def _read_page(self) -> None:
        """Ask which sentences the page has now: which of them are the same as before is the matcher's to say."""
        with self._database().reading() as session:
            bench = service.bench(session, self.town.anna, self.page, "en")
        self.model.page = {row.key: row.source for row in bench.rows}

    def _seen(self) -> tuple[Bench, PageState]:
        with self._database().reading() as session:
            bench = service.bench(session, self.town.anna, self.page, "en")
            (head,) = with_publications(session, [bench.head])
        return bench, head.state

    def _segment(self, session: Any, key: str) -> int:
        return find_segment(session, self.page, key) or 0

    def _newest_version(self) -> int:
        with self._database().reading() as session:
            return versions(session, self.town.anna, self.page, "en")[0].submission_id


def build(database: Database) -> tuple[Town, int, BuiltPage]:
    """Build the town, Eva who both translates and approves, and the page with what a machine made of it."""
    make_tables(database)
    with database.writing() as session:
        town = build_town(session)
        eva = add_person(session, COMMAND_LINE, email="eva@alvby.example", name="Eva", password=None)
        for role in (Role.TRANSLATOR, Role.APPROVER):
            grant(session, COMMAND_LINE, person_id=eva, site_id=town.site_id, role=role)
        page = build_page(session, town.site_id, html=html_of(SENTENCES).decode(), machine=MACHINE)
    return town, eva, page
