"""Everything a fresh machine needs, in one command: makes ``.venv``, installs what is pinned, runs.

    python3 dev.py demo [--no-serve] [--port N]    the demonstration, served at http://127.0.0.1:8000
    python3 dev.py test [pytest arguments]         every test, browser tests included
    python3 dev.py check                           ruff, mypy, import-linter and djlint
    python3 dev.py pin                             writes constraints.txt anew from .venv

Only the standard library, because nothing else is there when it starts.
"""

from __future__ import annotations  # so that an older Python reaches the sentence that tells it off

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMP = VENV / ".installed.json"
BROWSER_NOTE = VENV / ".browser.json"

BROWSER_VARIABLE = "REVIEW_APP_TEST_CHROMIUM"
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 300  # a browser is some 170 MB; a network that gives less is as good as closed
APT_SECONDS = 600
PROBE_SECONDS = 30

CHECKS: dict[str, list[str]] = {
    "ruff": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-logo"],
    "djlint": ["djlint", "templates", "--lint"],
}
"""What ``dev.py check`` runs, by the name it reports."""

PIN_HEADER = """\
# The versions the project and its tools are tried with. Written by `python3 dev.py pin` from what .venv holds
# on Linux; a platform that needs a package which is not listed here gets its newest version. For newer versions:
# empty this file, remove .venv, run `python3 dev.py pin`, then the tests.
"""


class StopError(Exception):
    """A failure told in one sentence; ends the program with status 1."""


# ---------------------------------------------------------------------------------------------- installing


def fingerprint(root: Path = ROOT) -> str:
    """Return a hash of all that decides what belongs in ``.venv``; a moved checkout counts as changed."""
    digest = hashlib.sha256(str(root).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def is_current(stamp: Mapping[str, str] | None, wanted: str, extra: str) -> bool:
    """Tell whether the stamp covers this fingerprint; the tools (``dev``) include what the demo needs."""
    return stamp is not None and stamp.get("hash") == wanted and stamp.get("extra") in {extra, "dev"}


def read_note(path: Path) -> dict[str, str] | None:
    """Return what an earlier run wrote there; None when it wrote nothing that can be read."""
    try:
        note = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) else None


def write_note(file: Path, **values: str) -> None:
    """Write a note in one step, so that an interruption leaves the old one or the new one."""
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(values), "utf-8")
    draft.replace(file)


def ensure_installed(extra: str = "") -> None:
    """Make ``.venv`` hold the project, editable, with the extra named; do nothing when it already does."""
    wanted = fingerprint()
    stamp = read_note(STAMP)
    works = venv_works()
    if works and is_current(stamp, wanted, extra):
        return
    if VENV.is_symlink():  # clearing it would empty the other place for whoever uses it there
        raise StopError(f"{VENV} is a link to another checkout. Remove the link, then try again.")
    # A stamp without a hash is one whose installation never ended: trust nothing it left.
    if not works or (stamp is not None and "hash" not in stamp):
        make_venv()
    write_note(STAMP, state="installing")
    target = f".[{extra}]" if extra else "."
    options = ["--disable-pip-version-check", "--no-input", "-c", "constraints.txt", "-e", target]
    try:
        run_quietly([PYTHON, "-m", "pip", "install", *options], "Installing packages")
    except StopError:
        STAMP.unlink()  # pip rolls back by itself, so what was there stays usable
        raise
    write_note(STAMP, hash=wanted, extra=extra, root=str(ROOT))


