"""A link or other markup of the sentence is lost, doubled or broken.

Wrong when the translation needs no emphasis where the Swedish has it; for links it never is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.placeholders import Part, Piece, is_well_nested, lost_and_added, plain, tokenise


def look(pair: Pair) -> Iterator[Found]:
    """Find placeholders that one side alone has, and pairs that cross."""
    if "<" not in pair.source and "<" not in pair.target:
        return
    lost, added = lost_and_added(pair.source, pair.target)
    if lost:
        yield from _lost(pair.source, lost)
    for start, placeholder in sorted((pair.target.rfind(placeholder), placeholder) for placeholder in added):
        yield Found("placeholder_added", None, (start, start + len(placeholder)), {"found": placeholder}, fix="")
    if not lost and not added and is_well_nested(pair.source) and not is_well_nested(pair.target):
        yield Found("placeholder_crossed")


def _lost(source: str, lost: Sequence[str]) -> Iterator[Found]:
    """Tell a lost pair once, by the words that it is on, and other lost placeholders one by one; in the text's order.

    A placeholder does not say whether it is a link or emphasis.
    """
    missing, spans = Counter(lost), []
    for opening, closing in _pairs(source):
        if missing[opening.text] and missing[closing.text]:
            missing.subtract((opening.text, closing.text))
            spans.append((opening.start, closing.end))
    for placeholder in missing.elements():
        start = source.find(placeholder)
        spans.append((start, start + len(placeholder)))
    for start, end in sorted(spans):
        inside = plain(source[start:end]).strip()
        if inside:
            yield Found("markup_lost", (start, end), None, {"inside": inside})
        else:
            yield Found("placeholder_lost", (start, end), None, {"expected": source[start:end]})


def _pairs(text: str) -> Iterator[tuple[Piece, Piece]]:
    """Yield what opens and what closes the same markup."""
    opened: dict[int, Piece] = {}
    for piece in tokenise(text):
        if piece.part is Part.OPEN:
            opened[piece.number] = piece
        elif piece.part is Part.CLOSE and piece.number in opened:
            yield opened.pop(piece.number), piece


CHECK = Check(N_("Link or markup"), Severity.CRITICAL, "design/markup", look)
