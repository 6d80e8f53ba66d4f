"""Processes that are started again when they end, as systemd would do it.

They are forked off one that has loaded what they all need (``ready.py``), because starting Python and reading the
dictionaries takes seconds and dozens are started; apart from that each is a process like any other.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

RESTART_AFTER = 0.1
"""Seconds; systemd's own default, too."""

ENDS_WITHIN = 20
"""Seconds."""

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.survival.ready"])


class Kept:
    """A process that is kept running until ``stop``; it and its children are one group, as in systemd's service."""

    def __init__(self, run: Callable[..., Any], *arguments: Any, environment: Mapping[str, str], log: Path) -> None:
        self._what = (run, arguments, dict(environment), str(log))
        self._pid: int | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def kill(self) -> None:
        """Kill it without a warning."""
        self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop it where it is, as a machine does that is moved, or swaps."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if nothing had been."""
        self._signal(signal.SIGCONT)

    def ask_to_end(self) -> None:
        """Ask it to end, and do not start it again."""
        self._ending.set()
        self._signal(signal.SIGTERM)

    def wait(self) -> None:
        """Wait until it has ended, killing it if it does not."""
        self._thread.join(ENDS_WITHIN)
        self.kill()
        self._thread.join()

    def _signal(self, number: signal.Signals) -> None:
        pid = self._pid
        if pid is None:
            return
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # it has not made its group yet, or is gone
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _keep(self) -> None:
        while not self._ending.is_set():
            process = FORKS.Process(target=_begin, args=self._what, daemon=True)
            process.start()
            self._pid = process.pid
            process.join()
            self._pid = None
            self._ending.wait(RESTART_AFTER)


def _begin(run: Callable[..., Any], arguments: tuple[Any, ...], environment: dict[str, str], log: str) -> None:
    """Be a process of its own: a group, an environment and a log; then run."""
    os.setsid()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for number in (1, 2):
        os.dup2(output, number)
    run(*arguments)
