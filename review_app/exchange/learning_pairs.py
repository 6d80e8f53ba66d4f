"""Reads what a lexicon is learned from: TMX, and tab-separated lines of a word or text and its translation."""

from collections.abc import Iterator
from pathlib import Path

from review_app.errors import BadFile
from review_app.exchange.tmx import read_tmx
from review_app.locale import N_
from review_app.text.normalise import normalise
from review_app.text.placeholders import plain

Pair = tuple[str, str]

LARGEST_BYTES = 200 * 1024 * 1024


def read_pairs(file: Path, languages: tuple[str, str]) -> list[Pair]:
    """Return the pairs of a file, in its order; ``.tmx`` is TMX, anything else tab-separated lines.

    ``languages`` are source and target; raises ``BadFile`` for what cannot be read or holds no pair of them.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise BadFile(
                N_("{file} is larger than {most} MB. Split it into several files."),
                file=file,
                most=LARGEST_BYTES // 1024**2,
            )
        body = file.read_bytes()
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Check the name and the rights."), file=file, reason=error.strerror
        ) from error
    is_tmx = file.suffix.lower() == ".tmx"
    pairs = list(tmx_pairs(str(file), body, languages) if is_tmx else tsv_pairs(str(file), body))
    if not pairs:
        source, target = languages
        raise BadFile(
            N_("{file} holds no text in {source} with its translation into {target}."),
            file=file,
            source=source,
            target=target,
        )
    return pairs


def tsv_pairs(name: str, body: bytes) -> Iterator[Pair]:
    """Read lines of two columns, UTF-8; further columns, empty lines and those that begin with ``#`` do not count."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(N_("{file} cannot be read as UTF-8 text. Save it as UTF-8."), file=name) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        source, tab, rest = line.partition("\t")
        target = rest.partition("\t")[0]
        if not tab or not source.strip() or not target.strip():
            raise BadFile(
                N_("{file}, line {line}: a word, a tab and its translation were expected."), file=name, line=number
            )
        yield source.strip(), target.strip()


def tmx_pairs(name: str, body: bytes, languages: tuple[str, str]) -> Iterator[Pair]:
    """Read a TMX, its texts without markup; regions do not count: ``sv-SE`` is ``sv``."""
    source, target = map(_primary, languages)
    for unit in read_tmx(name, body):
        texts: dict[str, str] = {}
        for language, text in unit.texts.items():
            texts.setdefault(_primary(language), normalise(plain(text)))
        if texts.get(source) and texts.get(target):
            yield texts[source], texts[target]


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
