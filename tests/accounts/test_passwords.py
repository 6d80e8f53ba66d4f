"""Passwords are kept as argon2id hashes, salted, and compared without telling whether there is one."""

from collections.abc import Iterator

import pytest

from review_app.accounts import passwords
from review_app.accounts.passwords import SHORTEST, hash_password, password_matches
from review_app.errors import BadInput
from tests.builders import PASSWORD
from tests.cheap import THE_PRODUCTS_HASHER


@pytest.fixture(scope="module", autouse=True)
def _as_in_the_product() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", THE_PRODUCTS_HASHER)
        passwords._nobody.cache_clear()
        yield


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_password(PASSWORD)


def test_a_hash_is_argon2id_with_at_least_what_rfc_9106_asks_of_little_memory(stored: str) -> None:
    _, kind, version, costs, salt, _ = stored.split("$")
    cost = {name: int(value) for name, value in (one.split("=") for one in costs.split(","))}
    assert (kind, version) == ("argon2id", "v=19")
    assert cost["m"] >= 65536
    assert cost["t"] >= 3
    assert len(salt) >= 22  # 16 bytes
    assert PASSWORD not in stored


def test_the_same_password_has_another_hash_each_time(stored: str) -> None:
    assert hash_password(PASSWORD) != stored


def test_only_the_password_matches(stored: str) -> None:
    assert password_matches(PASSWORD, stored)
    for wrong in ("", PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1], stored):
        assert not password_matches(wrong, stored)


@pytest.mark.parametrize("broken", [None, "", "plain text", "$argon2id$v=19$m=65536,t=3,p=4$x"])
def test_without_a_usable_hash_nothing_matches(broken: str | None) -> None:
    for password in ("", "plain text", "nobody has this password"):
        assert not password_matches(password, broken)


def test_a_short_password_is_refused_with_how_long_it_must_be() -> None:
    with pytest.raises(BadInput, match=f"at least {SHORTEST} characters"):
        hash_password("ä" * (SHORTEST - 1))
    assert password_matches("ä" * SHORTEST, hash_password("ä" * SHORTEST))
