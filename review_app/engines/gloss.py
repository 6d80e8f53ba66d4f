"""A word-for-word gloss from the dictionary Folkets lexikon: no network, no grammar, never to be published.

The dictionary is part of the package svlang (Folkets lexikon, KTH, CC BY-SA 2.5).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version as package_version
from importlib.resources import files
from typing import ClassVar

from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.locale import N_
from review_app.text.placeholders import Part, tokenise
from review_app.text.wordbook import lemmatize

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NOTE = re.compile(r"\s*\([^)]*\)|\s*\[[^\]]*\]")
LONGEST_PHRASE = 3
"""Words of the longest dictionary phrase that is looked for."""

SHORTEST_PART = 4
"""Letters of the shortest half of a compound that is looked up on its own."""


class Gloss:
    """The engine ``gloss``."""

    name: ClassVar[str] = "gloss"
    label: ClassVar[str] = N_("Word for word from Folkets lexikon (CC BY-SA 2.5): a help to read by, never published")
    publishable: ClassVar[bool] = False
    replays: ClassVar[bool] = False
    detects: ClassVar[bool] = False
    official: ClassVar[bool] = True
    terms: Terms = Terms(
        provider=N_("this machine"), country="–", retention=N_("nothing"), price=0.0, local=True, longest_text=100_000
    )

    def __init__(self, _config: EngineConfig) -> None:
        self.version = f"svlang {package_version('svlang')}"

    def usable(self) -> str | None:
        """It always is."""
        return None

    def supports(self, source: str, target: str) -> bool:
        """Say whether the pair is Swedish to English, the only one there is."""
        return source.split("-", maxsplit=1)[0] == "sv" and target.split("-", maxsplit=1)[0] == "en"

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return a gloss of every text."""
        return [Result(gloss(text)) for text in texts]


def is_swedish(word: str) -> bool:
    """Say whether a word, in whatever case, is in the dictionary, as it is or in its base form."""
    lowered = word.lower()
    return any(form in dictionary() for form in (lowered, lemmatize(lowered, "sv").lower()))


def gloss(text: str) -> str:
    """Return the text with every word replaced by the dictionary's first translation; unknown words stay."""
    return "".join(_gloss_run(piece.text) if piece.part is Part.TEXT else piece.text for piece in tokenise(text))


def _gloss_run(text: str) -> str:
    words = list(_WORD.finditer(text))
    out: list[str] = []
    position = index = 0
    while index < len(words):
        count, english = _longest(text, words, index)
        first, last = words[index], words[index + count - 1]
        out += [text[position : first.start()], _cased(first[0], english)]
        position = last.end()
        index += count
    return "".join([*out, text[position:]])


def _longest(text: str, words: Sequence[re.Match[str]], index: int) -> tuple[int, str]:
    """Return how many words the longest phrase known here has, and its translation."""
    known = dictionary()
    for count in range(min(LONGEST_PHRASE, len(words) - index), 1, -1):
        phrase = text[words[index].start() : words[index + count - 1].end()].lower()
        if phrase in known:
            return count, known[phrase]
    return 1, _word(words[index][0])


@cache
def _word(word: str) -> str:
    known = dictionary()
    lowered = word.lower()
    for form in (lowered, lemmatize(lowered, "sv").lower()):
        if form in known:
            return known[form]
    return _compound(lowered, known) or word


def _compound(word: str, known: Mapping[str, str]) -> str | None:
    """Return a compound's halves, translated: ``näringslivsstrategi`` is business life strategy."""
    for middle in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        head, tail = word[:middle], word[middle:]
        last = known.get(tail) or known.get(lemmatize(tail, "sv").lower())
        first = known.get(head) or (known.get(head[:-1]) if head.endswith("s") else None)
        if first and last:
            return f"{first} {last}"
    return None


def _cased(swedish: str, english: str) -> str:
    if len(swedish) > 1 and swedish.isupper():
        return english.upper()
    return english[:1].upper() + english[1:] if swedish[:1].isupper() else english


@cache
def dictionary() -> Mapping[str, str]:
    """Return the dictionary: a Swedish word in lower case to its first English translation."""
    known: dict[str, str] = {}
    lines = files("svlang.data").joinpath("folkets_sv_en.tsv").read_text("utf-8").splitlines()
    for line in lines:
        swedish, tab, english = line.partition("\t")
        meaning = _NOTE.sub("", english.split(",")[0].split(";")[0]).strip()
        if tab and meaning and not line.startswith("#"):
            known.setdefault(swedish.strip().lower(), meaning)
    return known
