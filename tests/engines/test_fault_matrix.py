"""Twenty faults at four places, for each engine over HTTP: each ends as specified, and no wrong text comes through.

A fault meets the requests that hold one of four texts. Engines that are asked for one text at a time have no batch that
could be short, long or in another order.
"""

import socket

import pytest

from review_app.engines.contract import Result
from review_app.errors import EngineFailed
from tests.engines.answering_server import assert_tells_nothing
from tests.engines.dialects import DIALECTS, engine_at, speaking
from tests.engines.faults import FAULTS, TEXTS, TOLD_APART, End, meet
from tests.engines.faulty_server import good

CASES = [
    (name, fault)
    for name, dialect in DIALECTS.items()
    for fault in FAULTS
    if dialect.several or not FAULTS[fault].batch
]

ON_A_PAGE = {"a web page", "bad JSON"}
"""The page that ``google`` reads holds no translation then: the text is rejected, the others are right."""


def ends(name: str, fault: str, position: int, *, always: bool) -> set[End]:
    """Return how it may end."""
    on_a_page = name == "google" and fault in ON_A_PAGE
    wanted = {End.REJECTED if on_a_page else FAULTS[fault].always if always else FAULTS[fault].once}
    if fault == "slow drip" and always:  # a harmless word may be late as well, on a machine that is busy
        wanted |= {End.FAILED}
    in_pieces = (on_a_page or FAULTS[fault].in_pieces) and "<1>" in TEXTS[position] and not always
    return wanted | {End.RIGHT} if in_pieces else wanted


def texts_for(fault: str) -> list[str]:
    """Return what is to be translated: answers in another order are told by what stands in both texts, if anything."""
    return TOLD_APART if fault == "reordered" else TEXTS


def end_of(results: list[Result] | EngineFailed, texts: list[str], position: int) -> End:
    """Say how it ended; there must be no wrong text among the results, and a reason wherever there is none."""
    if isinstance(results, EngineFailed):
        assert_tells_nothing(results)
        return End.FAILED
    right = [good(text) for text in texts]
    assert [result.text for index, result in enumerate(results) if index != position] == [
        text for index, text in enumerate(right) if index != position
    ]
    assert results[position].text in {None, right[position]}
    assert (results[position].text is None) == bool(results[position].reason)
    return End.REJECTED if results[position].text is None else End.RIGHT


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("always", [False, True], ids=["once", "always"])
@pytest.mark.parametrize(("name", "fault"), CASES)
def test_it_ends_as_specified(name: str, fault: str, position: int, *, always: bool) -> None:
    texts = texts_for(fault)
    with speaking(DIALECTS[name]) as server:
        meet(server, FAULTS[fault], texts[position], always=always)
        engine = engine_at(name, server.address, timeout=0.05 if fault == "slow drip" else 5.0)
        results: list[Result] | EngineFailed
        try:
            results = engine.translate(texts, "sv", "da")
        except EngineFailed as failed:
            results = failed
    assert end_of(results, texts, position) in ends(name, fault, position, always=always)


@pytest.mark.parametrize("name", DIALECTS)
def test_nobody_there(name: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        engine = engine_at(name, f"http://127.0.0.1:{unused.getsockname()[1]}", timeout=1.0)
        with pytest.raises(EngineFailed) as failed:
            engine.translate(TEXTS, "sv", "da")
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize("name", DIALECTS)
def test_without_a_fault_all_is_right(name: str) -> None:
    with speaking(DIALECTS[name]) as server:
        results = engine_at(name, server.address, timeout=5.0).translate(TEXTS, "sv", "da")
    assert [result.text for result in results] == [good(text) for text in TEXTS]
