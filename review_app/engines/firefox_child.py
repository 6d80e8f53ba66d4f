"""The child process of the engine ``firefox``: loads the models it is given, then translates until its input ends.

A translator of fxtranslate stays on the thread that made it and holds the interpreter while it works; in the server it
would make everybody wait. This file is run by itself: the package around it would cost each process 50 MB.
"""

import gzip
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from fxtranslate import Translator, discovery

from review_app.pages.child import receive, send

FILES = 3
"""Of each model: the model, its source's vocabulary, its target's."""


def main(files: Sequence[str]) -> None:
    """Translate lists of texts from standard input, through one model after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, whose end ends this process
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever the library prints is no answer
        translators = [_load(files[start : start + FILES]) for start in range(0, len(files), FILES)]
        while True:
            try:
                texts = json.loads(receive(sys.stdin.buffer))
            except EOFError:
                return
            for translator in translators:
                texts = [translator.translate_long(text) for text in texts]
            send(answers, json.dumps(texts).encode())


def _load(files: Sequence[str]) -> Translator:
    # Without the shortlist of words that some models have, as fxtranslate loads them itself.
    try:
        return Translator(*(unpacked(Path(file)) for file in files))
    except (OSError, EOFError, ValueError) as error:
        raise SystemExit(f"{files[0]}: {error}") from None


def unpacked(path: Path) -> bytes:
    """Return what a file holds, which may be packed."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(content)
    return bytes(discovery.verify_and_decompress(content)) if path.suffix == ".zst" else content


if __name__ == "__main__":
    main(sys.argv[1:])
