"""Where Mozilla's translation models lie on this machine, and how they get there: whole and verified, or not at all.

A model is one direction of a pair, in a folder of its own (``sv-en``), as fxtranslate keeps them. Every model leads to
or from English; other pairs go through it, as in Firefox.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from review_app.engines.codes import script_of
from review_app.errors import EngineFailed
from review_app.locale import N_
from review_app.pages.child import Child

HUB = "en"
FETCHING = ".fetching-"
FETCH_SECONDS = 1_800.0
"""A model is 37 MB, says fxtranslate's README; what takes half an hour does not come any more."""

LOAD_SECONDS = 120.0
CHILD = Path(__file__).with_name("firefox_child.py")
SITE = "https://mozilla.github.io/translations/firefox-models/"

NOT_INSTALLED = N_("The package fxtranslate is not installed. Run: pip install 'review-app[firefox]'")
NOT_FETCHED = N_(
    "No model for {pair} could be fetched from {address} ({reason}). Fetch the files by hand from {site} on a computer "
    "that can, and put them here: {folders}. Each folder needs the model and its vocabulary; files that end with .gz "
    "or .zst may stay as they are."
)
UNREADABLE = N_(
    "What was fetched for {pair} cannot be read by fxtranslate, and was thrown away. Upgrade fxtranslate and try again."
)
NOT_WRITTEN = N_("The folder {folder} cannot be written ({reason}). Make room, or set REVIEW_APP_DATA_DIR to another.")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of one model; most have one vocabulary for both languages."""

    model: Path
    source_vocabulary: Path
    target_vocabulary: Path


def files_in(folder: Path) -> ModelFiles | None:
    """Return the files of the model in a folder; nothing when it is not complete."""
    found = {path.name.split(".", maxsplit=1)[0]: path for path in sorted(folder.glob("[!.]*.*"), reverse=True)}
    model, shared = found.get("model"), found.get("vocab")
    source, target = found.get("srcvocab", shared), found.get("trgvocab", shared)
    return ModelFiles(model, source, target) if model and source and target else None


def digest_of(folder: Path) -> str:
    """Return the digest of a model's file; read once for as long as it is not replaced."""
    files = files_in(folder)
    if files is None:
        return ""
    known = files.model.stat()
    return _digest(files.model, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=64)
def _digest(file: Path, _changed_at: int, _size: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def route(models: Path, source: str, target: str) -> tuple[Path, ...]:
    """Return the folders of the models that lead from a language to another: one, or two by way of English, or none."""
    for start, end in ((one, other) for one in _codes(source) for other in _codes(target)):
        for legs in (((start, end),), ((start, HUB), (HUB, end))):
            folders = tuple(models / f"{first}-{last}" for first, last in legs)
            if all(files_in(folder) for folder in folders):
                return folders
    return ()


def process_of(legs: Sequence[Path]) -> Child:
    """Return a process that translates through the models of these folders; they are loaded when it is first asked."""
    models = [files for folder in legs if (files := files_in(folder)) is not None]
    paths = [path for one in models for path in (one.model, one.source_vocabulary, one.target_vocabulary)]
    return Child("-P", str(CHILD), *map(str, paths))  # -P: the modules beside it are no packages


def installed(models: Path) -> list[str]:
    """Return the names of the models that are complete."""
    folders = models.iterdir() if models.is_dir() else ()
    return sorted(folder.name for folder in folders if not folder.name.startswith(".") and files_in(folder))


def install(models: Path, source: str, target: str) -> list[str]:
    """Fetch what translates from a language to another, and return the names of all models there are then.

    fxtranslate downloads each file and compares its SHA-256 with the one Mozilla lists; then each model is loaded for a
    trial, and only then takes its place. Raises ``EngineFailed``; what was there before stays.
    """
    if find_spec("fxtranslate") is None:
        raise EngineFailed(NOT_INSTALLED)
    try:
        models.mkdir(parents=True, exist_ok=True)
        _sweep(models)
        with TemporaryDirectory(prefix=FETCHING, dir=models) as staging:
            for folder in _fetched(models, Path(staging), source, target):
                _replace(models / folder.name, folder)
    except OSError as error:
        raise EngineFailed(NOT_WRITTEN, folder=models.resolve(), reason=error.strerror or "–") from error
    return installed(models)


def _fetched(models: Path, staging: Path, source: str, target: str) -> tuple[Path, ...]:
    """Fetch models into a folder and try them; raises ``EngineFailed``."""
    for name in installed(models):
        shutil.copytree(models / name, staging / name)  # what is still the newest is not fetched again
    reason = _fetch(staging, source, target)
    legs = route(staging, source, target)
    if reason is not None or not legs:
        address = _address()
        reason = " ".join((reason or "files are missing").replace(f"GET {address}", "").replace(address, "").split())
        raise EngineFailed(
            NOT_FETCHED,
            pair=f"{source}-{target}",
            address=address,
            reason=reason.strip(" :")[:200],
            site=SITE,
            folders=_missing(models, source, target),
        )
    if not all(_loads(folder) for folder in legs):
        raise EngineFailed(UNREADABLE, pair=f"{source}-{target}")
    return legs


def _fetch(staging: Path, source: str, target: str) -> str | None:
    """Have fxtranslate fetch the models, in a process that can be ended; return what went wrong."""
    command = [sys.executable, "-m", "fxtranslate", "models", "add", source, target, "--cache-dir", str(staging)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=FETCH_SECONDS, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return f"it took longer than {FETCH_SECONDS / 60:g} minutes"
    said = done.stderr.decode(errors="replace").strip().split("\n")[-1]
    return None if done.returncode == 0 else said.removeprefix("fxtranslate: ") or f"status {done.returncode}"


def _loads(folder: Path) -> bool:
    child = process_of([folder])
    try:
        return child.ask(b"[]", seconds=LOAD_SECONDS) == b"[]"
    except (OSError, EOFError):
        return False
    finally:
        child.retire()


def _replace(place: Path, new: Path) -> None:
    """Put a new folder in the place of an old one, or leave the old one there."""
    old = new.with_name(f".{new.name}")  # goes with the folder it is in
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise


def _sweep(models: Path) -> None:
    """Remove what an installation left that was killed; one that is at work is younger."""
    for left in models.glob(f"{FETCHING}*"):
        if time.time() - left.stat().st_mtime > 2 * FETCH_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _missing(models: Path, source: str, target: str) -> str:
    """Return the folders that would have to be filled for a pair."""
    legs: Sequence[tuple[str, str]] = [(source, HUB), (HUB, target)]
    if HUB in {source, target}:
        legs = [(source, target)]
    folders = [models.resolve() / f"{first}-{last}" for first, last in legs]
    return ", ".join(str(folder) for folder in folders if not files_in(folder))


def _address() -> str:
    from fxtranslate import discovery  # noqa: PLC0415 - an extra

    return str(discovery.records_url())


def _codes(language: str) -> tuple[str, ...]:
    """Return the names that Mozilla's models may have for a language, the nearest first."""
    primary = language.split("-", maxsplit=1)[0]
    alone = (primary,) if script_of(language) == script_of(primary) else ()
    return tuple(dict.fromkeys((language, *alone, *(("no",) if primary in {"nb", "nn"} else ()))))
