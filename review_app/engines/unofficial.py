"""Hardens deep-translator, which asks without a timeout, follows redirects and reads answers of any size.

Its modules call ``requests.get(…, proxies=…)``. Put in the place of ``requests``, this asks the ``EngineClient`` that
was given to a translator as its proxies, so that each engine has its own, however many threads there are.
"""

import time
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from types import ModuleType
from typing import Any, ClassVar

import requests

from review_app.engines.client import EngineClient
from review_app.engines.contract import EngineConfig
from review_app.engines.machines import way_to
from review_app.engines.remote import Remote
from review_app.errors import EngineFailed
from review_app.locale import N_

VERSION = f"deep-translator {version('deep-translator')}"

NO_PAIR = N_("The engine {engine} does not translate from {source} to {target}. Choose another.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What deep-translator reads of a response; a failed one never gets this far."""

    content: Any
    status_code: int = 200

    @property
    def text(self) -> Any:
        """Return what the answer held, where that is a page."""
        return self.content

    def json(self) -> Any:
        """Return what the answer held."""
        return self.content

    def close(self) -> None:
        """It has been read to its end."""


class Requests:
    """What deep-translator uses of ``requests``."""

    exceptions: ClassVar[ModuleType] = requests.exceptions

    def get(self, address: str, *, proxies: EngineClient, **options: Any) -> Answer:
        """Ask the client that stands where the proxies would."""
        return Answer(proxies.request("GET", address, **options))

    def post(self, address: str, *, proxies: EngineClient, **options: Any) -> Answer:
        """Ask the client that stands where the proxies would."""
        return Answer(proxies.request("POST", address, **options))


def harden(module: ModuleType) -> None:
    """Let a module of deep-translator ask through ``EngineClient``; doing so again changes nothing."""
    vars(module)["requests"] = Requests()


def through(client: EngineClient) -> Any:
    """Return a client as the ``proxies`` of a translator, for which deep-translator declares a dictionary."""
    return client


class Unofficial(Remote):
    """An engine that deep-translator asks for, one text a request."""

    official: ClassVar[bool] = False
    module: ClassVar[ModuleType]
    client: ClassVar[type[EngineClient]] = EngineClient

    def __init__(self, config: EngineConfig, sleep: Callable[[float], None] | None = None) -> None:
        super().__init__(config, sleep)
        self.version = VERSION
        self._client = self.client(
            self.name,
            config.timeout,
            sleep or time.sleep,
            gate=config.gate,
            per_minute=config.per_minute.get(self.name, self.terms.per_minute),
            refusals={},
            way=partial(way_to, config),
        )
        harden(self.module)

    def usable(self) -> str | None:
        """Nobody knows before asking."""
        return None

    @abstractmethod
    def supports(self, source: str, target: str) -> bool:
        """Say whether the engine lists both languages."""

    @abstractmethod
    def _parts(self, text: str, source: str) -> list[str]:
        """Return a text in parts that each fit a request."""

    @abstractmethod
    def _portion(self, text: str, source: str, target: str) -> str:
        """Return the translation of a part; nothing when there is none."""

    def _ask(self, texts: list[str], source: str, target: str) -> list[str | None]:
        if not self.supports(source, target):
            raise EngineFailed(NO_PAIR, engine=self.name, source=source, target=target)
        return [self._text(text, source, target) for text in texts]

    def _text(self, text: str, source: str, target: str) -> str | None:
        answers = [self._portion(part, source, target) for part in self._parts(text, source)]
        return " ".join(answers) if all(answers) else None
