"""Spoils good translations in one place each, to teach what faults look like where nobody has marked any.

The kinds of fault are those of Karpinska et al. 2022 ("DEMETR"), made here by chance alone: words are left out, put in,
moved, or exchanged for others of their class or for other forms of theirs.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from review_app.checks.lexical.clustering import Classes
from review_app.checks.lexical.function_words import CONTENT_FREE
from review_app.checks.lexical.tokens import lemma

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TENSES = {
    "is": ("was", "will be", "has been", "is being"),
    "are": ("were", "will be", "have been", "are being"),
    "was": ("is", "will be", "had been", "was being"),
    "were": ("are", "will be", "had been", "were being"),
    "has": ("had", "will have", "is having"),
    "have": ("had", "will have", "are having"),
    "had": ("has", "will have", "was having"),
    "will": ("would", "did"),
    "can": ("could", "will"),
    "could": ("can", "will"),
    "would": ("will", "can"),
    "been": ("being", "be"),
    "be": ("have been", "being"),
}
"""Other times of English auxiliaries."""


class Spoiler:
    """Spoils texts of one language with what it knows of the language's words."""

    def __init__(self, classes: Classes, language: str, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - draws examples, keeps no secret
        self._language, self._classes = language, classes
        self._grammar = CONTENT_FREE.get(language, frozenset())
        self._alike: defaultdict[int, list[str]] = defaultdict(list)
        self._forms: defaultdict[str, list[str]] = defaultdict(list)
        for word, kind in classes.of_word.items():
            if word[0].isalpha():
                self._alike[kind].append(word)
                self._forms[lemma(word, language)].append(word)
        self._ways: tuple[Callable[[str, list[re.Match[str]]], str | None], ...] = (
            self._drop_content, self._drop_content, self._drop_any, self._drop_part, self._put_in_again,
            self._put_in_again, self._put_in_another, self._exchange, self._exchange, self._other_form,
            self._other_form, self._other_tense, self._other_tense, self._move,
        )  # fmt: skip

    def spoiled(self, text: str) -> Iterator[str]:
        """Yield texts with one fault each, one for each way that applies."""
        words = list(WORD.finditer(text))
        for way in self._ways:
            spoiled = way(text, words) if len(words) > 3 else None
            if spoiled is not None and spoiled != text:
                yield spoiled

    def _content(self, words: list[re.Match[str]]) -> list[re.Match[str]]:
        return [word for word in words if word[0].lower() not in self._grammar]

    def _drop_content(self, text: str, words: list[re.Match[str]]) -> str | None:
        content = self._content(words)
        return _without(text, self._random.choice(content).span()) if content else None

    def _drop_any(self, text: str, words: list[re.Match[str]]) -> str:
        return _without(text, self._random.choice(words).span())

    def _drop_part(self, text: str, words: list[re.Match[str]]) -> str:
        first = self._random.randrange(1, len(words) - 1)
        last = min(first + self._random.randrange(2, 7), len(words) - 1)
        return _without(text, (words[first].start(), words[last].end()))

    def _put_in_again(self, text: str, words: list[re.Match[str]]) -> str | None:
        content = self._content(words)
        return self._put_in(text, words, self._random.choice(content)[0].lower()) if content else None

    def _put_in_another(self, text: str, words: list[re.Match[str]]) -> str:
        kind = self._random.choice(list(self._alike))
        return self._put_in(text, words, self._random.choice(self._alike[kind]))

    def _put_in(self, text: str, words: list[re.Match[str]], word: str) -> str:
        at = self._random.choice(words[1:]).start()
        return f"{text[:at]}{word} {text[at:]}"

    def _exchange(self, text: str, words: list[re.Match[str]]) -> str | None:
        content = self._content(words)
        if not content:
            return None
        word = self._random.choice(content)
        alike = self._alike.get(self._classes.of(word[0].lower()), [])
        return _with(text, word, self._random.choice(alike)) if alike else None

    def _other_form(self, text: str, words: list[re.Match[str]]) -> str | None:
        known = [word for word in self._content(words) if len(self._others(word[0])) > 0]
        if not known:
            return None
        word = self._random.choice(known)
        return _with(text, word, self._random.choice(self._others(word[0])))

    def _others(self, word: str) -> list[str]:
        return [form for form in self._forms.get(lemma(word.lower(), self._language), []) if form != word.lower()]

    def _other_tense(self, text: str, words: list[re.Match[str]]) -> str | None:
        known = [word for word in words if word[0].lower() in TENSES]
        if not known or self._language != "en":
            return None
        word = self._random.choice(known)
        return _with(text, word, self._random.choice(TENSES[word[0].lower()]))

    def _move(self, text: str, words: list[re.Match[str]]) -> str:
        at = self._random.randrange(len(words) - 1)
        one, two = words[at], words[at + 1]
        between = text[one.end() : two.start()]
        return f"{text[: one.start()]}{two[0]}{between}{one[0]}{text[two.end() :]}"


def _without(text: str, span: tuple[int, int]) -> str:
    """Return the text without a part, its spaces and its capital letter mended."""
    before, after = text[: span[0]].rstrip(), text[span[1] :]
    after = after if before else after.lstrip()
    left = before + after
    return left[:1].upper() + left[1:] if text[:1].isupper() else left


def _with(text: str, word: re.Match[str], other: str) -> str:
    capital = word[0][0].isupper()
    return text[: word.start()] + (other[:1].upper() + other[1:] if capital else other) + text[word.end() :]
