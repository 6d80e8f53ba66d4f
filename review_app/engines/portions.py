"""Parts texts that are longer than an engine takes at a time: at the ends of sentences, so that each is read whole."""

from bisect import bisect_right
from collections.abc import Callable

from review_app.text.sentences import split_sentences

Measure = Callable[[str], int]


def in_bytes(text: str) -> int:
    """Return a text's length in bytes of UTF-8."""
    return len(text.encode())


def portions(text: str, language: str, limit: int, measure: Measure = len) -> list[str]:
    """Part a long text at the ends of its sentences, and a monstrous sentence at a space; none measures over the limit.

    ``measure`` counts what the limit is of: characters, or bytes.
    """
    if measure(text) <= limit:
        return [text]
    parted = [""]
    for start, end in split_sentences(text, language):
        for piece in _pieces(text[start:end], limit, measure):
            if parted[-1] and measure(f"{parted[-1]} {piece}") > limit:
                parted.append("")
            parted[-1] = f"{parted[-1]} {piece}".strip()
    return parted


def _pieces(sentence: str, limit: int, measure: Measure) -> list[str]:
    pieces = []
    while measure(sentence) > limit:
        # The longest beginning that is within the limit, found by halving: characters differ in bytes.
        most = bisect_right(range(1, len(sentence)), limit, key=lambda end: measure(sentence[:end])) or 1
        at = sentence.rfind(" ", 1, most + 1)
        at = at if at > 0 else most
        pieces.append(sentence[:at])
        sentence = sentence[at:].strip()
    return [*pieces, sentence]
