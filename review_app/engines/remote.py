"""What engines over HTTP have in common: batches within their limits, placeholders protected, every answer judged."""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

from review_app.engines.client import NONSENSE, EngineClient
from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.engines.isolating import HARMLESS, Isolation
from review_app.engines.machines import way_to
from review_app.engines.metering import Meter
from review_app.engines.protection import shield, translate_protected
from review_app.errors import EngineFailed
from review_app.locale import N_

_DIGITS = re.compile(r"\d+")
_NAMES = re.compile(r"(?<=[^\W\d_] )[A-ZÅÄÖÉ][^\W\d_]+")
"""Words with a capital inside a sentence: Swedish gives them to names only, and names mostly stay as they are."""

TOO_LONG = N_("The text is longer than the engine takes.")


class Remote(ABC):
    """An engine that is asked over HTTP; a subclass says how."""

    name: ClassVar[str]
    terms: Terms
    publishable: ClassVar[bool] = True
    official: ClassVar[bool] = True
    replays: ClassVar[bool] = False
    detects: ClassVar[bool] = False

    def __init__(self, config: EngineConfig, sleep: Callable[[float], None] | None = None) -> None:
        self.version = "1"
        self.terms = config.priced(self.name, self.terms)
        self.meter = Meter()
        self._most_answered, self._late = 0, False
        """Texts of the largest request that was answered; no larger one is sent once a translation came too late."""
        self._address = config.addresses.get(self.name, "").rstrip("/")
        self._key = config.keys.get(self.name, "")
        self._options = config.options
        self._own_hosts = config.own_hosts
        self._client = EngineClient(
            self.name,
            config.timeout,
            sleep or time.sleep,
            gate=config.gate,
            per_minute=config.per_minute.get(self.name, self.terms.per_minute),
            way=partial(way_to, config),
        )

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return a result for every text; raises ``EngineFailed`` when the engine cannot be used at all."""
        reason = self.usable()
        if reason is not None:
            raise EngineFailed(reason)
        asking = Isolation(lambda many: self._answers(many, source, target), lambda: self._is_well(source, target))
        fitting = [text for text in texts if len(text) <= self.terms.longest_text]
        answers = iter(translate_protected(fitting, partial(self._in_batches, asking)))
        return [
            asking.judged(text, next(answers), target)
            if len(text) <= self.terms.longest_text
            else Result(None, TOO_LONG)
            for text in texts
        ]

    def weigh(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> int:
        """Return how many characters the requests for these texts hold, if nothing has to be asked again."""
        sent = [shield(text) for text in texts if len(text) <= self.terms.longest_text]
        return sum(self._weight(batch, source, target) for batch in self._batches(sent))

    @abstractmethod
    def usable(self) -> str | None:
        """Return why the engine cannot be used now, as an English message id; nothing when it can."""

    @abstractmethod
    def _ask(self, texts: list[str], source: str, target: str) -> Any:
        """Return the translations of a batch, in order, taken out of the engine's answer."""

    def _weight(self, texts: list[str], source: str, target: str) -> int:
        """Return how many characters a request for a batch counts for: providers count those of the texts."""
        return sum(map(len, texts))

    def _read(self, answer: Any, count: int) -> Any:
        """Return the translations of ``count`` texts where an answer that was billed has yet to be read."""
        return answer

    def _in_batches(self, asking: Isolation, texts: list[str]) -> list[str | None]:
        return [answer for batch in self._batches(texts) for answer in self._batch(asking, batch)]

    def _batches(self, texts: list[str]) -> Iterator[list[str]]:
        batch: list[str] = []
        for text in texts:
            size = sum(map(len, batch)) + len(text)
            most = min(self._most_answered or 1, self.terms.most_texts) if self._late else self.terms.most_texts
            full = len(batch) >= most or (self.terms.most_characters and size > self.terms.most_characters)
            if batch and full:
                yield batch
                batch = []
            batch.append(text)
        if batch:
            yield batch

    def _batch(self, asking: Isolation, texts: list[str]) -> list[str | None]:
        """Ask for a batch; where the answer does not fit it, each text is asked for by itself."""
        answers = asking.answers(texts)
        if len(answers) == len(texts) and not _out_of_order(texts, answers):
            return answers
        if len(texts) == 1:
            return answers if len(answers) == 1 else [None]
        return [answer for text in texts for answer in self._batch(asking, [text])]

    def _answers(self, texts: list[str], source: str, target: str) -> list[str | None]:
        """Return what the engine says of some texts: a list of texts, fitting or not; raises ``EngineFailed``."""
        weight, late = self._weight(texts, source, target), self._client.late
        try:
            with self.meter.request(weight):
                answer = self._ask(texts, source, target)
            answers = self._read(answer, len(texts))
        except (KeyError, IndexError, TypeError, AttributeError):
            raise EngineFailed(NONSENSE, engine=self.name) from None
        finally:
            self.meter.answered += (self._client.late - late) * weight
            self._late = self._late or self._client.late > late
        self._most_answered = max(self._most_answered, len(texts))
        if not isinstance(answers, list) or any(not isinstance(one, str | None) for one in answers):
            raise EngineFailed(NONSENSE, engine=self.name)
        return answers

    def _is_well(self, source: str, target: str) -> bool:
        with self._client.once(), suppress(EngineFailed):
            return bool(self._answers([HARMLESS], source, target))
        return False


def _out_of_order(texts: Sequence[str], answers: Sequence[str | None]) -> bool:
    """Say whether answers seem to stand at each other's places: a text's numbers, tokens or names are in another's."""
    return _numbers_stray(texts, answers) or _names_stray(texts, answers)


def _numbers_stray(texts: Sequence[str], answers: Sequence[str | None]) -> bool:
    wanted = [_marks(text) for text in texts]
    found = [_marks(answer or "") for answer in answers]
    strays = [index for index in range(len(texts)) if wanted[index] and wanted[index] != found[index]]
    return any(
        wanted[one] == found[other]
        for one in strays
        for other in range(len(texts))
        if other != one and wanted[other] != found[other]
    )


def _names_stray(texts: Sequence[str], answers: Sequence[str | None]) -> bool:
    """Say whether a text's name is not in its answer, but in the answer to a text that does not have it."""
    wanted = [set(_NAMES.findall(text)) for text in texts]
    return any(
        name not in (answers[one] or "")
        and any(name in (answer or "") and name not in text for text, answer in zip(texts, answers, strict=True))
        for one, names in enumerate(wanted)
        for name in names
    )


def _marks(text: str) -> list[str]:
    return sorted(_DIGITS.findall(text))
