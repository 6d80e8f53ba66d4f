"""Processes that do jobs let others go first, and all they start does, too."""

import subprocess
import sys

PROGRAM = """
import os, sys, threading
from review_app.cli.standing_back import stand_back
from review_app.settings import Settings

os.nice(int(sys.argv[1]))
stand_back(Settings(_env_file=None, nice=int(sys.argv[2])))
thread = threading.Thread(target=lambda: print(os.nice(0), flush=True))
thread.start()
thread.join()
"""


def niceness(before: int, asked: int) -> int:
    """Return the niceness of a thread of a process that is as nice as it was started, and is asked to be so nice."""
    command = [sys.executable, "-c", PROGRAM, str(before), str(asked)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def test_it_is_as_nice_as_it_is_asked_to_be_and_never_less_nice_than_before() -> None:
    assert niceness(0, 19) == 19
    assert niceness(40, 5) == 19, "the kernel knows no nicer one"
