"""Of several web processes, whichever is asked tells the figures of all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

TOKEN = "a-long-secret"
PROGRAM = """
import sys
from pathlib import Path
from review_app.app import create_app, create_public_app
from review_app.migrations.service import upgrade
from review_app.settings import Settings

settings = Settings(_env_file=None, data_dir=Path(sys.argv[1]), metrics_token=sys.argv[3], log_level="ERROR")
upgrade(settings.sqlalchemy_url)
client, public = create_app(settings).test_client(), create_public_app(settings).test_client()
for _ in range(int(sys.argv[2])):
    client.get("/healthz")
public.get("/healthz")
print(client.get("/metrics", headers={"Authorization": "Bearer " + sys.argv[3]}).text, flush=True)
print("over", flush=True)
sys.stdin.read()
"""


@contextmanager
def web_process(folder: Path, requests: int) -> Iterator[str]:
    """Run a process that serves so many requests of the staff interface and one of the public; yields what it tells."""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder / "figures")}
    command = [sys.executable, "-c", PROGRAM, str(folder), str(requests), TOKEN]
    with subprocess.Popen(command, env=environment, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        yield "".join(takewhile(lambda line: line not in {"over\n", ""}, iter(process.stdout.readline, None)))
        process.communicate()


def health(count: int) -> str:
    return f'review_app_request_seconds_count{{endpoint="health.alive",status="2xx"}} {count}.0\n'


def test_each_tells_the_requests_of_both(tmp_path: Path) -> None:
    with web_process(tmp_path, 2) as first, web_process(tmp_path, 3) as second:
        assert health(2 + 1) in first
        assert health(2 + 1 + 3 + 1) in second
        assert second.count('review_app_jobs{state="waiting"} 0.0\n') == 1
