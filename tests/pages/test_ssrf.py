"""No disguise of an address leads anywhere but where it was checked to lead: at the start, or at any redirect."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urljoin

import pytest

from review_app.errors import BadAddress, FetchFailed, ReviewAppError
from review_app.pages.addresses import read_url
from review_app.pages.fetch import MOST_REDIRECTS, fetch
from tests.shared_data import SHARED_DATA

PUBLIC = "93.184.215.14"
PRIVATE = (
    *("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "192.0.0.192"),  # noqa: S104
    *("::1", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1"),
)
SECURITY = SHARED_DATA / "security"
FEW = ["http://127.1:80", "http://2130706433/", "http://0x7f000001/", "http://[::ffff:127.0.0.1]/", "http://localhost/"]


def disguises() -> list[str]:
    """Return the known disguises; a few of our own where the shared data is absent."""
    if not SECURITY.exists():
        return FEW
    lines = [line for line in (SECURITY / "SSRF_hacktricks.txt").read_text("utf-8").split("\n") if line.strip()]
    return [line if "://" in line else f"http://{line}/" for line in lines]


def standard_cases() -> list[dict]:
    """Return the URL standard's cases."""
    if not SECURITY.exists():
        return [{"input": "http://ex%41mple.org/", "base": None, "hostname": "example.org", "protocol": "http:"}]
    found = json.loads((SECURITY / "urltestdata.json").read_text("utf-8"))
    return [case for case in found if isinstance(case, dict)]


class Net:
    """A network of one public website, which redirects: it notes where it was connected to."""

    def __init__(self, locations: list[str]) -> None:
        self.locations = locations
        self.connected: list[str] = []
        self.resolved: list[str] = []
        self._open = ExitStack()

    def resolve(self, host: str, _port: int) -> list[str]:
        self.resolved.append(host)
        return [PUBLIC] if host == "www.alvby.example" else ["127.0.0.1"]

    def connect(self, address: tuple[str, int], _timeout: float) -> socket.socket:
        self.connected.append(address[0])
        ours, theirs = socket.socketpair()
        location = self.locations.pop(0) if self.locations else "/more"

        def answer() -> None:
            with theirs:
                theirs.recv(65_536)
                theirs.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode("utf-8", "replace"))

        thread = threading.Thread(target=answer)
        thread.start()
        self._open.callback(thread.join)
        return ours

    def close(self) -> None:
        self._open.close()


@contextmanager
def net(*locations: str) -> Iterator[Net]:
    made = Net(list(locations))
    try:
        yield made
    finally:
        made.close()


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_stands_for_a_private_address_is_refused(address: str) -> None:
    with net() as there, pytest.raises(BadAddress):
        fetch("http://inside.alvby.example/", resolver=lambda _h, _p: [PUBLIC, address], connect=there.connect)
    assert there.connected == []


@pytest.mark.parametrize("url", disguises())
def test_no_disguise_is_connected_to(url: str) -> None:
    with net() as there, pytest.raises(ReviewAppError):
        fetch(url, resolver=there.resolve, connect=there.connect)
    assert there.connected == []


@pytest.mark.parametrize("hop", range(1, MOST_REDIRECTS + 1))
def test_no_disguise_is_followed_to_at_any_hop(hop: int) -> None:
    for disguise in disguises():
        before = [f"/{number}" for number in range(hop - 1)]
        with net(*before, disguise) as there:
            with pytest.raises((BadAddress, FetchFailed)):
                fetch("http://www.alvby.example/", resolver=there.resolve, connect=there.connect)
            assert set(there.connected) == {PUBLIC}, disguise
            assert len(there.connected) >= hop, disguise


def test_a_name_is_resolved_once_a_hop_so_that_it_cannot_change_in_between() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with net("http://www.alvby.example/again") as there, pytest.raises(BadAddress):
        fetch("http://www.alvby.example/", resolver=lambda _h, _p: next(answers), connect=there.connect)
    assert there.connected == [PUBLIC]


def test_we_never_read_another_host_than_browsers_do() -> None:
    """Where the URL standard gives a host, ours is the same or the address is refused; what it refuses, no host has.

    A redirect to ``///test`` leads browsers to the host test; ours stays on the website it came from.
    """
    differing = []
    for case in standard_cases():
        try:
            target = read_url(urljoin(case.get("base") or "", case["input"]))
        except (BadAddress, ValueError):
            continue
        agreed = not case.get("failure") and f"{target.scheme}:" == case["protocol"] and target.host == case["hostname"]
        if not agreed and not case["input"].startswith("///"):
            differing.append((case["input"], case.get("base"), target.host, case.get("hostname")))
    assert differing == []
