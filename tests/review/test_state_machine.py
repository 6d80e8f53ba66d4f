"""Editing, accepting, submitting, deciding, new page versions and publishing in any order, against a plain model.

The model is told only what people did and which sentences the page has; it says what must be true then: which texts
there are, which of them are approved, where the page stands, and, passage by passage, what readers see.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from review_app.accounts.permissions import COMMAND_LINE, Actor, Role
from review_app.accounts.service import add_person, grant, person_actor
from review_app.accounts.tables import AuditEntry
from review_app.db import Database
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.publishing.archive import editions
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import find_live, publish, with_publications, withdraw
from review_app.publishing.versions import roll_back, versions
from review_app.review import decisions, gating, service
from review_app.review.states import Basis, Move, PageState, leads_to
from review_app.review.views import Bench
from review_app.segments.service import find_segment, import_page
from review_app.translations.service import history
from tests.builders import BuiltPage, Town, build_page, build_town
from tests.databases import Backend, make_tables
from tests.review.model import Model, Offer, Text, Version

SENTENCES = ("Biblioteket är öppet.", "Du får låna böcker.", "Ingen avgift tas ut.")
OTHERS = ("Biblioteket är öppet nu.", "Barn läser gratis.", "Ingen avgift tas ut här.")
ENGLISH = ("The library is open.", "You may borrow books.", "No fee.")
MACHINE = {"Titel": "Title", **dict(zip(SENTENCES, ENGLISH, strict=True))}
TEXTS = st.sampled_from(["It says this.", "It says that.", "It says something else.", *MACHINE.values()])
WHO = st.sampled_from(["anna", "eva"])


def html_of(sentences: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"<!doctype html><html lang=sv><title>Titel</title><main>{body}</main></html>".encode()


def waits(moves: "Moves") -> bool:
    """Whether something is to be decided on, or it is time to try it all the same, and be refused."""
    return moves.model.offer is not None and (moves.model.state() is PageState.SUBMITTED or moves.turn % 5 == 0)


def makes_sense(what: str) -> Callable[["Moves"], bool]:
    """Whether a part of the model is not empty, or it is time to try it all the same, and be refused."""
    return lambda moves: bool(getattr(moves.model, what)) or moves.turn % 5 == 0


class Moves(RuleBasedStateMachine):
    """What people and the website do, each in a transaction; after each, the program is asked what is the case."""

    database: Database
    town: Town
    eva: Actor
    built: BuiltPage

    def __init__(self) -> None:
        super().__init__()
        self.model, self.names = Model(), count(1)
        self.sentences = SENTENCES
        self.before, self.move, self.turn = PageState.MACHINE, Move.NEW_VERSION, 0

    # ---------------------------------------------------------------------------------------------- what is done

    @initialize()
    def take_in(self) -> None:
        self._read_page()
        for key, source in self.model.page.items():
            self.model.texts[key] = [self._text(MACHINE[source], source, None, read=False)]

    @rule(data=st.data(), who=WHO, text=TEXTS)
    def edit(self, data: st.DataObject, who: str, text: str) -> None:
        key = self._any(data)
        head, source = self.model.newest(key), self.model.page[key]
        same = head and (head.text, head.source, head.author) == (text, source, who)
        with self._doing(Move.CORRECT) as session:
            number = len(self.model.texts.get(key, []))
            service.save(session, self._actor(who), self.page, "en", key, text=text, based_on=number)
        if not same:
            accepted = bool(head and head.text == text and (not head.read or head.accepted))
            self.model.texts.setdefault(key, []).append(self._text(text, source, who, read=True, accepted=accepted))

    @rule(data=st.data(), who=WHO)
    def save_upon_an_older_text(self, data: st.DataObject, who: str) -> None:
        key = self._any(data)
        number = len(self.model.texts.get(key, []))
        if number < 2:
            return
        with self._refused(Conflict) as session:
            text = "Written upon what is no longer there."
            service.save(session, self._actor(who), self.page, "en", key, text=text, based_on=number - 1)

    @rule(data=st.data(), who=WHO)
    def accept(self, data: st.DataObject, who: str) -> None:
        key = self._any(data)
        head, source = self.model.newest(key), self.model.page[key]
        number = len(self.model.texts.get(key, []))
        carried = head is not None and head.read and head.source != source
        if head is None:
            with self._refused(BadInput) as session:
                service.accept(session, self._actor(who), self.page, "en", key, based_on=0)
            return
        with self._doing(Move.SAME_MEANING if carried else Move.CORRECT) as session:
            service.accept(session, self._actor(who), self.page, "en", key, based_on=number)
        if head.read and not carried:
            return
        accepted = not head.read or head.accepted
        made = self._text(head.text, source, who, read=True, accepted=accepted)
        self.model.texts[key].append(replace(made, named=head.named) if carried else made)

    @rule(who=WHO)
    def submit(self, who: str) -> None:
        model, state = self.model, self.model.state()
        texts = {key: text for key in model.page if (text := model.fresh(key))}
        if state is PageState.SUBMITTED:
            with self._database().writing() as session:  # offered as it stands: not offered again
                assert decisions.submit(session, self._actor(who), self.page, "en") == model.offer.id
        elif not texts or not leads_to(Move.SUBMIT, state):
            with self._refused(BadInput) as session:
                decisions.submit(session, self._actor(who), self.page, "en")
        else:
            with self._doing(Move.SUBMIT) as session:
                number = decisions.submit(session, self._actor(who), self.page, "en")
            model.offer, model.answer = Offer(number, texts, dict(model.page), model.covers(), who), None
            model.said = None

    @precondition(lambda self: bool(leads_to(Move.SUBMIT, self.model.state())))
    @rule(who=WHO)
    def go_all_the_way(self, who: str) -> None:
        """Submit, approve and publish one after the other: what is interesting comes after that."""
        self.submit(who)
        self.the_table_says_where_a_move_leads()
        if self.model.state() is PageState.SUBMITTED:
            self.approve("bo")
            self.the_table_says_where_a_move_leads()
            self.publish()

    @precondition(lambda self: bool(self.model.versions))
    @rule(data=st.data(), who=WHO)
    def change_correct_and_approve_a_part(self, data: st.DataObject, who: str) -> None:
        """Change a sentence on the website, correct one, and have some of the page approved and published."""
        self.the_website_changes(data)
        self.the_table_says_where_a_move_leads()
        self.edit(data, who, data.draw(TEXTS))
        self.the_table_says_where_a_move_leads()
        self.submit(who)
        self.the_table_says_where_a_move_leads()
        if self.model.state() is PageState.SUBMITTED and len(self.model.offer.texts) > 1:
            self.approve_part(data, "bo")
            self.the_table_says_where_a_move_leads()
            self.publish()

    @precondition(waits)
    @rule(who=st.sampled_from(["bo", "eva"]))
    def approve(self, who: str) -> None:
        offer, actor = self.model.offer, self._actor(who)
        if self._said_again("approved", who):
            return
        if self._may_not_decide(who):
            with self._refused(NotAllowed, Conflict) as session:
                decisions.approve(session, actor, offer.id, basis=Basis.READS)
            return
        with self._doing(Move.APPROVE) as session:
            self._let_through(session, offer.id)
            decisions.approve(session, actor, offer.id, basis=Basis.READS)
        self.model.answer, self.model.said = "approved", ("approved", who)
        self.model.versions.append(Version(offer.id, offer.texts, offer.page))

    @precondition(lambda self: waits(self) and len(self.model.offer.texts) > 1)
    @rule(data=st.data(), who=st.sampled_from(["bo", "eva"]))
    def approve_part(self, data: st.DataObject, who: str) -> None:
        offer, actor, model = self.model.offer, self._actor(who), self.model
        keys = sorted(offer.texts)
        chosen = set(data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=len(keys) - 1, unique=True)))
        if self._said_again("part", who, chosen):
            return
        if self._may_not_decide(who):
            with self._refused(NotAllowed, Conflict) as session:
                decisions.approve_part(session, actor, offer.id, keys=chosen, basis=Basis.READS, comment="Again.")
            return
        with self._doing(Move.APPROVE_PART) as session:
            self._let_through(session, offer.id)
            decisions.approve_part(session, actor, offer.id, keys=chosen, basis=Basis.READS, comment="Again.")
        model.answer, model.said = "returned", ("part", who, chosen)
        sent_back = {offer.texts[key].named for key in offer.texts if key not in chosen}
        earlier = model.versions[-1].texts if model.versions else {}
        standing = {
            key: text
            for key, text in earlier.items()
            if key in offer.page and text.source == offer.page[key] and text.named not in sent_back
        }
        texts = {**standing, **{key: offer.texts[key] for key in chosen}}
        model.versions.append(Version(self._newest_version(), texts, offer.page))

    @precondition(waits)
    @rule(who=st.sampled_from(["bo", "eva"]))
    def send_back(self, who: str) -> None:
        offer, actor = self.model.offer, self._actor(who)
        if self._said_again("returned", who):
            return
        if self._may_not_decide(who):
            with self._refused(NotAllowed, Conflict) as session:
                decisions.send_back(session, actor, offer.id, comment="Again.")
            return
        with self._doing(Move.SEND_BACK) as session:
            decisions.send_back(session, actor, offer.id, comment="Again.")
        self.model.answer, self.model.said = "returned", ("returned", who)

    @rule(data=st.data())
    def the_website_changes(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(SENTENCES) - 1))
        choices = {SENTENCES[at], OTHERS[at], ""}
        new = data.draw(st.sampled_from(sorted(choices)))
        wanted = [new if number == at else old for number, old in enumerate(self.sentences)]
        if not any(wanted):
            return
        self.sentences = tuple(wanted)
        with self._doing(Move.NEW_VERSION) as session:
            body = html_of(tuple(filter(None, self.sentences)))
            import_page(session, COMMAND_LINE, self.town.site_id, body=body, path="bibliotek", origin="test")
        self._read_page()

    @precondition(makes_sense("versions"))
    @rule()
    def publish(self) -> None:
        if not self.model.versions:
            with self._refused(BadInput) as session:
                publish(session, self.town.bo, self.page, "en")
            return
        with self._doing(Move.PUBLISH) as session:
            publish(session, self.town.bo, self.page, "en")
        self.model.show(self.model.versions[-1])

    @precondition(makes_sense("public"))
    @rule()
    def withdraw(self) -> None:
        if self.model.public is None:
            with self._refused(NotFound) as session:
                withdraw(session, self.town.bo, self.page, "en")
            return
        with self._doing(Move.WITHDRAW) as session:
            withdraw(session, self.town.bo, self.page, "en")
        self.model.public, self.model.public_id, self.model.public_page = None, None, {}

    @precondition(lambda self: self.model.public is not None)
    @rule(data=st.data())
    def pull(self, data: st.DataObject) -> None:
        model = self.model
        key = data.draw(st.sampled_from(sorted(model.public_page)))
        at = list(model.public_page).index(key)
        source, kind, text = model.public[at]
        if kind == "source":
            with self._refused(NotFound) as session:
                pull_passage(session, self.town.bo, self.page, "en", key)
            return
        state = model.state()
        with self._database().writing() as session:
            pull_passage(session, self.town.bo, self.page, "en", key)
        model.pulled.add((key, text))
        left = [*model.public[:at], (source, "source", source), *model.public[at + 1 :]]
        model._put(left, model.public_id, model.public_page)
        assert model.state() is state

    @precondition(lambda self: self.model.versions)
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        version = data.draw(st.sampled_from(self.model.versions))
        with self._doing(Move.ROLL_BACK) as session:
            roll_back(session, self.town.bo, version.id)
        if version.id != self.model.public_id or version is self.model.versions[-1]:
            self.model.show(version)

    # ------------------------------------------------------------------------------------------- what must be true

    @invariant()
    def nothing_that_was_written_is_lost(self) -> None:
        with self._database().reading() as session:
            for key, texts in self.model.texts.items():
                stored = history(session, self._segment(session, key), "en")
                assert [one.text for one in reversed(stored)] == [one.text for one in texts]
                assert [one.number for one in reversed(stored)] == list(range(1, len(texts) + 1))

    @invariant()
    def texts_approvals_and_state_are_those_of_the_model(self) -> None:
        bench, state = self._seen()
        rows = {row.key: row for row in bench.rows}
        assert list(rows) == list(self.model.page)
        for key in self.model.page:
            newest = self.model.newest(key)
            assert rows[key].text == (newest.text if newest else None)
            assert rows[key].approved == self.model.is_approved(key), key
        assert state is self.model.state()

    @invariant()
    def the_table_says_where_a_move_leads(self) -> None:
        state = self.model.state()
        assert state is self.before or state in leads_to(self.move, self.before), (self.move, self.before, state)
        self.before, self.turn = state, self.turn + 1

    @invariant()
    def the_public_sees_what_the_model_says_and_no_more(self) -> None:
        with self._database().reading() as session:
            live = find_live(session, self.page, "en")
            seen = None if live is None else [(one["source"], one["kind"], one["text"]) for one in live.passages]
        assert seen == self.model.public
        for source, kind, text in seen or ():
            allowed = {one.text for version in self.model.versions for one in version.texts.values()}
            assert kind == "source" or text in allowed, "only what was approved"
            assert kind != "source" or text == source

    @invariant()
    def what_was_shown_once_can_be_shown_again(self) -> None:
        with self._database().reading() as session:
            kept = editions(session, self.town.carin, self.page, "en")
        assert all(one.intact for one in kept)
        told = [[(p["source"], p["kind"], p["text"]) for p in one.passages] for one in reversed(kept)]
        assert told == self.model.shown

    # ------------------------------------------------------------------------------------------------- the machinery

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


EXAMPLES = {"sqlite": 20, "postgresql": 4}


def test_the_program_does_as_the_model_says_in_any_order(backend: Backend, request: pytest.FixtureRequest) -> None:
    kept = backend.keep(build)
    town, eva, page = kept.made

    class InADatabase(Moves):
        """One run, in a database of its own."""

        def __init__(self) -> None:
            self.lent = backend.database(kept)
            self.database, self.town, self.built = self.lent.__enter__(), town, page
            with self.database.reading() as session:
                self.eva = person_actor(session, eva)
            super().__init__()

        def teardown(self) -> None:
            self.lent.__exit__(None, None, None)

    run_state_machine_as_test(
        InADatabase,
        settings=settings(
            max_examples=EXAMPLES[request.node.callspec.params["backend"]],
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
