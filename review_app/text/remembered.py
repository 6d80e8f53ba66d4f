"""What is known of words, so many at most: texts repeat their words, and asking a ``dict`` is all it costs then."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 20_000
"""Keys that are remembered by whoever remembers words: the words of a site that come again and again, in some 4 MB.

With five times as many a worker grew by hundreds of MB, and saved next to no time: what is rare is asked for once.
"""


class Remembered(dict[Key, Value]):
    """What a function makes of each key, worked out when first asked for by ``[key]``.

    When it is full it begins anew: hostile texts cannot fill the memory.
    """

    def __init__(self, work_out: Callable[[Key], Value], most: int = MOST) -> None:
        super().__init__()
        self._work_out, self._most = work_out, most
        self._empty: set[Key] = set()

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._work_out(key)
        if not value:
            self._empty.add(key)
        return value

    def clear(self) -> None:
        """Forget everything."""
        super().clear()
        self._empty.clear()

    def has_only_empty(self, keys: Iterable[Key]) -> bool:
        """Say whether all keys are known, and nothing is made of any: most texts hold nothing that a check looks for.

        It is one look for a whole text, where asking for each of its words is a step each.
        """
        return self._empty.issuperset(keys)
