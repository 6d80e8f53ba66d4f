"""All the figures of one pair of languages together, as they are stored and read."""

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.clustering import Classes
from review_app.checks.lexical.function_words import CONTENT_FREE, NEGATIONS
from review_app.checks.lexical.lexicon import Lexicon
from review_app.checks.lexical.ngrams import NGrams
from review_app.checks.lexical.tokens import is_in_dictionary
from review_app.checks.lexical.words import Words

USUAL = 3  # texts in which a word must stand to be one of the language, whatever the dictionary says
COMMON = 1 / 25  # share of the texts that an ordinary word of grammar stands in

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LexicalModel:
    """Lexicon, classes and language models of one pair of languages.

    ``class_forward[s, t]`` is the probability of a target word's class given a source word's, the last row that of a
    word with no counterpart; ``class_backward`` the other way round. ``seen`` counts the texts with a word.
    """

    lexicon: Lexicon
    texts: int
    source_seen: dict[str, int]
    target_seen: dict[str, int]
    source_classes: Classes
    target_classes: Classes
    class_forward: Floats
    class_backward: Floats
    class_order: NGrams
    word_numbers: dict[str, int]
    word_order: NGrams

    @cached_property
    def source(self) -> Words:
        """The words of the source language met so far."""
        language = self.lexicon.languages[0]
        return Words(
            self.source_seen, self.texts, self._grammar(language, self.source_seen),
            NEGATIONS.get(language, frozenset()), self.source_classes.of, {}, lambda word: word in self.source_seen,
        )  # fmt: skip

    @cached_property
    def target(self) -> Words:
        """The words of the target language met so far."""
        language = self.lexicon.languages[1]
        return Words(
            self.target_seen, self.texts, self._grammar(language, self.target_seen),
            NEGATIONS.get(language, frozenset()), self.target_classes.of, self.word_numbers,
            lambda word: self.target_seen.get(word, 0) > USUAL or is_in_dictionary(word, language),
        )  # fmt: skip

    def _grammar(self, language: str, seen: dict[str, int]) -> frozenset[str]:
        """Return the words that come and go in translation; the commonest where a language's are not known."""
        known = CONTENT_FREE.get(language)
        if known is not None:
            return known
        return frozenset(word for word, texts in seen.items() if texts > COMMON * self.texts)


def save(model: LexicalModel, path: Path | IO[bytes]) -> None:
    """Write a model to a path or an open file: a zip of arrays and lists, with the same bytes for the same figures."""
    arrays: dict[str, NDArray[Any]] = {
        "starts": np.diff(model.lexicon.starts).astype(np.uint16),
        "sources": model.lexicon.sources,
        "forward": model.lexicon.forward,
        "backward": model.lexicon.backward,
        "class_forward": _steps(model.class_forward),
        "class_backward": _steps(model.class_backward),
    }
    for name, grams in (("class_order", model.class_order), ("word_order", model.word_order)):
        arrays[f"{name}.hashes"] = np.diff(grams.hashes, prepend=np.uint32(0))
        arrays[f"{name}.chances"] = grams.chances
        arrays[f"{name}.backing"] = grams.backing
    lists = {
        "languages": model.lexicon.languages,
        "texts": model.texts,
        "source_words": model.lexicon.source_words,
        "target_words": model.lexicon.target_words,
        "source_seen": model.source_seen,
        "target_seen": model.target_seen,
        "source_classes": _classes(model.source_classes),
        "target_classes": _classes(model.target_classes),
        "word_numbers": model.word_numbers,
        "orders": (model.class_order.order, model.word_order.order),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)
        text = json.dumps(lists, ensure_ascii=False, separators=(",", ":"))
        archive.writestr(zipfile.ZipInfo("lists.json"), text, zipfile.ZIP_DEFLATED)


def load(path: Path | IO[bytes]) -> LexicalModel:
    """Read what ``save`` wrote."""
    with zipfile.ZipFile(path) as archive:
        lists = json.loads(archive.read("lists.json"))
        arrays = {
            name.removesuffix(".npy"): np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)
            for name in archive.namelist()
            if name.endswith(".npy")
        }
    grams = [
        NGrams(
            order,
            np.cumsum(arrays[f"{name}.hashes"], dtype=np.uint32),
            arrays[f"{name}.chances"],
            arrays[f"{name}.backing"],
        )
        for name, order in zip(("class_order", "word_order"), lists["orders"], strict=True)
    ]
    lexicon = Lexicon(
        tuple(lists["languages"]),
        tuple(lists["source_words"]),
        tuple(lists["target_words"]),
        np.concatenate([[0], np.cumsum(arrays["starts"], dtype=np.int32)]).astype(np.int32),
        arrays["sources"],
        arrays["forward"],
        arrays["backward"],
    )
    return LexicalModel(
        lexicon,
        lists["texts"],
        lists["source_seen"],
        lists["target_seen"],
        Classes(*lists["source_classes"]),
        Classes(*lists["target_classes"]),
        _chances(arrays["class_forward"]),
        _chances(arrays["class_backward"]),
        grams[0],
        lists["word_numbers"],
        grams[1],
    )


STEP = 1 / 20  # nats a quantised probability of classes stands for


def _steps(chances: Floats) -> NDArray[np.uint8]:
    return np.clip(np.round(-np.log(np.maximum(chances, 1e-9)) / STEP), 0, 255).astype(np.uint8)


def _chances(steps: NDArray[np.uint8]) -> Floats:
    chances: Floats = np.exp(-STEP * steps.astype(np.float32))
    return chances


def _classes(classes: Classes) -> tuple[dict[str, int], dict[str, int], int]:
    return classes.of_word, classes.of_ending, classes.count
