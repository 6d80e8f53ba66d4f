"""Issue 6: many people on one sentence, in more than one process: what was acknowledged is kept, the rest is told."""

import json
import subprocess
import sys
from pathlib import Path

from review_app.translations.service import history
from tests.houses import House
from tests.review.clients import Counted

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2
CLIENTS = 32
SAVES = 50


def test_32_clients_save_50_times_and_no_acknowledged_text_is_lost(house: House) -> None:
    segment = house.page.segment("Lånetiden")
    arguments = [house.database.url, house.town.anna.person_id, house.page.page_id, segment.key]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.review.clients", *map(str, arguments), f"process {number}, client ",
             str(CLIENTS // PROCESSES), str(SAVES)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    counted = [Counted(**one) for process in processes for one in json.loads(process.communicate()[0])]

    assert [failure for one in counted for failure in one.failures] == []
    stored = [text for one in counted for text in one.stored]
    assert len(stored) + sum(one.refused for one in counted) == CLIENTS * SAVES
    with house.database.reading() as session:
        revisions = history(session, segment.segment_id, "en")[:-1]  # the oldest is the machine's
    assert sorted(revision.text for revision in revisions) == sorted(stored)
    assert [revision.number for revision in revisions] == list(range(len(stored) + 1, 1, -1))
    for number in range(PROCESSES):
        assert any(f"process {number}" in text for text in stored), "both processes got through"
