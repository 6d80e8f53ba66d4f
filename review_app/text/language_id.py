"""Recognises the language of a text by how its letters follow one another: langid.py's method (Lui & Baldwin 2011).

The model is py3langid's, of 139 languages: 78 MB and half a second to read, so its tables are kept as files that are
mapped into memory.
"""

import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import py3langid
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

from review_app.text.kept import kept, writing

LEAST_WORDS = 5
LEAST_BYTES = 60
"""Of texts with fewer words nothing is said, unless they are as long as this in UTF-8: 60 letters, or 20 of Chinese."""

SURE = 0.65
"""Probability, together with its like, from which a language counts as recognised …"""

NO_DOUBT = 0.02
"""… if the one that is expected has at most this. Of 41,795 English texts, people's and five engines', 11 are taken for
another language so, most of them titles in German and Spanish; of 996 Swedish sentences 98.9 % are recognised."""

ALIKE = (
    {"am", "ti"}, {"ar", "ary", "arz"}, {"bs", "hr", "sh", "sr"}, {"ckb", "ku", "sdh"}, {"cs", "sk"},
    {"da", "nb", "nn", "no"}, {"en", "pcm"}, {"es", "ext", "gl"}, {"fa", "prs", "tg"}, {"fi", "fit"}, {"id", "ms"},
    {"uz", "uzs"}, {"wuu", "yue", "zh"},
)  # fmt: skip
"""Languages that are too much alike to be told apart for sure, and those that the model knows under another name."""

LEAST_LETTERS = 20
"""Of texts with fewer nothing is said about their script: they may be a name."""

_WRITTEN = {"ckb": "Arab", "ku": "Latn"}
_SCRIPTS = {"Arab": "ARABIC", "Cyrl": "CYRILLIC", "Latn": "LATIN"}
"""What Unicode calls the letters of the scripts that languages have two of."""

EVERYWHERE = frozenset({"en", "sv"})
"""What a text is most often left in; the only ones that are told from languages which the model does not know."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_LANGUAGE = re.compile(r"(?<!\{)\{+[^{}]*\}+|%\(?\w*\)?[sd]\b|(?:https?://|www\.)\S+|(?<!\S)\S+@\S+|&#?\w+;")


def other_language(text: str, language: str, names: Collection[str] = ()) -> str | None:
    """Return the language a text is in when that is surely not the one given; nothing where there is a doubt.

    ``names``: words that say nothing, because they are the same in every language.
    """
    words = [word for word in _WORD.findall(_NO_LANGUAGE.sub(" ", text)) if word not in names]
    text = " ".join(words)
    if script := other_script(text, language):
        return script
    if len(set(words)) < LEAST_WORDS and len(text.encode(errors="replace")) < LEAST_BYTES:
        return None
    wanted = language.split("-", maxsplit=1)[0].lower()
    found = str(_model().classify(text)[0])
    return found if _differ(found, wanted) and _is_sure(text, found, wanted) else None


def other_script(text: str, language: str) -> str | None:
    """Return the script that a text is written in when the language's tag says another one; nothing in doubt.

    Kurdish is judged so as well: Kurmanji and Sorani are too much alike to be told apart otherwise.
    """
    primary, *rest = language.split("-")
    wanted = next((part.title() for part in rest if len(part) == 4), _WRITTEN.get(primary))
    found = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    if wanted not in _SCRIPTS or found.total() < LEAST_LETTERS:
        return None
    other, letters = found.most_common(1)[0]
    return other.title() if other != _SCRIPTS[wanted] and letters > found.total() / 2 else None


def names_in(text: str) -> frozenset[str]:
    """Return the words of a text that begin with a capital: names, and first words."""
    return frozenset(word for word in _WORD.findall(text) if word[0].isupper())


def _is_sure(text: str, found: str, wanted: str) -> bool:
    probabilities = dict(_model().rank(text))
    sure, doubt = (sum(probabilities.get(one, 0.0) for one in _alike(language)) for language in (found, wanted))
    return bool(sure >= SURE and doubt <= NO_DOUBT)


def _differ(found: str, wanted: str) -> bool:
    if found == "zxx" or wanted in _alike(found):  # "zxx" is no language: code, numbers
        return False
    return found in EVERYWHERE or wanted in _known()


def _alike(language: str) -> Collection[str]:
    return next((group for group in ALIKE if language in group), {language})


def load() -> None:
    """Load the model, if it is not yet."""
    _model()


@cache
def _model() -> LanguageIdentifier:
    folder = kept(__name__, _FILES)
    if folder is None:
        shipped: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        return shipped
    chances, priors, labels, moves, rows, features = (np.load(folder / name, mmap_mode="r") for name in _FILES)
    return LanguageIdentifier(
        chances,
        np.asarray(priors),
        labels.tolist(),
        memoryview(moves),
        memoryview(features),
        norm_probs=True,
        tk_row=rows.tolist(),
    )


_FILES = tuple(
    f"language-{part}-{py3langid.__version__}.npy"
    for part in ("chances", "priors", "labels", "moves", "rows", "features")
)
"""The model's tables in the order of py3langid: chances of languages given a feature, and the automaton of features."""


def main(folder: Path, names: Sequence[str]) -> None:
    """Write the model's tables into a folder, and remove those of other versions."""
    with writing(folder, names) as missing:
        if not missing:
            return
        tables = load_model(MODEL_DIR / MODEL_FILE)
        for name, table in zip(_FILES, tables, strict=True):
            draft = folder / f"{name}.{os.getpid()}"
            with draft.open("wb") as file:
                np.save(file, np.asarray(table))
            draft.replace(folder / name)
        for other in folder.glob("language-*"):
            if other.name not in _FILES:
                other.unlink(missing_ok=True)


@cache
def _known() -> frozenset[str]:
    return frozenset(_model().labels).union(*ALIKE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
