"""Text goes without further ado to machines of one's own only; an address says by itself whose it is."""

import pytest

from review_app.engines import EngineConfig, engine_config, get_engine
from review_app.engines.machines import NO_WEB_ADDRESS, NOT_ENCRYPTED, is_own, why_not
from review_app.errors import EngineFailed
from review_app.settings import Settings

OWN = [
    "http://127.0.0.1:5000",
    "http://localhost:8080/v1",
    "http://model.localhost/",
    "http://10.1.2.3/v1",
    "http://192.168.0.9:11434/v1",
    "http://[::1]:5000",
    "http://[fd00::1]/v1",
    "https://llm.internal/v1",
    "https://LLM.home.arpa./v1",
]
OTHERS = [
    "https://api.openai.com/v1",
    "https://8.8.8.8/v1",
    "https://[::ffff:8.8.8.8]/v1",
    "https://127.0.0.1.example.com/v1",
    "https://localhost.example.com/v1",
    "https://user:127.0.0.1@example.com/v1",
    "https://notinternal/v1",
    "https://2130706433/v1",
    "https://0x7f.1/v1",
]


@pytest.mark.parametrize("address", OWN)
def test_addresses_of_this_machine_and_of_private_networks_are_one_s_own(address: str) -> None:
    assert is_own(address)
    assert why_not(address) is None


@pytest.mark.parametrize("address", OTHERS)
def test_any_other_address_is_others_however_it_is_dressed_up(address: str) -> None:
    assert not is_own(address)
    assert why_not(address) is None
    assert why_not(address.replace("https:", "http:")) == NOT_ENCRYPTED


@pytest.mark.parametrize("address", ["llm.example.se/v1", "ftp://llm.example.se", "http://", "http://[::1", "/v1"])
def test_what_is_no_address_of_the_web_is_told(address: str) -> None:
    assert why_not(address) == NO_WEB_ADDRESS


@pytest.mark.parametrize("name", ["llm", "libretranslate", "apertium"])
def test_where_texts_go_follows_from_the_address(name: str) -> None:
    def engine(address: str, own_hosts: frozenset[str] = frozenset()):
        return get_engine(name, EngineConfig(addresses={name: address}, options=MODEL, own_hosts=own_hosts))

    assert engine("http://127.0.0.1:5000/v1").terms.local
    others = engine("https://mt.example.se/v1")
    assert (others.terms.local, others.terms.provider, others.terms.price) == (False, "mt.example.se", None)
    assert engine("https://mt.example.se/v1", frozenset({"mt.example.se"})).terms.local
    assert engine("http://127.0.0.1:5000/v1").terms.local, "one engine's address says nothing of another's"


@pytest.mark.parametrize("name", ["llm", "libretranslate", "apertium"])
def test_nothing_is_sent_to_others_without_encryption(name: str) -> None:
    engine = get_engine(name, EngineConfig(addresses={name: "http://mt.example.se"}, options=MODEL))
    assert engine.usable() == NOT_ENCRYPTED
    with pytest.raises(EngineFailed) as failed:
        engine.translate(["Hej på dig."], "sv", "da")
    assert failed.value.template == NOT_ENCRYPTED


MODEL = {"llm.model": "m"}


def test_own_hosts_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_APP_OWN_HOSTS", "mt.Example.se , gpu")
    assert engine_config(Settings(_env_file=None)).own_hosts == {"mt.example.se", "gpu"}
