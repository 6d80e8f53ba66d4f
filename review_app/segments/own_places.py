"""Which places of a text on its page have a translation of their own, found again by what stands around them. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class OwnPlace(NamedTuple):
    """A place set apart: its text, what stood before and after it, and which of the text's places it was, from 0."""

    id: int
    segment_id: int
    text: str
    before: str
    after: str
    nth: int


def found_again(places: Sequence[OwnPlace], texts: Sequence[str]) -> dict[int, OwnPlace]:
    """Return which of a page's texts, by index, are places set apart.

    A place is where both of its neighbours stand; else where one does; else the one of the same number, as long as
    none is nearer. Each text is one place at most.
    """
    ranked = sorted(
        (-_agreeing(texts, at, place), abs(number - place.nth), place.id, at, place)
        for place in places
        for number, at in enumerate(at for at, text in enumerate(texts) if text == place.text)
    )
    found: dict[int, OwnPlace] = {}
    done: set[int] = set()
    for _, _, place_id, at, place in ranked:
        if at not in found and place_id not in done:
            found[at] = place
            done.add(place_id)
    return found


def around(texts: Sequence[str], at: int) -> tuple[str, str, int]:
    """Return what stands before and after one of a page's texts, and which of its places it is."""
    before = texts[at - 1] if at else ""
    after = texts[at + 1] if at + 1 < len(texts) else ""
    return before, after, texts[:at].count(texts[at])


def _agreeing(texts: Sequence[str], at: int, place: OwnPlace) -> int:
    before, after, _ = around(texts, at)
    pairs = ((before, place.before), (after, place.after))
    return sum((2 if now else 1) for now, then in pairs if now == then)  # the page's edge says less than a text
