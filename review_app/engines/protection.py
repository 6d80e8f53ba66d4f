"""Carries placeholders through engines that know only plain text.

Each is sent as a token that engines leave alone, ``[[1]]``; an answer that lost one is asked for again in the pieces
between the placeholders, which cannot lose any.
"""

import re
from collections.abc import Callable, Sequence

from review_app.text.placeholders import Part, lost_and_added, tokenise

_TOKEN = re.compile(r"\[\s*\[\s*(/?)\s*(\d+)\s*\.?\s*(/?)\s*\]\s*\]")

Translate = Callable[[str], str | None]


def translate_protected(texts: Sequence[str], translate: Callable[[list[str]], list[str | None]]) -> list[str | None]:
    """Translate texts with a plain-text engine, their placeholders kept; nothing where the engine has no answer.

    Those that come back broken are asked for again in pieces, all pieces of all texts together.
    """
    answers = translate([shield(text) for text in texts])
    restored = [_restored(text, answer) for text, answer in zip(texts, answers, strict=True)]
    broken = [
        index
        for index, text in enumerate(texts)
        if restored[index] is None or any(lost_and_added(text, restored[index] or ""))
    ]
    broken = [index for index in broken if any(piece.part is not Part.TEXT for piece in tokenise(texts[index]))]
    wanted = list(dict.fromkeys(piece for index in broken for piece in _wanted(texts[index])))
    known = dict(zip(wanted, translate(wanted), strict=True)) if wanted else {}
    for index in broken:
        restored[index] = _restored(texts[index], _in_pieces(texts[index], known.get))
    return restored


def _restored(text: str, answer: str | None) -> str | None:
    """Return an answer with its tokens as placeholders, those too that the engine made up: they are one too many.

    In a text that itself holds what looks like a token, tokens stay as they are.
    """
    return answer if answer is None or _TOKEN.search(text) else unshield(answer)


def _wanted(text: str) -> list[str]:
    pieces = (piece.text for piece in tokenise(text) if piece.part is Part.TEXT)
    return [piece.strip() for piece in pieces if any(character.isalpha() for character in piece)]


def shield(text: str) -> str:
    """Write placeholders as tokens."""
    return "".join(
        piece.text if piece.part is Part.TEXT else piece.text.replace("<", "[[").replace(">", "]]")
        for piece in tokenise(text)
    )


def unshield(text: str) -> str:
    """Write tokens as placeholders again, however the engine spaced them."""
    return _TOKEN.sub(r"<\1\2\3>", text)


def _in_pieces(text: str, translate: Translate) -> str | None:
    out: list[str] = []
    for piece in tokenise(text):
        if piece.part is not Part.TEXT or not any(character.isalpha() for character in piece.text):
            out.append(piece.text)
            continue
        answer = translate(piece.text.strip())
        if answer is None:
            return None
        lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        tail = piece.text[len(piece.text.rstrip()) :]
        out.append(lead + answer.strip() + tail)
    return "".join(out)
