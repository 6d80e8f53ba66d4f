"""Talks to engines over HTTP: bounded in time, size and attempts, and silent about what was sent.

Whatever goes wrong ends as one ``EngineFailed`` whose message holds no address, no key and nothing of the text; as
``EngineResting`` when the engine may be well again later.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

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

UNREACHABLE = N_("The engine {engine} does not answer. Wait a while, or choose another.")
TOO_BUSY = N_("The engine {engine} has no room for more now. Wait a while, or choose another.")
REFUSED = N_("The engine {engine} refused the key. Check it in the settings of the installation.")
USED_UP = N_("The engine {engine} says that what was paid for is used up. Extend it, or choose another.")
REJECTED = N_("The engine {engine} did not take the request (status {status}). Choose another engine.")
NONSENSE = N_("The engine {engine} answered with something that is no translation. Wait a while, or choose another.")

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
REFUSALS: Mapping[int, str] = {401: REFUSED, 402: USED_UP, 403: REFUSED, 456: USED_UP}


Read = Callable[[Any], Any]
"""Takes out of an answer's JSON what is wanted of it; what is not there raises ``KeyError`` or its like."""

_TOO_LATE = (requests.ReadTimeout, ReadTimeoutError, TimeoutError)
"""What is raised when a request was sent, and its answer did not come in time: the engine may have answered it.

Where the time ran out before all of it was sent, something else is: no engine answers half a request.
"""

_OF_THE_TEXT = frozenset({400, 413, 414, 422})
"""Statuses of a request that may be refused for a text in it."""


def may_be_a_text(failed: EngineFailed) -> bool:
    """Say whether a request may have failed for a text in it, so that others would be answered."""
    if failed.template == NONSENSE:
        return True
    if isinstance(failed, EngineResting):
        return failed.template == UNREACHABLE and failed.wait is None
    return failed.template == REJECTED and failed.values.get("status") in _OF_THE_TEXT


def _whole(answer: Any) -> Any:
    """Read all of an answer."""
    return answer


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
        self._attempts = ATTEMPTS
        self.late = 0
        """Requests whose answers did not come in time, since it was made."""
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy of the environment, and no password file that nobody meant for this
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WholeAnswers())

    @contextmanager
    def once(self) -> Iterator[None]:
        """Try each request once only: for asking whether the engine is well."""
        self._attempts = 1
        try:
            yield
        finally:
            self._attempts = ATTEMPTS

    def ask(self, address: str, body: object, headers: Mapping[str, str] | None = None, read: Read = _whole) -> Any:
        """Post a body as JSON and return what is read of the answer's; raises ``EngineFailed``."""
        return self.request("POST", address, read, json=body, headers=dict(headers or {}))

    def post_form(self, address: str, form: Mapping[str, str], read: Read = _whole) -> Any:
        """Post a form's fields and return what is read of the answer's JSON; raises ``EngineFailed``."""
        return self.request("POST", address, read, data=dict(form))

    def get(self, address: str, read: Read = _whole) -> Any:
        """Return what is read of the JSON at an address; raises ``EngineFailed``."""
        return self.request("GET", address, read)

    def request(self, method: str, address: str, read: Read = _whole, **options: Any) -> Any:
        """Make a request with the options of ``requests`` and return what is read of the answer's JSON.

        Raises ``EngineFailed``. However often it was tried, the gate is told once how it ended; an answer that cannot
        be read is none. The trial after a rest is made once: until it has ended, no other request is let in.
        """
        pause, wanted = FIRST_PAUSE, None
        for attempt in range(self._attempts):
            trial = self._gate.enter(self._engine, self._per_minute)
            try:
                status, answer, wanted = self._once(method, address, options)
            except (requests.RequestException, HTTPError, OSError) as error:
                failure, wait, wanted = UNREACHABLE, pause, None
                if isinstance(error, _TOO_LATE):  # it would take as long again, and is perhaps billed
                    self.late += 1
                    break
            else:
                if status not in _AGAIN:
                    return self._read(status, answer, read)
                failure = TOO_BUSY if status in {429, 503, 529} else UNREACHABLE
                wait = pause if wanted is None else wanted
            if trial or attempt == self._attempts - 1 or wait > LONGEST_PAUSE:
                break
            self._sleep(wait * random.uniform(1.0, 1.25))  # noqa: S311 - jitter, not a secret
            pause *= 2
        asked = None if wanted is None else timedelta(seconds=wanted)
        self._gate.answered(self._engine, well=False, wait=asked if wanted and wanted > LONGEST_PAUSE else None)
        # The cause holds the address, which may hold the key: it is not part of the message, nor of the trace.
        raise EngineResting(failure, asked, engine=self._engine) from None

    def _read(self, status: int, answer: bytes | None, read: Read) -> Any:
        """Return what is read of an answer, and tell the gate whether it was one; raises ``EngineFailed``."""
        if status != 200:
            self._gate.answered(self._engine, well=True)  # it is there, and says why it does not do this
            raise EngineFailed(self._refusals.get(status, REJECTED), engine=self._engine, status=status)
        try:
            if answer is None:
                raise EngineResting(NONSENSE, engine=self._engine)
            found = read(self._decoded(answer))
        except EngineFailed:
            self._gate.answered(self._engine, well=False)
            raise
        except (KeyError, IndexError, TypeError, AttributeError):
            self._gate.answered(self._engine, well=False)
            raise EngineFailed(NONSENSE, engine=self._engine) from None
        self._gate.answered(self._engine, well=True)
        return found

    def _once(self, method: str, address: str, options: Mapping[str, Any]) -> tuple[int, bytes | None, float | None]:
        """Return an answer's status and body, and how long the engine asks to be left alone.

        Of a body that is larger than any translation nothing is returned: it cannot be read.
        """
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
                    return response.status_code, None, None
            return response.status_code, bytes(answer), _seconds(response.headers.get("Retry-After"))

    def _decoded(self, answer: bytes) -> Any:
        """Return an answer's JSON. What is none is no engine's: a page of maintenance comes with status 200, too."""
        try:
            return json.loads(answer.decode("utf-8"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise EngineResting(NONSENSE, engine=self._engine) from None


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
