"""Dictionaries of words and their forms, as files mapped into memory: only what is asked for takes room, and the
processes of a machine share it.

They are simplemma's. As it has them in memory, those of eight languages take 490 MB and three seconds to read.
"""

import mmap
import os
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import simplemma
from numpy.typing import NDArray
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY, DefaultStrategy, DictionaryLookupStrategy, RulesStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory, DictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from review_app.text.kept import kept, writing

LAYOUT = 1
"""Raised whenever files are written in another way."""

_MAGIC = b"wordbook"
PRIME = 5_871_781_006_564_002_389
"""A word is known by its bytes, as one number, modulo this: the first prime below 2⁶⁴/π. Near a power of two, as
computers like them, words that differ in two letters would be one."""

SPREAD = 0x9E3779B97F4A7C15
"""2⁶⁴ divided by the golden ratio: spreads short words over all numbers."""

_DRAWERS = 16
"""Bits of a number that say in which part of the file it lies."""


class Wordbook(Mapping[str, str]):
    """Words with a text each, in a mapped file: sorted numbers of the words, and where each one's text begins."""

    def __init__(self, path: Path) -> None:
        """Open a file that ``write`` has written; raises ``ValueError`` for any other, ``OSError`` for none."""
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[:8] != _MAGIC or len(self._data) < 16:
            raise ValueError(f"{path.name} is no wordbook")
        self._count = int.from_bytes(self._data[8:16], "little")
        view = memoryview(self._data)
        first = 16 + 4 * ((1 << _DRAWERS) + 2)
        second = first + 8 * self._count
        self._texts = second + 4 * self._count
        self._drawers = view[16:first].cast("I")
        self._numbers = view[first:second].cast("Q")
        self._starts = view[second : self._texts].cast("I")

    def get(self, word: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return the text of a word."""
        number = _number_of(word)
        drawer = number >> (63 - _DRAWERS)
        end = self._drawers[drawer + 1]
        at = bisect_left(self._numbers, number, self._drawers[drawer], end)
        if at == end or self._numbers[at] != number:
            return default
        start = self._texts + self._starts[at]
        return self._data[start : self._data.find(b"\n", start)].decode()

    def first(self, words: Iterable[str]) -> str | None:
        """Return the first of many words in small letters that is here, so or with a capital; they may be hundreds."""
        drawers, numbers = self._drawers, self._numbers
        for word in words:
            for one in (word, word.capitalize()):
                number = int.from_bytes(one.encode() + b"\1", "little") * SPREAD % PRIME  # calls nothing of ours
                drawer = number >> (63 - _DRAWERS)
                end = drawers[drawer + 1]
                at = bisect_left(numbers, number, drawers[drawer], end)
                if at < end and numbers[at] == number:
                    return word
        return None

    def have(self, numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Say of many words, given by their numbers, which are here."""
        own = np.frombuffer(self._numbers, dtype=np.uint64)
        if not len(own):
            return np.zeros(len(numbers), dtype=bool)
        found: NDArray[np.bool_] = own[np.minimum(np.searchsorted(own, numbers), len(own) - 1)] == numbers
        return found

    def __getitem__(self, word: str) -> str:
        """Return the text of a word; raises ``KeyError``."""
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    def __len__(self) -> int:
        """Return how many words there are."""
        return self._count

    def __iter__(self) -> Iterator[str]:
        """Words are known by their numbers alone."""
        raise TypeError("a wordbook can only be asked for words")


def write(path: Path, words: Mapping[str, str]) -> None:
    """Write a wordbook, in one step for whoever looks; texts have no line breaks."""
    numbers, starts = array("Q"), array("I")
    texts: dict[str, int] = {}
    size = 0
    for word, text in words.items():
        start = texts.get(text)
        if start is None:
            start = texts[text] = size
            size += len(text.encode()) + 1
        numbers.append(_number_of(word))
        starts.append(start)
    order = np.argsort(np.frombuffer(numbers, dtype=np.uint64))
    in_order = np.frombuffer(numbers, dtype=np.uint64)[order]
    if (in_order[1:] == in_order[:-1]).any():
        raise ValueError(f"two words of {path.name} have one number")  # once in a million dictionaries
    edges = np.arange((1 << _DRAWERS) + 1, dtype=np.uint64) << np.uint64(63 - _DRAWERS)
    parts = [
        _MAGIC + len(numbers).to_bytes(8, "little"),
        np.append(np.searchsorted(in_order, edges), 0).astype(np.uint32).tobytes(),
        in_order.tobytes(),
        np.frombuffer(starts, dtype=np.uint32)[order].tobytes(),
        "".join(f"{text}\n" for text in texts).encode(),
    ]
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(b"".join(parts))
    draft.replace(path)


def _number_of(word: str) -> int:
    return int.from_bytes(word.encode(errors="surrogatepass") + b"\1", "little") * SPREAD % PRIME


class Wordbooks(DictionaryFactory):
    """Gives simplemma's strategies their dictionaries, each opened once."""

    def __init__(self) -> None:
        self._opened: dict[str, Mapping[str, str]] = {}
        self._opening = Lock()

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Return a language's dictionary, from forms to the words they are forms of."""
        found = self._opened.get(lang)
        if found is None:
            with self._opening:
                found = self._opened.get(lang) or _open(lang)
                self._opened[lang] = found
        return found


WORDBOOKS = Wordbooks()
_LOOK_UP = DictionaryLookupStrategy(WORDBOOKS)
_RULES = RulesStrategy()
_LEMMATIZER = simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=WORDBOOKS))


def forms_of(language: str) -> Mapping[str, str]:
    """Return a language's dictionary, from forms to the words they are forms of."""
    return WORDBOOKS.get_dictionary(language)


def is_known(word: str, language: str) -> bool:
    """Say whether a language's dictionary has a word in one of its spellings: with a capital, another apostrophe."""
    return _LOOK_UP.get_lemma(unicodedata.normalize("NFC", word), language) is not None


def lemmatize(word: str, language: str) -> str:
    """Return the word that another is a form of, by the dictionary and simplemma's rules."""
    return _LEMMATIZER.lemmatize(word, language)


BY_RULES_ALONE = frozenset({"sv", "en"})
"""Languages of which simplemma knows a word that no dictionary has, of letters alone, by its rules or not at all."""


def by_rule(word: str, language: str) -> str:
    """Return the word that another is a form of, by simplemma's rules alone; the word itself where none applies."""
    return _RULES.get_lemma(word, language) or word


def prepare(languages: Sequence[str]) -> Path | None:
    """Write what the cache folder lacks of these languages' dictionaries; returns the folder, if there is one."""
    return kept(__name__, [_name(language) for language in languages])


def _open(language: str) -> Mapping[str, str]:
    if language in SUPPORTED_LANGUAGES and (folder := prepare([language])) is not None:
        return Wordbook(folder / _name(language))
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary(language)


def _name(language: str) -> str:
    return f"forms-{language}-{simplemma.__version__}-{LAYOUT}.words"


def main(folder: Path, names: Sequence[str]) -> None:
    """Write dictionaries into a folder, and remove those of other versions."""
    shipped = DefaultDictionaryFactory(cache_max_size=1)
    with writing(folder, names) as missing:
        for name in missing:
            language = name.split("-")[1]
            write(folder / name, shipped.get_dictionary(language))
            for other in folder.glob(f"forms-{language}-*"):
                if other.name != name:
                    other.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
