"""Makes each placeholder of a stored segment one token, before any metric sees the text.

``<1>`` would else be three tokens to BLEU, three characters to chrF and part of its neighbour word to TER. Each becomes
one private-use character between spaces: one token to BLEU, one word and one character to chrF++, one word to TER.
Opening, closing and standing alone stay different things. A text without placeholders is not changed at all, so its
scores are plain sacreBLEU's. The ``score`` command reads other people's files and leaves them as they are.
"""

from review_app.text.placeholders import Part, tokenise

_FIRST = 0xF0000  # Supplementary Private Use Area-A: no letter, no punctuation, no case
_KINDS = {Part.OPEN: 0, Part.CLOSE: 1, Part.VOID: 2}


def placeholders_as_tokens(text: str) -> str:
    """Return a segment's text with every placeholder as a token of its own."""
    return "".join(
        piece.text if piece.part is Part.TEXT else f" {chr(_FIRST + piece.number * len(_KINDS) + _KINDS[piece.part])} "
        for piece in tokenise(text)
    )
