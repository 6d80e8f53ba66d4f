"""What every machine-translation engine is and gives: one small contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from review_app.engines.metering import Meter

ANY_LANGUAGE = "auto"
"""Asks an engine that ``detects`` to find out a text's language by itself."""


@dataclass(frozen=True, slots=True)
class Result:
    """One text's translation, or why there is none.

    ``reason`` is an English message id. An engine that replays others names the one the text is from.
    """

    text: str | None
    reason: str | None = None
    engine: str | None = None
    version: str | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms an engine works; words are English message ids.

    ``price``: what a million characters cost, by the provider's public list or as the installation says, in
    ``currency``; 0 where it costs nothing, ``None`` where that is not known here. ``local``: no text leaves the
    machines that the installation names.
    ``longest_text`` and ``most_characters``: of one text and of one request, in characters; ``most_texts`` a request.
    ``per_minute``: requests that all workers together may send; 0 for any number.
    """

    provider: str
    country: str
    retention: str
    price: float | None
    local: bool
    longest_text: int
    most_texts: int = 1
    most_characters: int = 0
    per_minute: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Where texts come from, for engines that can make use of it.

    ``page``: all sentences of the page, in order; ``terms``: what words are called in the target language.
    """

    title: str = ""
    page: Sequence[str] = ()
    terms: Mapping[str, str] = field(default_factory=dict)


NO_CONTEXT = Context()


class Gate(Protocol):
    """What every request passes, so that all workers together ask no more than an engine bears."""

    def enter(self, engine: str, per_minute: int) -> bool:
        """Wait for the next request's turn; raises ``EngineResting`` while the engine is left alone.

        Returns whether this request is the trial by which everybody learns if the engine is back: it is made once.
        """
        ...

    def answered(self, engine: str, *, well: bool, wait: timedelta | None = None) -> None:
        """Remember whether the engine answered, and how long it asked to be left alone."""
        ...


class OpenGate:
    """Lets everything pass: for a single request by hand, and for tests."""

    def enter(self, engine: str, per_minute: int) -> bool:
        """Wait for nothing."""
        return False

    def answered(self, engine: str, *, well: bool, wait: timedelta | None = None) -> None:
        """Remember nothing."""


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What an installation tells its engines. Addresses are for machines of its own, and for tests."""

    recorded_folder: Path | None = None
    models_folder: Path | None = None
    """Where models of engines on this machine lie, in a folder of each engine's name."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """By engine: where it is, when that is not where its maker serves it."""
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By engine: what it asks for. Never logged, never in an error."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What else there is to say: ``azure.region``, ``llm.model``."""
    own_hosts: frozenset[str] = frozenset()
    """Hosts of addresses that are machines of the installation's own, besides those that show it by themselves."""
    proxy: str = field(default="", repr=False)
    """What engines of others are asked through; it may hold a password. Machines of one's own are asked directly."""
    per_minute: Mapping[str, int] = field(default_factory=dict)
    """By engine: requests that all workers together may send, where that is not what its terms say."""
    prices: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    """By engine: what a million characters cost, in which currency, where that is not what its terms say."""
    timeout: float = 10.0
    """Seconds until an engine that does not answer is given up."""
    gate: Gate = field(default_factory=OpenGate, repr=False)

    def priced(self, engine: str, terms: Terms) -> Terms:
        """Return the terms of an engine at the price that the installation pays, if it says one."""
        if engine not in self.prices:
            return terms
        price, currency = self.prices[engine]
        return replace(terms, price=price, currency=currency)


class Engine(Protocol):
    """A machine-translation engine.

    ``label`` is an English message id that says what readers of a list should know; ``publishable`` whether its raw
    output may ever be shown to the public; ``official`` whether it is used as its maker means it to be; ``replays``
    whether its texts are other engines', so that a text that is there already is not asked for again; ``detects``
    whether it finds out a text's language when it is asked to; ``terms`` where the text goes and what that costs.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    version: str
    publishable: ClassVar[bool]
    official: ClassVar[bool]
    replays: ClassVar[bool]
    detects: ClassVar[bool]

    @property
    def terms(self) -> Terms:
        """Where texts go, what that costs, how much fits: of this installation's, where that differs."""
        ...

    def usable(self) -> str | None:
        """Return why the engine cannot be used now, as an English message id; nothing when it can."""
        ...

    def supports(self, source: str, target: str) -> bool:
        """Say whether the engine translates this pair of languages."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return a result for every text, in order; placeholders come back whole or the text is rejected.

        Raises ``EngineFailed`` when the engine cannot be used at all, ``EngineResting`` when it cannot be used now.
        """
        ...


@runtime_checkable
class Contextual(Protocol):
    """An engine whose answers hang on the ``Context``: what it said at one site says nothing of another."""

    takes_context: ClassVar[bool]


@runtime_checkable
class Versioned(Protocol):
    """An engine that has a version of its own for each pair of languages."""

    def version_for(self, source: str, target: str) -> str:
        """Return the version that translates this pair."""
        ...


def version_of(engine: Engine, source: str, target: str) -> str:
    """Return the version of an engine that translates a pair of languages now."""
    return engine.version_for(source, target) if isinstance(engine, Versioned) else engine.version


@runtime_checkable
class Metered(Protocol):
    """An engine that counts the characters of its requests, as its provider does: what it is asked twice, twice."""

    meter: Meter

    def weigh(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> int:
        """Return how many characters its requests for these texts hold, if nothing has to be asked again."""
        ...


def weight_of(engine: Engine, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> int:
    """Return how many characters an engine is sent for texts, if nothing has to be asked again."""
    return engine.weigh(texts, source, target, context) if isinstance(engine, Metered) else sum(map(len, texts))
