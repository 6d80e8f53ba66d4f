"""How a process that serves or works is told to end."""

import signal
import threading


def stop_signal() -> threading.Event:
    """Return what is set when the process is told to end."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
