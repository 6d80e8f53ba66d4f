"""Whether one side of a pair tells a name of the other, in any of its forms."""

from collections.abc import Sequence

from review_app.checks.names import are_one_name, may_come_from, other_forms
from review_app.checks.reading import Reading

MOST_WORDS = 300
"""Words of the other side that a name is compared with."""


class Told(dict[str, bool]):
    """Whether a source may tell a name; its other translations have the same ones."""

    def __init__(self, source: Reading) -> None:
        super().__init__()
        self._words, self.lowered = source.tokens, source.text.lower()

    def __missing__(self, name: str) -> bool:
        told = self[name] = is_told(name, self._words, self.lowered)
        return told


def is_told(name: str, words: Sequence[str], lowered: str) -> bool:
    """Say whether a word of the other side may be the name."""
    if any(form in lowered or (len(form) == 2 and f"{form[0]}.{form[1]}" in lowered) for form in other_forms(name)):
        return True
    head, hyphen, _ = name.lower().partition("-")
    if hyphen and (head in lowered or any(form in lowered for form in other_forms(head))):
        return True
    return any(
        are_one_name(name, word) if word[0].isupper() else may_come_from(name, word) for word in words[:MOST_WORDS]
    )
