"""Apertium: rules and dictionaries, on this machine or a server of one's own.

Debian packages it for Swedish to Danish and Norwegian. Where an address is set, its server is asked, not the program.
"""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from shutil import which
from typing import ClassVar

from review_app.engines.apertium_server import ApertiumServer
from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.engines.isolating import Isolation
from review_app.engines.machines import marked, terms_at, why_not
from review_app.engines.metering import Meter
from review_app.engines.protection import shield, translate_protected
from review_app.errors import EngineFailed
from review_app.locale import N_

CODES: Mapping[str, str] = {"sv": "swe", "da": "dan", "nb": "nob", "no": "nob", "nn": "nno"}
"""Apertium's names of languages."""

BETWEEN = "\n\n"
"""Between two texts of a batch: sentences never run across it."""

NOT_INSTALLED = N_(
    "Apertium is not installed. Install Debian's packages apertium and apertium-swe-dan or apertium-swe-nor."
)
NOT_ON_SERVER = N_(
    "The Apertium server does not have this pair of languages. Install it there, or choose another engine."
)
DIED = N_("Apertium failed. Run “apertium -l” to see what is installed.")


class Apertium:
    """The engine ``apertium``."""

    name: ClassVar[str] = "apertium"
    label: ClassVar[str] = N_("Apertium on this machine or a server that you name: rules and dictionaries")
    publishable: ClassVar[bool] = True
    official: ClassVar[bool] = True
    replays: ClassVar[bool] = False
    detects: ClassVar[bool] = False
    terms: Terms = Terms(
        provider=N_("this machine, or a server of your own"),
        country="–",
        retention=N_("nothing here; on a server, as that is set up"),
        price=0.0,
        local=True,
        longest_text=10_000,
        most_texts=100,
    )

    def __init__(self, config: EngineConfig, sleep: Callable[[float], None] = time.sleep) -> None:
        self._timeout = 6 * config.timeout
        address = config.addresses.get(self.name)
        self._server = ApertiumServer(address, config, sleep) if address else None
        self.meter = Meter()
        self._refusal = why_not(address, config.own_hosts) if address else None
        if address:
            self.terms = terms_at(address, config.own_hosts, self.terms)
        self.version = marked("APy", address) if address else _version()

    def usable(self) -> str | None:
        """Return what is missing: the program with a pair of languages, or an address that text may go to."""
        return self._refusal if self._server or pairs() else NOT_INSTALLED

    def supports(self, source: str, target: str) -> bool:
        """Say whether the pair is installed; raises ``EngineFailed`` when the server cannot be asked."""
        return _pair(source, target) in (self._server.pairs() if self._server else pairs())

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        """Return a result for every text; raises ``EngineFailed`` when the program or the server fails."""
        if self._refusal is not None:
            raise EngineFailed(self._refusal)
        if _pair(source, target) not in (self._server.pairs(patiently=True) if self._server else pairs()):
            raise EngineFailed(NOT_ON_SERVER if self._server else NOT_INSTALLED)
        asking = self._asking(_pair(source, target))
        answers: list[str | None] = []
        for start in range(0, len(texts), self.terms.most_texts):
            batch = list(texts[start : start + self.terms.most_texts])
            answers += translate_protected(batch, asking.one_by_one if self._server else asking.answers)
        return [asking.judged(text, answer, target) for text, answer in zip(texts, answers, strict=True)]

    def weigh(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> int:
        """Return how many characters the requests for these texts hold, if nothing has to be asked again."""
        return sum(len(shield(text)) for text in texts)

    def _asking(self, pair: str) -> Isolation:
        server = self._server
        if server is None:
            return Isolation(lambda texts: self._ask(texts, pair), lambda: False)
        return Isolation(
            lambda texts: [self._ask_server(server, text.replace("\n", " "), pair) for text in texts],
            lambda: server.is_well(pair),
        )

    def _ask_server(self, server: ApertiumServer, text: str, pair: str) -> str:
        with self.meter.request(len(text)):
            return server.translate(text, pair)

    def _ask(self, texts: list[str], pair: str) -> list[str | None]:
        with self.meter.request(sum(map(len, texts))):
            return self._answers(texts, pair)

    def _answers(self, texts: list[str], pair: str) -> list[str | None]:
        answers = self._run(BETWEEN.join(text.replace("\n", " ") for text in texts), pair).rstrip("\n").split(BETWEEN)
        if len(answers) == len(texts):
            return list(answers)
        return [self._run(text, pair) for text in texts]  # it joined or parted some: one at a time it cannot

    def _run(self, text: str, pair: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - the pair is one that is installed, the text goes in as input
                [which("apertium") or "apertium", "-u", pair],
                input=text.encode(),
                capture_output=True,
                timeout=self._timeout,
                check=True,
            )
            return done.stdout.decode("utf-8").strip("\n")
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            raise EngineFailed(DIED) from None  # the cause holds the text


def _pair(source: str, target: str) -> str:
    return f"{CODES.get(source.split('-', maxsplit=1)[0], '')}-{CODES.get(target.split('-', maxsplit=1)[0], '')}"


@cache
def pairs() -> frozenset[str]:
    """Return the pairs of languages that are installed; looked up once a process."""
    return frozenset(_output("-l").split())


@cache
def _version() -> str:
    return _output("-V").strip().removeprefix("Apertium ").split("\n")[0] or "–"


def _output(option: str) -> str:
    program = which("apertium")
    if program is None:
        return ""
    try:
        done = subprocess.run([program, option], capture_output=True, timeout=10, check=False)  # noqa: S603 - ours
        return done.stdout.decode("utf-8")
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
