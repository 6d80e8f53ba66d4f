"""The words of an English translation that are not English: most are names, some are faults."""

from review_app.checks.foreign import is_english
from review_app.checks.pair import Pair
from review_app.text.remembered import Remembered

SHORTEST = 4
"""Letters of the shortest word that is judged by a dictionary; "av" and "i" are too easily something else."""


MOST_COMPARED = 200
"""Different strangers of a text that are compared with every word of the source."""


def compared(pair: Pair) -> list[str]:
    """Return the different strangers, the first ones of very many; ask for it by ``pair.once``."""
    return list(dict.fromkeys(pair.once(strangers)))[:MOST_COMPARED]


def strangers(pair: Pair) -> list[str]:
    """Return the words of the target that are no English ones, but for acronyms; ask for it by ``pair.once``."""
    tokens = pair.target_tokens
    return [] if _STRANGE.has_only_empty(tokens) else [token for token in tokens if _STRANGE[token]]


def _is_strange(token: str) -> bool:
    if len(token) < SHORTEST or len(set(token)) == 1 or not (token.islower() or token.istitle()):
        return False
    return token.isalpha() and not is_english(token)


_STRANGE = Remembered(_is_strange)
