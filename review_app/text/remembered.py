"""What is known of words, so many at most: texts repeat their words, and asking a ``dict`` is all it costs then."""

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 50_000
"""Keys that are remembered; then it begins anew, so that hostile texts cannot fill the memory."""


class Remembered(dict[Key, Value]):
    """What a function makes of each key, worked out when first asked for by ``[key]``."""

    def __init__(self, work_out: Callable[[Key], Value], most: int = MOST) -> None:
        super().__init__()
        self._work_out, self._most = work_out, most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._work_out(key)
        return value
