"""Editing, accepting, submitting, deciding, new page versions and publishing in any order, against a plain model.

The model is told only what people did and which sentences the page has; it says what must be true then: which texts
there are, which of them are approved, where the page stands, and, passage by passage, what readers see.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.service import person_actor
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.publishing.archive import editions
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import find_live, publish, withdraw
from review_app.publishing.versions import roll_back
from review_app.review import decisions, service
from review_app.review.states import Basis, Move, PageState, leads_to
from review_app.segments.service import import_page
from review_app.translations.service import history
from tests.databases import Backend
from tests.review.grounds import MACHINE, OTHERS, SENTENCES, TEXTS, WHO, Grounds, build, html_of
from tests.review.model import Offer, Version


def waits(moves: "Moves") -> bool:
    """Whether something is to be decided on, or it is time to try it all the same, and be refused."""
    return moves.model.offer is not None and (moves.model.state() is PageState.SUBMITTED or moves.turn % 5 == 0)


def makes_sense(what: str) -> Callable[["Moves"], bool]:
    """Whether a part of the model is not empty, or it is time to try it all the same, and be refused."""
    return lambda moves: bool(getattr(moves.model, what)) or moves.turn % 5 == 0


class Moves(Grounds):
    """What people and the website do, each in a transaction; after each, the program is asked what is the case."""

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


EXAMPLES = {"sqlite": 15, "postgresql": 3}


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
