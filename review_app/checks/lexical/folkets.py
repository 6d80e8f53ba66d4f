"""Folkets lexikon (KTH, CC BY-SA 2.5, part of svlang) as pairs of words, for learning."""

import re
from collections.abc import Iterator
from importlib.resources import files

MOST_WORDS = 4  # words of the longest translation that is no explanation


def folkets_pairs() -> list[tuple[str, str]]:
    """Return Swedish headwords with their English translations, a pair for each."""
    return list(_read(files("svlang.data").joinpath("folkets_sv_en.tsv").read_text("utf-8")))


def _read(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        word, tab, meanings = line.partition("\t")
        word = word.replace("|", "").strip(" -.")
        if not tab or line.startswith("#") or not word:
            continue
        for meaning in re.split(r"[,;]", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", meanings)):
            if 0 < len(meaning.split()) <= MOST_WORDS:
                yield word, meaning.strip()
