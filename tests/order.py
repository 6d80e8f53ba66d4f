"""Which files begin first: those that take longest, so that no worker is left with one when the others have ended.

``--dist loadfile`` gives a file to the next worker that is free; ``--no-loadscope-reorder`` leaves them in this order,
where pytest-xdist would put those with the most tests first, which are the quickest.
"""

from pathlib import Path

import pytest

FIRST = (
    "survival/test_survival.py",
    "review/test_many_clients.py",
    "test_wheel.py",
    "browser/test_every_page.py",
    "browser/test_whole_way.py",
    "browser/test_taking_in.py",
    "browser/test_embed.py",
    "browser/test_recurring.py",
    "browser",
    "test_whole_way.py",
    "corpus/test_round_trip.py",
    "web/test_quality.py",
    "web/test_recurring.py",
    "web",
    "cli",
    "reports",
    "jobs",
)
"""Files and folders of ``tests/`` that take more than 20 seconds, the slowest first; all others come after them."""


def rank(file: Path) -> int:
    """Return a file's place: that of the first line above that names it or its folder."""
    inside = file.relative_to(Path(__file__).parent)
    return next((place for place, name in enumerate(FIRST) if inside.is_relative_to(name)), len(FIRST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first; within a file nothing changes."""
    items.sort(key=lambda item: rank(item.path))
