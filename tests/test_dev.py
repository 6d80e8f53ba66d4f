"""dev.py: what it installs when, which browser it takes, and what it says when it cannot go on."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT = Path(dev.__file__).parent


class Checkout:
    """A folder that looks like a checkout to dev.py, with a Python and programs that only note their calls."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.programs = root / "programs"
        self.log = root / "calls.log"
        self.programs.mkdir()
        (root / ".venv" / "bin").mkdir(parents=True)
        self.write("pyproject.toml", "[project]")
        self.write("constraints.txt", "flask==3.1.3\n")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, "utf-8")

    def program(self, path: Path, exit_status: int = 0, printed: str = "") -> str:
        """Put a program there that notes its arguments, prints and exits."""
        path.write_text(f'#!/bin/sh\necho "$*" >> "{self.log}"\necho "{printed}"\nexit {exit_status}\n', "utf-8")
        path.chmod(0o755)
        return str(path)

    def calls(self, word: str) -> int:
        """Count the calls in which a word occurs."""
        return self.log.read_text("utf-8").count(word) if self.log.exists() else 0


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    root = tmp_path / "a folder with spaces"
    root.mkdir()
    checkout = Checkout(root)
    venv = root / ".venv"
    for name, value in {
        "ROOT": root,
        "VENV": venv,
        "BIN": venv / "bin",
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / ".installed.json",
        "BROWSER_NOTE": venv / ".browser.json",
    }.items():
        monkeypatch.setattr(dev, name, value)
    monkeypatch.setenv("PATH", str(checkout.programs))
    monkeypatch.delenv(dev.BROWSER_VARIABLE, raising=False)
    monkeypatch.delenv("CI", raising=False)
    return checkout


