"""Replays outputs of real engines that a corpus folder holds: no network, the same every time."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.engines.judging import judge
from review_app.errors import BadFile, EngineFailed
from review_app.locale import N_
from review_app.text.normalise import normalise

NOT_RECORDED = N_("There is no recording of this sentence.")
NO_FOLDER = N_("No folder of recordings is set. Set REVIEW_APP_RECORDED_FOLDER to a corpus folder.")


class Recorded:
    """The engine ``recorded``; a page's first recorded engine is the one it replays."""

    name: ClassVar[str] = "recorded"
    label: ClassVar[str] = N_("Recordings of other engines, from a corpus folder")
    publishable: ClassVar[bool] = True
    replays: ClassVar[bool] = True
    detects: ClassVar[bool] = False
    official: ClassVar[bool] = True
    terms: Terms = Terms(
        provider=N_("this machine"), country="–", retention=N_("nothing"), price=0.0, local=True, longest_text=100_000
    )

    def __init__(self, config: EngineConfig) -> None:
        self.version = "1"
        self._folder = config.recorded_folder

    def usable(self) -> str | None:
        """Return what is missing: a folder."""
        return None if self._folder is not None and self._folder.is_dir() else NO_FOLDER

    def supports(self, source: str, target: str) -> bool:
        """Say whether any page of the folder has recordings in the language."""
        return self._folder is not None and bool(recordings(self._folder, target))

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return the recording of every text, judged as if it had come in today."""
        if self._folder is None:
            raise EngineFailed(NO_FOLDER)
        known = recordings(self._folder, target)
        return [_result(text, known.get(normalise(text)), target) for text in texts]


def _result(text: str, recorded: Result | None, target: str) -> Result:
    if recorded is None:
        return Result(None, NOT_RECORDED)
    judged = judge(text, recorded.text, target)
    return Result(judged.text, judged.reason, recorded.engine, recorded.version, recorded.made_on)


@lru_cache(maxsize=32)
def recordings(folder: Path, language: str) -> dict[str, Result]:
    """Return the first engine's output for every source text of a corpus folder, by normalised source.

    Raises ``BadFile`` naming the file and the line that is no recording.
    """
    found: dict[str, Result] = {}
    for path in sorted(folder.glob(f"*/segments.{language}.jsonl")):
        for source, result in _recordings_of(path):
            found.setdefault(source, result)
    return found


def _recordings_of(path: Path) -> Iterator[tuple[str, Result]]:
    # Cut at line feeds only: a text may hold what splitlines() takes for a line's end.
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        text = line.removeprefix(BOM_UTF8)
        try:
            yield from _recordings_in(text) if text.strip() else ()
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            what = "not a recording"
            raise BadFile(
                N_("{file}, line {line}: {what}. Mend the line and try again."), file=path, line=number, what=what
            ) from error


def _recordings_in(line: bytes) -> Iterator[tuple[str, Result]]:
    row = json.loads(line.decode("utf-8"))
    for machine in row["machine"][:1]:
        text, engine, version = (machine[name] for name in ("text", "engine", "version"))
        if not all(isinstance(value, str) for value in (text, engine, version)):
            raise TypeError
        yield normalise(row["source"]), Result(text, None, engine, version, date.fromisoformat(machine["date"]))
