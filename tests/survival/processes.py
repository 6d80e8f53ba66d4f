"""Processes that are started again when they end, as systemd would do it."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

RESTART_AFTER = 0.1
"""Seconds; systemd's own default, too."""

ENDS_WITHIN = 20
"""Seconds."""


class Kept:
    """A process that is kept running until ``stop``; it and its children are one group, as in systemd's service."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command, self._environment, self._log = command, environment, log
        self._process: subprocess.Popen[bytes] | None = None
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
        process = self._process
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)

    def _keep(self) -> None:
        with self._log.open("ab") as log:
            while not self._ending.is_set():
                self._process = subprocess.Popen(
                    self._command,
                    env={**os.environ, **self._environment},
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )
                self._process.wait()
                self._ending.wait(RESTART_AFTER)
