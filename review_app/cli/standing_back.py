"""Lets people's requests go first on a machine that also does jobs."""

import os

from review_app.settings import Settings


def stand_back(settings: Settings) -> None:
    """Lower this process's claim to the processor, and that of all it starts; never raise it.

    Called before any thread is started: on Linux a thread has the niceness of the one that started it.
    """
    if hasattr(os, "setpriority") and settings.nice > os.getpriority(os.PRIO_PROCESS, 0):
        os.setpriority(os.PRIO_PROCESS, 0, settings.nice)
