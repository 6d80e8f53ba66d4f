"""Whatever dies, and whenever: nothing acknowledged is lost, nothing is doubled, every job ends, nobody intervenes."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.postgres import NO_POWER_CUTS, postgres_server
from tests.survival.story import run_story, wait_for_jobs
from tests.survival.town import Machines, keep_logs, machines

SEEDS = range(10)


@pytest.fixture(scope="module")
def town() -> Iterator[Machines]:
    """Two web and three worker processes on a PostgreSQL of their own, which is going to be restarted."""
    with (
        postgres_server(NO_POWER_CUTS) as server,
        TemporaryDirectory(prefix="town-") as folder,
        machines(Path(folder), server) as found,
    ):
        yield found


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_frozen_and_restarted_at_any_moment(town: Machines, tmp_path: Path, seed: int) -> None:
    outcome = run_story(town, seed, f"town-{seed}")
    keep_logs(town, tmp_path)
    assert (outcome.lost, outcome.doubled, outcome.unended) == ([], [], []), outcome.events
    assert outcome.batches_twice <= outcome.batches_in_flight, outcome.events
    assert outcome.approvals == 3
    assert outcome.events, "nothing happened while the people worked"


def test_every_line_about_a_request_or_a_job_carries_its_id(town: Machines) -> None:
    site_id = town.new_site("loggar")
    carin = town.desks[0]["carin"]
    body = (
        b"<!doctype html><html lang=sv><title>Loggar</title><main><p>Biblioteket ligger vid torget.</p></main></html>"
    )
    asked = carin.post("/sites/loggar/import", {"path": "p", "translate": "en"}, ("p.html", body))
    job_id = asked.headers["Location"].rsplit("/", 1)[1]
    assert wait_for_jobs(town.database, site_id) == []
    lines = [json.loads(line) for line in town.logs().splitlines() if line.startswith("{")]
    request = [line for line in lines if line.get("request_id") == asked.headers["X-Request-Id"]]
    assert [(line["event"], line.get("status")) for line in request] == [("job sent", None), ("request", 303)]
    job = [line["event"] for line in lines if line.get("job") == job_id]
    assert {"job sent", "job begun", "job done"} <= set(job)
    nameless = [line for line in lines if line["event"] == "request" and not line.get("request_id")]
    assert nameless == [line for line in lines if line["event"].startswith("job ") and not line.get("job")] == []
    assert [line for line in lines if line["event"] in {"fault", "job crashed"}] == []
