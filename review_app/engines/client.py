"""Talks to engines over HTTP: bounded in time, size and attempts, and silent about what was sent.

Whatever goes wrong ends as one ``EngineFailed`` whose message holds no address, no key and nothing of the text; as
``EngineResting`` when the engine may be well again later.
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from review_app.engines.contract import Gate, OpenGate
from review_app.engines.deadline import WholeAnswers
from review_app.errors import EngineFailed, EngineResting
from review_app.locale import N_

ATTEMPTS = 4
FIRST_PAUSE = 0.5
"""Seconds before the second attempt; doubled before each further one, with jitter."""

LONGEST_PAUSE = 60.0
"""Seconds that an engine may ask us to wait; where it wants more, it is left alone by everybody, and the job waits."""

LONGEST_WISH = 30 * 86_400.0
"""Seconds; what an engine asks for beyond that is a mistake of its own."""

LARGEST_ANSWER = 5 * 1024 * 1024
CHUNK = 65_536

UNREACHABLE = N_("The engine {engine} does not answer. Try again later, or choose another.")
TOO_BUSY = N_("The engine {engine} has no room for more now. Try again later, or choose another.")
REFUSED = N_("The engine {engine} refused the key. Check it in the settings of the installation.")
USED_UP = N_("The engine {engine} says that what was paid for is used up. Extend it, or choose another.")
REJECTED = N_("The engine {engine} did not take the request (status {status}). Choose another engine.")
NONSENSE = N_("The engine {engine} answered with something that is no translation. Try again later, or choose another.")

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
REFUSALS: Mapping[int, str] = {401: REFUSED, 402: USED_UP, 403: REFUSED, 456: USED_UP}


def directly(_address: str) -> dict[str, str]:
    """Name no proxy."""
    return {}


class EngineClient:
    """A client of one engine. ``timeout``: seconds to connect, and as many for the whole answer.

    ``refusals``: what a status says about the key; empty for an engine that is asked without one. ``way``: the proxies
    that an address is asked through.
    """

    def __init__(
        self,
        engine: str,
        timeout: float,
        sleep: Callable[[float], None] = time.sleep,
        gate: Gate | None = None,
        per_minute: int = 0,
        refusals: Mapping[int, str] = REFUSALS,
        way: Callable[[str], dict[str, str]] = directly,
    ) -> None:
        self._engine = engine
        self._timeout = timeout
        self._sleep = sleep
        self._gate = gate or OpenGate()
        self._per_minute = per_minute
        self._refusals = refusals
        self._way = way
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy of the environment, and no password file that nobody meant for this
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WholeAnswers())

    def ask(self, address: str, body: object, headers: Mapping[str, str] | None = None) -> Any:
        """Post a body as JSON and return the answer's; raises ``EngineFailed``."""
        return self.request("POST", address, json=body, headers=dict(headers or {}))

    def post_form(self, address: str, form: Mapping[str, str]) -> Any:
        """Post a form's fields and return the answer's JSON; raises ``EngineFailed``."""
        return self.request("POST", address, data=dict(form))

    def get(self, address: str) -> Any:
        """Return the JSON at an address; raises ``EngineFailed``."""
        return self.request("GET", address)

    def request(self, method: str, address: str, **options: Any) -> Any:
        """Make a request with the options of ``requests`` and return the answer's JSON; raises ``EngineFailed``."""
        pause, wanted = FIRST_PAUSE, None
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            self._gate.enter(self._engine, self._per_minute)
            try:
                status, answer, wanted = self._once(method, address, options)
            except (requests.RequestException, HTTPError, OSError):
                self._gate.answered(self._engine, well=False)
                failure, wait, wanted = UNREACHABLE, pause, None
            else:
                long = timedelta(seconds=wanted) if wanted is not None and wanted > LONGEST_PAUSE else None
                self._gate.answered(self._engine, well=status not in _AGAIN, wait=long)
                if status == 200:
                    return self._decoded(answer)
                if status not in _AGAIN:
                    raise EngineFailed(self._refusals.get(status, REJECTED), engine=self._engine, status=status)
                failure = TOO_BUSY if status in {429, 503, 529} else UNREACHABLE
                wait = pause if wanted is None else wanted
            if last or wait > LONGEST_PAUSE:
                break
            self._sleep(wait * random.uniform(1.0, 1.25))  # noqa: S311 - jitter, not a secret
            pause *= 2
        # The cause holds the address, which may hold the key: it is not part of the message, nor of the trace.
        asked = None if wanted is None else timedelta(seconds=wanted)
        raise EngineResting(failure, asked, engine=self._engine) from None

    def _once(self, method: str, address: str, options: Mapping[str, Any]) -> tuple[int, bytes, float | None]:
        with self._session.request(
            method,
            address,
            **options,
            timeout=self._timeout,
            stream=True,
            allow_redirects=False,
            proxies=self._way(address),
        ) as response:
            answer = bytearray()
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                answer += chunk
                if len(answer) > LARGEST_ANSWER:
                    raise EngineFailed(NONSENSE, engine=self._engine)
            return response.status_code, bytes(answer), _seconds(response.headers.get("Retry-After"))

    def _decoded(self, answer: bytes) -> Any:
        try:
            return json.loads(answer.decode("utf-8"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise EngineFailed(NONSENSE, engine=self._engine) from None


def _seconds(value: str | None) -> float | None:
    """Return how long an engine asks us to wait: it says so in seconds, or as a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value), LONGEST_WISH)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return FIRST_PAUSE
    left = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(FIRST_PAUSE, left), LONGEST_WISH)
