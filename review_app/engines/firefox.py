"""Mozilla's translation models, as Firefox runs them, on this machine: ``fxtranslate`` in a process of its own."""

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.engines.firefox_models import LOAD_SECONDS, NOT_INSTALLED, digest_of, installed, process_of, route
from review_app.engines.judging import judge
from review_app.engines.machines import marked
from review_app.engines.protection import translate_protected
from review_app.errors import EngineFailed
from review_app.locale import N_
from review_app.pages.child import Child

NO_MODEL = N_("No model is there yet. Fetch one: review-app engines install firefox sv-en")
NOT_THIS_PAIR = N_(
    "There is no model from {source} to {target} here. Fetch it: review-app engines install firefox {source}-{target}"
)
DIED = N_("The engine firefox stopped without an answer. Try again, or fetch its models anew.")

MOST_PROCESSES = 3
"""Ways between languages that are kept in memory, with their models; the one used longest ago makes room."""

SECONDS_PER_TEXT = 20.0
"""Far more than a sentence takes, on any machine: what is slower hangs."""


class Firefox:
    """The engine ``firefox``."""

    name: ClassVar[str] = "firefox"
    label: ClassVar[str] = N_("Mozilla's translation models on this machine, as in Firefox")
    publishable: ClassVar[bool] = True
    official: ClassVar[bool] = True
    replays: ClassVar[bool] = False
    detects: ClassVar[bool] = False
    terms: Terms = Terms(
        provider=N_("this machine"),
        country="–",
        retention=N_("nothing"),
        price=0.0,
        local=True,
        longest_text=10_000,
        most_texts=20,
    )

    def __init__(self, config: EngineConfig) -> None:
        self._models = config.models_folder
        self._there = find_spec("fxtranslate") is not None
        self.version = f"fxtranslate {package_version('fxtranslate')}" if self._there else "–"

    def usable(self) -> str | None:
        """Return what is missing: the package, or a model."""
        if not self._there:
            return NOT_INSTALLED
        return None if self._models is not None and installed(self._models / self.name) else NO_MODEL

    def supports(self, source: str, target: str) -> bool:
        """Say whether there is a model for the pair, or two that lead there by way of English."""
        return bool(self._route(source, target))

    def version_for(self, source: str, target: str) -> str:
        """Return the version of fxtranslate with a mark of the models that translate this pair."""
        digests = [digest_of(folder) for folder in self._route(source, target)]
        return marked(self.version, *digests) if digests else self.version

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return a result for every text; raises ``EngineFailed`` when there is no model, or it fails."""
        if not self._there:
            raise EngineFailed(NOT_INSTALLED)
        legs = self._route(source, target)
        if not legs:
            raise EngineFailed(NOT_THIS_PAIR, source=source, target=target)
        answers: list[str | None] = []
        for start in range(0, len(texts), self.terms.most_texts):
            batch = list(texts[start : start + self.terms.most_texts])
            answers += translate_protected(batch, lambda many: _ask(legs, many))
        version = self.version_for(source, target)
        return [
            replace(judge(text, answer, target), version=version) for text, answer in zip(texts, answers, strict=True)
        ]

    def _route(self, source: str, target: str) -> tuple[Path, ...]:
        return route(self._models / self.name, source, target) if self._models is not None else ()


def _ask(legs: tuple[Path, ...], texts: list[str]) -> list[str | None]:
    seconds = LOAD_SECONDS + SECONDS_PER_TEXT * len(texts)
    try:
        answers = json.loads(_child_of(legs).ask(json.dumps(texts).encode(), seconds=seconds))
    except (OSError, EOFError, ValueError):
        raise EngineFailed(DIED) from None
    return list(answers)


_CHILDREN: OrderedDict[tuple[str, ...], Child] = OrderedDict()
_CHOOSING = threading.Lock()


def _child_of(legs: tuple[Path, ...]) -> Child:
    """Return the process that holds these models; the one that was used longest ago makes room when it is free."""
    with _CHOOSING:
        models = (*map(str, legs), *map(digest_of, legs))  # a newer model gets a process of its own
        child = _CHILDREN.pop(models, None) or process_of(legs)
        _CHILDREN[models] = child
        spare = _CHILDREN.popitem(last=False)[1] if len(_CHILDREN) > MOST_PROCESSES else None
    if spare is not None:
        spare.retire()
    return child
