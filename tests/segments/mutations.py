"""Changes that web editors make to a page, on its list of segments: what each becomes, and what must be found again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from review_app.segments.cutting import Cut
from review_app.segments.matcher import KnownSegment, match


@dataclass(frozen=True)
class Outcome:
    """How many segments kept their identity unchanged, how many as stale ones, and how many were lost."""

    kept: int
    stale: int
    lost: int


def insert(texts: list[str], random: Random) -> list[str]:
    at = random.randrange(len(texts) + 1)
    return [*texts[:at], f"Ett helt nytt stycke nummer {random.randrange(10**6)} om något annat.", *texts[at:]]


def insert_first(texts: list[str], random: Random) -> list[str]:
    return [f"Viktigt meddelande {random.randrange(10**6)} till alla besökare.", *texts]


def delete(texts: list[str], random: Random) -> list[str]:
    at = random.randrange(len(texts))
    return texts[:at] + texts[at + 1 :]


def move(texts: list[str], random: Random) -> list[str]:
    text = texts.pop(random.randrange(len(texts)))
    texts.insert(random.randrange(len(texts) + 1), text)
    return texts


def duplicate(texts: list[str], random: Random) -> list[str]:
    texts.insert(random.randrange(len(texts) + 1), random.choice(texts))
    return texts


def edit(texts: list[str], random: Random) -> list[str]:
    """Change one word of a sentence of four words or more, as a mended typo or a new figure would."""
    long = [index for index, text in enumerate(texts) if len(text.split()) >= 4 and len(text) >= 25]
    if long:
        at = random.choice(long)
        words = texts[at].split(" ")
        words[random.randrange(len(words))] = f"ändrat{random.randrange(100)}"
        texts[at] = " ".join(words)
    return texts


MUTATIONS: dict[str, Callable[[list[str], Random], list[str]]] = {
    "insert": insert,
    "insert_first": insert_first,
    "delete": delete,
    "move": move,
    "edit": edit,
    "duplicate": duplicate,
}


def outcome(before: Sequence[str], after: Sequence[str]) -> Outcome:
    """Match a changed page with what it was, and count.

    A segment is lost when its text, or its changed text, is still on the page but became a new segment.
    """
    known = [KnownSegment(f"k{index}", text) for index, text in enumerate(dict.fromkeys(before))]
    by_text = {segment.text: segment.key for segment in known}
    matches = match(known, [Cut(index, 0, "p", text) for index, text in enumerate(after)])
    kept = stale = lost = 0
    for text, found in zip(after, matches, strict=True):
        if text in by_text:
            kept += found.key == by_text[text] and not found.changed
            lost += found.key != by_text[text]
        elif "ändrat" in text:
            stale += found.key is not None and found.changed
            lost += found.key is None and set(before) - set(after) != set()  # else a copy was edited: nothing is gone
    return Outcome(kept, stale, lost)
