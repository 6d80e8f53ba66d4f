"""A memory of a few pairs: what is like a text, what has some words, whose memory is read."""

import hashlib
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.tables import AuditEntry
from review_app.errors import NotAllowed
from review_app.memory.concordance import concordance
from review_app.memory.postings import PART, SOURCE, TARGET, Scope
from review_app.memory.service import NewPair, exact, forget, keep, similar
from review_app.memory.sharing import scope_of, set_readers
from review_app.memory.tables import Kind, MemoryEntry
from review_app.text.normalise import source_hash
from tests.builders import Town, build_town
from tests.databases import Backend

PAIRS = (
    ("Biblioteket har öppet på vardagar.", "The library is open on weekdays."),
    ("Badhuset har öppet på vardagar.", "The swimming pool is open on weekdays."),
    ("Avgiften är 250 kronor.", "The fee is SEK 250."),
    ("Förskolans avgift är 250 kronor.", "The preschool's fee is SEK 250."),
    ("Kontakta oss", "Contact us"),
    ("Så söker du <1>förskola</1> i kommunen", "How to apply for <1>preschool</1> in the municipality"),
)


@pytest.fixture
def session(backend: Backend) -> Iterator[Session]:
    with backend.database() as database, database.writing() as session:
        yield session


@pytest.fixture
def town(session: Session) -> Town:
    found = build_town(session)
    remember(session, found.site_id, PAIRS)
    return found


def remember(session: Session, site_id: int, pairs: Sequence[tuple[str, str]]) -> int:
    new = [NewPair(hashlib.sha256(repr(pair).encode()).hexdigest()[:40], *pair, Kind.IMPORTED) for pair in pairs]
    return keep(session, site_id, "en", new)


def found(session: Session, scope: Scope, text: str) -> list[tuple[int, str]]:
    return [(round(pair.percent), pair.target) for pair in similar(session, scope, text, most=5)]


def test_the_most_alike_come_first(session: Session, town: Town) -> None:
    scope = Scope((town.site_id,), "en")
    assert found(session, scope, "Biblioteket har öppet på vardagar.") == [
        (100, "The library is open on weekdays."),
        (83, "The swimming pool is open on weekdays."),
    ]
    assert found(session, scope, "avgiften är 1 300 kronor.") == [(99, "The fee is SEK 250."), (67, PAIRS[3][1])]
    assert found(session, scope, "Ring brandkåren nu") == []
    assert found(session, scope, "12.30") == []
    assert found(session, Scope((town.site_id,), "ar"), "Kontakta oss") == []


def test_a_pair_is_kept_once_and_can_be_forgotten(session: Session, town: Town) -> None:
    assert remember(session, town.site_id, [*PAIRS, ("Hitta hit", "Find us")]) == 1
    scope = Scope((town.site_id,), "en")
    assert [pair.target for pair in exact(session, scope, [source_hash("Hitta hit")])] == ["Find us"]
    forget(session, town.site_id, "en", session.scalars(select(MemoryEntry.key)).all())
    assert found(session, scope, "Kontakta oss") == []
    assert concordance(session, scope, "öppet") == []


def test_entries_of_many_parts_are_told_apart(session: Session, town: Town) -> None:
    far = 3 * PART + 5  # where the place in the part is that of another entry
    keys = {"site_id": town.site_id, "language": "en", "kind": Kind.IMPORTED}
    session.add(MemoryEntry(id=far, key="far", source_hash="-", source="Lån av cykel", target="Bike loan", **keys))
    session.flush()
    remember(session, town.site_id, [("Lån av bil", "Car loan")])
    assert found(session, Scope((town.site_id,), "en"), "Lån av bil") == [(100, "Car loan")]
    assert [pair.target for pair in concordance(session, Scope((town.site_id,), "en"), "bil")] == ["Car loan"]


@pytest.mark.parametrize(
    ("phrase", "side", "expected"),
    [
        ("öppet på", SOURCE, [PAIRS[1], PAIRS[0]]),
        ("öppet vardagar", SOURCE, []),
        ("Förskola", SOURCE, [PAIRS[5], PAIRS[3]]),
        ("söker du förskola i", SOURCE, [PAIRS[5]]),
        ("på", SOURCE, [PAIRS[1], PAIRS[0]]),
        ("fee is", TARGET, [PAIRS[3], PAIRS[2]]),
        ("%_", SOURCE, []),
        ("", SOURCE, []),
    ],
)
def test_words_one_after_the_other(
    session: Session, town: Town, phrase: str, side: int, expected: list[tuple[str, str]]
) -> None:
    pairs = concordance(session, Scope((town.site_id,), "en"), phrase, side=side)
    assert [(pair.source, pair.target) for pair in pairs] == expected


def test_a_memory_is_read_by_whom_its_site_lets(session: Session, town: Town) -> None:
    other = build_town(session, "byby")
    assert found(session, scope_of(session, other.site_id, "en"), "Kontakta oss") == []
    with pytest.raises(NotAllowed):
        set_readers(session, other.carin, town.site_id, [other.site_id])
    set_readers(session, town.carin, town.site_id, [other.site_id])
    assert found(session, scope_of(session, other.site_id, "en"), "Kontakta oss") == [(100, "Contact us")]
    assert scope_of(session, town.site_id, "en") == ((town.site_id,), "en")
    set_readers(session, town.carin, town.site_id, [])
    assert found(session, scope_of(session, other.site_id, "en"), "Kontakta oss") == []
    told = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "memory.share").order_by(AuditEntry.id))
    assert list(told) == [{"readers": [other.site_id]}, {"readers": []}]
