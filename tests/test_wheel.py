"""The wheel, installed in an empty environment, holds everything and serves the demonstration."""

import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = {
    "review_app/": "review_app/",
    "templates/": "review_app/_shipped/templates/",
    "corpus/demo/": "review_app/_shipped/corpus/demo/",
    "corpus/models/": "review_app/_shipped/corpus/models/",
    "corpus/README.md": "review_app/_shipped/corpus/README.md",
}
"""Where the files of the checkout lie in the wheel."""

PATIENCE = 120  # seconds for a demonstration to be prepared and served on a slow machine


def run(*command: object, cwd: Path, timeout: int = 600) -> str:
    """Run a command away from the checkout's own packages and settings, and return what it printed."""
    environment = plain_environment()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout.decode()


def plain_environment() -> dict[str, str]:
    """The environment without what would lead a program back into the checkout."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("REVIEW_APP_", "PYTEST_", "COV_")) and name not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }


def project_files() -> list[str]:
    """The files that are in the repository, or would be taken in, as paths from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *SHIPPED]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``review-app`` of an environment that holds nothing but the wheel and what it asks for."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", venv, cwd=venv.parent)
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    options = ["--no-input", "--no-compile", "--disable-pip-version-check", "-c", ROOT / "constraints.txt"]
    run(programs / "python", "-m", "pip", "install", *options, wheel, cwd=venv.parent)
    return programs / "review-app"


def test_the_wheel_holds_every_file_of_the_product(wheel: Path) -> None:
    expected = {
        shipped + name.removeprefix(prefix)
        for name in project_files()
        for prefix, shipped in SHIPPED.items()
        if name.startswith(prefix)
    }
    with zipfile.ZipFile(wheel) as archive:
        present = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert present == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "review_app/_shipped/templates/*/*.html",
        "review_app/_shipped/corpus/demo/*/page.html",
        "review_app/_shipped/corpus/models/sv-en/risk.json",
        "review_app/web/static/vendor/htmx-*.min.js",
        "review_app/migrations/versions/*.py",
        "review_app/locale/sv/LC_MESSAGES/*.po",
        "*.dist-info/licenses/LICENCE",
        "*.dist-info/licenses/NOTICE",
    ],
)
def test_what_a_checkout_would_find_beside_the_code_is_inside(wheel: Path, pattern: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(Path(name).match(pattern) for name in archive.namelist())


def test_the_installed_package_is_the_wheel_s(command: Path, tmp_path: Path) -> None:
    where = run(command.with_name("python"), "-c", "import review_app; print(review_app.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(command.parents[1])


def test_the_demonstration_is_prepared_and_summed_up(command: Path, tmp_path: Path) -> None:
    data = tmp_path / "a folder with spaces"
    printed = run(command, "demo", "--no-serve", "--data", data, cwd=tmp_path)
    rows = [line.split("\t") for line in printed.splitlines() if "\t" in line]
    assert {len(row) for row in rows} == {5}
    assert len({path for path, *_ in rows}) >= 6
    assert {language for _, language, *_ in rows} == {"en", "ar"}
    assert sum(int(segments) for _, language, segments, *_ in rows if language == "en") >= 150
    assert sum(int(flags) for *_, flags, _ in rows) > 0
    shares = [float(share) for *_, share in rows]
    assert min(shares) >= 0
    assert max(shares) == 1
    assert {path.name for path in tmp_path.iterdir()} == {data.name}


def test_the_demonstration_is_served(command: Path, tmp_path: Path) -> None:
    staff, public = free_ports(2)
    options = ["--port", str(staff), "--public-port", str(public), "--data", str(tmp_path / "data")]
    with serving([str(command), "demo", *options], tmp_path) as server:
        told = server.tells(f"http://127.0.0.1:{staff}", f"http://127.0.0.1:{public}")
        addresses = re.findall(rf"http://127\.0\.0\.1:(?:{staff}|{public})\S*", told)
        with urllib3.PoolManager() as pool:
            answers = {address: pool.request("GET", address, timeout=30) for address in addresses}
    assert {address: answer.status for address, answer in answers.items()} == dict.fromkeys(addresses, 200)
    for answer in answers.values():
        assert "text/html" in answer.headers["Content-Type"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert all(name in told for name in ("Anna", "Bo", "Carin"))


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(open_socket.getsockname()[1]) for open_socket in sockets]
    for open_socket in sockets:
        open_socket.close()
    return ports


class Server:
    """A program that serves, and the file it prints to."""

    def __init__(self, words: list[str], folder: Path) -> None:
        self.log = folder / "server.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                words,
                cwd=folder,
                env=plain_environment() | {"PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def ended_within(self, seconds: float) -> bool:
        """Wait for the program to end, and tell whether it did."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def tells(self, *words: str) -> str:
        """Wait until the program has printed all of these, and return everything it printed."""
        for _ in range(PATIENCE * 5):
            printed = self.log.read_text("utf-8")
            if all(word in printed for word in words):
                return printed
            if self.ended_within(0.2):
                break
        pytest.fail(f"The program did not print {words}, but:\n{self.log.read_text('utf-8')}", pytrace=False)


@contextmanager
def serving(words: list[str], folder: Path) -> Iterator[Server]:
    """Run a server while the block runs; it must end by itself when asked to."""
    server = Server(words, folder)
    try:
        yield server
        server.process.terminate()
        assert server.ended_within(30), server.log.read_text("utf-8")
    finally:
        server.process.kill()
        server.process.wait()