@pytest.fixture
def installed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What dev.py runs to install; every step succeeds."""
    steps: list[str] = []

    def note(command: Sequence[object], doing: str) -> None:
        steps.append(f"{doing}: {command[-1]}")
        if doing == "Making .venv":
            checkout.program(dev.PYTHON)

    monkeypatch.setattr(dev, "run_quietly", note)
    monkeypatch.setattr(dev, "fingerprint", lambda: FINGERPRINT(checkout.root))
    return steps


FINGERPRINT = dev.fingerprint


class TestInstalling:
    def test_a_fresh_checkout_gets_a_venv_and_the_packages(self, installed: list[str]) -> None:
        dev.ensure_installed()
        assert installed == [f"Making .venv: {dev.VENV}", "Installing packages: ."]

    def test_nothing_is_done_twice(self, installed: list[str]) -> None:
        dev.ensure_installed("dev")
        installed.clear()
        dev.ensure_installed("dev")
        dev.ensure_installed()
        assert installed == []

    def test_tests_need_more_than_the_demo(self, installed: list[str]) -> None:
        dev.ensure_installed()
        installed.clear()
        dev.ensure_installed("dev")
        assert installed == ["Installing packages: .[dev]"]

    @pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
    def test_a_changed_file_means_installing_again(self, checkout: Checkout, installed: list[str], name: str) -> None:
        dev.ensure_installed()
        installed.clear()
        checkout.write(name, "changed")
        dev.ensure_installed()
        assert installed == ["Installing packages: ."]

    def test_an_interrupted_installation_starts_from_nothing(
        self, installed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dev.ensure_installed()
        dev.write_note(dev.STAMP, state="installing")
        installed.clear()
        dev.ensure_installed()
        assert installed == [f"Making .venv: {dev.VENV}", "Installing packages: ."]

    def test_a_failed_installation_keeps_the_venv(
        self, checkout: Checkout, installed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dev.ensure_installed()
        checkout.write("constraints.txt", "changed")
        with monkeypatch.context() as patch:
            patch.setattr(dev, "run_quietly", fail)
            with pytest.raises(dev.StopError, match="no network"):
                dev.ensure_installed()
        installed.clear()
        dev.ensure_installed()
        assert installed == ["Installing packages: ."]

    def test_a_python_that_went_away_means_a_new_venv(self, checkout: Checkout, installed: list[str]) -> None:
        dev.ensure_installed()
        installed.clear()
        checkout.program(dev.PYTHON, exit_status=1)
        dev.ensure_installed()
        assert installed == [f"Making .venv: {dev.VENV}", "Installing packages: ."]

    def test_what_a_link_leads_to_is_left_alone(self, checkout: Checkout, installed: list[str]) -> None:
        dev.VENV.rename(checkout.root / "other")
        dev.VENV.symlink_to(checkout.root / "other")
        with pytest.raises(dev.StopError, match="is a link to another checkout"):
            dev.ensure_installed()
        assert installed == []

    def test_rubbish_in_the_stamp_is_no_stamp(self, checkout: Checkout) -> None:
        for rubbish in ("", "{", "[]", "null"):
            dev.STAMP.write_text(rubbish, "utf-8")
            assert dev.read_note(dev.STAMP) is None


def fail(_command: Sequence[object], _doing: str) -> None:
    raise dev.StopError("no network")


def test_output_is_shown_only_when_a_step_fails(checkout: Checkout, capfd: pytest.CaptureFixture[str]) -> None:
    tool = checkout.program(checkout.programs / "tool", printed="chatter")
    dev.run_quietly([tool], "Working")
    assert "chatter" not in capfd.readouterr().err
    tool = checkout.program(checkout.programs / "tool", exit_status=3, printed="the cause")
    with pytest.raises(dev.StopError, match="exit status 3"):
        dev.run_quietly([tool], "Working")
    assert "the cause" in capfd.readouterr().err


class TestBrowser:
    def test_a_named_browser_comes_first(self, checkout: Checkout) -> None:
        named = checkout.program(checkout.root / "named")
        checkout.program(checkout.programs / "chromium")
        assert dev.find_browser({dev.BROWSER_VARIABLE: named}) == named

    def test_a_named_browser_that_does_not_start_is_not_replaced_silently(self, checkout: Checkout) -> None:
        checkout.program(checkout.programs / "chromium")
        assert dev.find_browser({dev.BROWSER_VARIABLE: "/nowhere"}) is None

    def test_one_that_lacks_its_libraries_is_passed_over(self, checkout: Checkout) -> None:
        checkout.program(checkout.programs / "chromium", exit_status=127)
        chrome = checkout.program(checkout.programs / "google-chrome")
        assert dev.find_browser({}) == chrome

    def test_an_existing_one_serves_when_the_download_fails(self, checkout: Checkout) -> None:
        checkout.program(dev.PYTHON, exit_status=1)
        chromium = checkout.program(checkout.programs / "chromium")
        assert dev.ensure_browser() == chromium
        assert checkout.calls("playwright install") == 1

    @pytest.mark.parametrize("there", [True, False])
    def test_a_failed_download_is_not_tried_again(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch, there: bool
    ) -> None:
        monkeypatch.setattr(dev, "fingerprint", lambda: FINGERPRINT(checkout.root))
        checkout.program(dev.PYTHON, exit_status=1)
        if there:
            checkout.program(checkout.programs / "chromium")
        first = dev.ensure_browser()
        assert dev.ensure_browser() == first
        assert checkout.calls("playwright install") == 1

    def test_one_installed_later_is_found(self, checkout: Checkout) -> None:
        checkout.program(dev.PYTHON, exit_status=1)
        assert dev.ensure_browser() is None
        chromium = checkout.program(checkout.programs / "chromium")
        assert dev.ensure_browser() == chromium

    def test_without_one_ci_fails_and_says_why(self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev, "ensure_installed", lambda extra: None)
        monkeypatch.setattr(dev, "ensure_browser", lambda: None)
        monkeypatch.setenv("CI", "true")
        with pytest.raises(dev.StopError, match="No Chromium for the browser tests"):
            dev.run_tests([])


def test_an_old_python_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(dev.StopError, match=r"^Python 3\.11 or newer is needed, this is 3\.9: [^.]+\.py[^.]+\.$"):
        dev.main(["demo"])


def test_without_a_command_it_explains_itself() -> None:
    told = subprocess.run([sys.executable, ROOT / "dev.py"], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert all(f"dev.py {command}" in told.stdout for command in dev.COMMANDS)


# ---------------------------------------------------------------------------------------------- the versions


def pinned() -> dict[str, str]:
    """The versions in constraints.txt by normalised package name."""
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line) for line in lines)
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def needed() -> set[str]:
    """Every package the project and its tools pull in on this platform."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    todo = [Requirement(line) for line in lines]
    seen: set[tuple[str, str]] = set()
    while todo:
        wanted = todo.pop()
        for extra in {"", *wanted.extras}:
            key = (canonicalize_name(wanted.name), extra)
            if key in seen:
                continue
            seen.add(key)
            further = [Requirement(line) for line in distribution(wanted.name).requires or ()]
            todo += [item for item in further if item.marker is None or item.marker.evaluate({"extra": extra})]
    return {name for name, _ in seen}


@pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info[:2] != dev.OLDEST_PYTHON,
    reason="the pins are written on Linux with the oldest Python; elsewhere a package more or less is right",
)
def test_every_package_is_pinned_and_nothing_else() -> None:
    assert set(pinned()) == needed()


def test_the_pins_are_sorted() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    names = [line.lower() for line in lines if not line.startswith("#")]
    assert names == sorted(names)
