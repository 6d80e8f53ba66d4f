"""Only public websites are fetched, whatever disguise a private address comes in."""

import json

import pytest

from review_app.errors import BadAddress, ReviewAppError
from review_app.pages.addresses import is_public, read_url
from review_app.pages.fetch import fetch
from tests.shared_data import SHARED_DATA, needs_shared_data


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    """
    127.0.0.1 127.8.8.8 10.0.0.1 172.16.5.4 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 224.0.0.1
    255.255.255.255 198.18.0.1 192.0.2.1 168.63.129.16 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1
    ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2002:7f00:1::
    2002:a9fe:a9fe:: 2001:0:7f00:1::80ff:fffe ::127.0.0.1 2001:db8::1 nonsense
    """.split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://[::1]/",
        "http://localhost/",
        "http://intranet.localhost/",
        "http://user:secret@www.example.se/",
        "http://www.example.se:8080/",
        "ftp://www.example.se/",
        "file:///etc/passwd",
        "http://www.example.se\\@127.0.0.1/",
        "http:///path",
        "gopher://127.0.0.1:70/_",
        "",
    ],
)
def test_disguises_are_refused_before_anything_is_resolved(url: str) -> None:
    with pytest.raises(BadAddress):
        read_url(url)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(BadAddress) as refused:
        read_url("http://anna:hemligt@www.example.se/")
    assert "hemligt" not in str(refused.value)


def test_a_listed_host_may_be_internal() -> None:
    assert read_url("http://intranet:8080/sida", ["intranet"]).trusted
    assert read_url("http://10.0.0.5/sida", ["10.0.0.5"]).trusted


def test_a_swedish_host_name_is_read_as_the_network_sees_it() -> None:
    target = read_url("https://www.överkalix.se/sök?q=återvinning")
    assert target.host == "www.xn--verkalix-m4a.se"
    assert target.path == "/s%C3%B6k?q=%C3%A5tervinning"


@needs_shared_data
def test_nothing_private_is_ever_connected_to() -> None:
    disguises = (SHARED_DATA / "security" / "SSRF_hacktricks.txt").read_text("utf-8").split("\n")
    cases = json.loads((SHARED_DATA / "security" / "urltestdata.json").read_text("utf-8"))
    urls = [*disguises, *(f"http://{line}" for line in disguises), *(c["input"] for c in cases if isinstance(c, dict))]
    connected: list[object] = []

    def connect(address: tuple[str, int], _timeout: float) -> None:  # type: ignore[return]
        connected.append(address)

    for url in urls:
        with pytest.raises(ReviewAppError):
            fetch(url, resolver=lambda _host, _port: ["127.0.0.1"], connect=connect)  # type: ignore[arg-type]
    assert connected == []
