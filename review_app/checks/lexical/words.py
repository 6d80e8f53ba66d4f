"""What is known of each word that has been met, looked up once: figures in columns, so that many texts are fast."""

from collections.abc import Callable, Mapping
from enum import IntEnum
from math import log

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.tokens import ENDERS, inside, lowered

STEM = 4  # letters in which words that look alike must agree: "cyanursyra", "cyanuric"
MOST_WORDS = 100_000  # words remembered; then it begins anew, so that hostile texts cannot fill the memory
COLUMNS = (
    "rarity", "kind", "class_low", "class_inside", "word_low", "word_inside", "ends", "known", "capital", "negates",
)  # fmt: skip


class Kind(IntEnum):
    """What a token is."""

    CONTENT = 0
    GRAMMAR = 1
    MARK = 2
    NUMBER = 3


class _Numbers(dict[str, int]):
    """The number of each word; one that is asked for the first time is met."""

    def __init__(self, meet: Callable[[str], int]) -> None:
        super().__init__()
        self._meet = meet

    def __missing__(self, token: str) -> int:
        number = self[token] = self._meet(token)
        return number


class Words:
    """The words of one language met so far; a word has the same number until ``restart``.

    By number: ``written`` holds the words, ``stems`` how they begin, ``content`` whether they carry
    meaning, ``rarities`` how seldom they stand (nats), ``table`` all figures (``COLUMNS``).
    """

    def __init__(
        self,
        seen: Mapping[str, int],
        texts: int,
        grammar: frozenset[str],
        negations: frozenset[str],
        class_of: Callable[[str], int],
        number_of: Mapping[str, int],
        is_known: Callable[[str], bool],
    ) -> None:
        self._seen, self._texts, self._grammar, self._negations = seen, texts, grammar, negations
        self._class_of, self._number_of, self._is_known = class_of, number_of, is_known
        self.restart()

    def restart(self) -> None:
        """Forget every word."""
        self._numbers = _Numbers(self._meet)
        self.written: list[str] = []
        self.stems: list[str] = []
        self.content: list[bool] = []
        self.rarities: list[float] = []
        self._rows: list[tuple[float, ...]] = []
        self._table: NDArray[np.float32] = np.zeros((0, len(COLUMNS)), dtype=np.float32)

    @property
    def table(self) -> NDArray[np.float32]:
        """All figures of the words, a row for each number."""
        if self._rows:
            self._table = np.concatenate([self._table, np.array(self._rows, dtype=np.float32)])
            self._rows = []
        return self._table

    def numbers(self, tokens: list[str]) -> list[int]:
        """Return the number of each token."""
        known = self._numbers
        return [known[token] for token in tokens]

    @property
    def is_full(self) -> bool:
        """Say whether so many words are remembered that it is time to restart."""
        return len(self.written) > MOST_WORDS

    def _meet(self, token: str) -> int:
        number = len(self.written)
        self.written.append(token)
        is_capital = token[0].isupper()
        self.stems.append(token[:STEM].lower() if is_capital or len(token) >= STEM else "")
        low = lowered(token)
        middle = inside(token) if is_capital else low
        kind, rarity = self._kind(low), log((self._texts + 1) / (self._seen.get(low, 0) + 1))
        self.content.append(kind is Kind.CONTENT)
        self.rarities.append(rarity)
        in_order = self._class_of(low), self._number_of.get(low, 1)
        within = in_order if middle == low else (self._class_of(middle), self._number_of.get(middle, 1))
        self._rows.append(
            (
                rarity,
                kind,
                in_order[0],
                within[0],
                in_order[1],
                within[1],
                token in ENDERS,
                self._is_known(low),
                is_capital,
                low in self._negations or low.endswith("n't"),
            )
        )
        return number

    def _kind(self, low: str) -> Kind:
        if low[0].isalpha() or low == "'s":
            return Kind.GRAMMAR if low in self._grammar else Kind.CONTENT
        return Kind.NUMBER if low[0].isdecimal() else Kind.MARK