def venv_works() -> bool:
    """Tell whether ``.venv`` has a Python that is new enough, has pip, and was made in this folder."""
    stamp = read_note(STAMP)
    if not PYTHON.exists() or (stamp is not None and stamp.get("root", str(ROOT)) != str(ROOT)):
        return False
    # After an upgrade of the system's Python the link may lead to one that does not see the packages.
    question = (
        f"import sys, importlib.util as u; sys.exit(sys.version_info < {OLDEST_PYTHON} or u.find_spec('pip') is None)"
    )
    return subprocess.run([PYTHON, "-c", question], capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    """Make ``.venv`` from nothing."""
    try:
        run_quietly([sys.executable, "-m", "venv", "--clear", VENV], "Making .venv")
    except StopError as failure:
        hint = "If Python's venv module is missing, install it first (Debian: apt install python3-venv)."
        raise StopError(f"{failure} {hint}") from None


def run_quietly(command: Sequence[object], doing: str) -> None:
    """Run a command behind one progress line; show what it printed only when it fails."""
    on_terminal = sys.stderr.isatty()
    print(f"{doing} …", end="" if on_terminal else "\n", file=sys.stderr, flush=True)
    printed: list[str] = []
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            printed.append(line)
            if on_terminal and line.startswith("Collecting "):
                packages = sum(earlier.startswith("Collecting ") for earlier in printed)
                print(f"\r{doing} … {packages}", end="", file=sys.stderr, flush=True)
    if on_terminal:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if process.returncode:
        sys.stderr.writelines(printed)
        raise StopError(f"{doing} failed (exit status {process.returncode}); its output is above.")


# ---------------------------------------------------------------------------------------------- the browser


def find_browser(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return a Chromium that starts: the one named by the environment, the one noted, or one on the PATH."""
    named = environ.get(BROWSER_VARIABLE)
    if named:
        return named if starts(named) else None
    noted = (read_note(BROWSER_NOTE) or {}).get("path")
    if noted and starts(noted):
        return noted
    return first_that_starts(BROWSER_NAMES)


def first_that_starts(names: Iterable[str]) -> str | None:
    """Return the path of the first of these programs that is installed and starts."""
    found = (shutil.which(name) for name in names)
    return next((path for path in found if path and starts(path)), None)


def starts(browser: str) -> bool:
    """Tell whether a browser runs here at all: a downloaded one may lack the system's libraries."""
    try:
        probe = subprocess.run(
            [browser, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return probe.returncode == 0


def ensure_browser() -> str | None:
    """Return a Chromium for the tests, fetching one if need be; what was tried is not tried again.

    In this order: Playwright's own, one that is already installed, Debian's package.
    """
    note = read_note(BROWSER_NOTE)
    if note is not None or os.environ.get(BROWSER_VARIABLE):
        found = find_browser()
        if found or os.environ.get(BROWSER_VARIABLE) or (note or {}).get("hash") == fingerprint():
            return found
    path = playwright_browser() or first_that_starts(BROWSER_NAMES) or debian_browser()
    write_note(BROWSER_NOTE, path=path or "", hash=fingerprint())
    return path


def playwright_browser() -> str | None:
    """Download Playwright's Chromium and return its path; None when that fails or it does not start."""
    print("Fetching a browser for the tests …", file=sys.stderr, flush=True)
    patience = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}  # milliseconds without an answer
    if not succeeds([str(PYTHON), "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS, patience):
        return None
    question = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if path and starts(path) else None


def debian_browser() -> str | None:
    """Install Debian's Chromium where apt and root are there, and return its path."""
    if WINDOWS or not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    calm = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    if not succeeds(install, APT_SECONDS, calm):
        succeeds(["apt-get", "update"], APT_SECONDS, calm)
        succeeds(install, APT_SECONDS, calm)
    return first_that_starts(BROWSER_NAMES)


def succeeds(command: Sequence[str], seconds: int, extra: Mapping[str, str]) -> bool:
    """Run a command silently and tell whether it ended well within the time."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


# ---------------------------------------------------------------------------------------------- the commands


def run_demo(arguments: Sequence[str]) -> int:
    """Prepare and serve the demonstration."""
    ensure_installed()
    return become([BIN / ("review-app.exe" if WINDOWS else "review-app"), "demo", *arguments])


def run_tests(arguments: Sequence[str]) -> int:
    """Run the tests; without arguments all of them, on every core."""
    ensure_installed("dev")
    browser = ensure_browser()
    if browser:
        os.environ[BROWSER_VARIABLE] = browser
    elif os.environ.get("CI") == "true":
        raise StopError(
            "No Chromium for the browser tests: install one, or name one in "
            f"{BROWSER_VARIABLE}. With CI=true they are never skipped."
        )
    else:
        print(f"No Chromium: browser tests are skipped. Name one in {BROWSER_VARIABLE}.", file=sys.stderr)
    # A file stays on one worker, so what its tests share (a server, a database) is started once.
    # Which file begins first is said in tests/order.py. Tests of slow servers mostly wait: one worker more than cores.
    workers = (os.cpu_count() or 1) + 1
    everything = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    return become([PYTHON, "-m", "pytest", *(arguments or everything)])


def run_checks(arguments: Sequence[str]) -> int:
    """Run every check, or those named, and name those that failed."""
    ensure_installed("dev")
    failed = []
    for name, (tool, *options) in CHECKS.items():
        if arguments and name not in arguments:
            continue
        print(f"--- {name}", flush=True)
        command = [str(BIN / tool), *options]
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "Every check is clean.", flush=True)
    return 1 if failed else 0


def write_pins(_arguments: Sequence[str]) -> int:
    """Write ``constraints.txt`` from what ``.venv`` holds."""
    ensure_installed("dev")
    command = [str(PYTHON), "-m", "pip", "list", "--format=freeze", "--exclude-editable"]
    command += ["--exclude", "pip", "--exclude", "setuptools", "--disable-pip-version-check"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    pins = sorted(listed.splitlines(), key=str.lower)
    (ROOT / "constraints.txt").write_text(PIN_HEADER + "\n".join(pins) + "\n", "utf-8")
    write_note(STAMP, hash=fingerprint(), extra="dev", root=str(ROOT))
    print(f"constraints.txt: {len(pins)} packages")
    return 0


COMMANDS = {"demo": run_demo, "test": run_tests, "check": run_checks, "pin": write_pins}


def become(command: Sequence[object]) -> int:
    """Run a program in place of this one, so that it gets the signals itself."""
    words = [str(word) for word in command]
    if not WINDOWS:  # which has no exec that keeps the console
        sys.stdout.flush()
        sys.stderr.flush()
        os.chdir(ROOT)
        os.execv(words[0], words)  # noqa: S606 - a fixed program of our own .venv, no shell
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Run the command named first."""
    if sys.version_info < OLDEST_PYTHON:
        version = ".".join(str(part) for part in sys.version_info[:2])
        raise StopError(f"Python 3.11 or newer is needed, this is {version}: run dev.py with a newer one.")
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__)
        return 0 if arguments in (["--help"], ["-h"]) else 2
    return command(arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StopError as failure:
        sys.exit(f"dev.py: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
