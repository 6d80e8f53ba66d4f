"""What stands in the database of a link opens nothing without the installation's key."""

from review_app.accounts.one_time import new_one_time, token_of


def test_a_seed_makes_its_token_again_with_the_same_key_only() -> None:
    link = new_one_time(b"ours")
    assert token_of(b"ours", link.seed) == link.token
    assert token_of(b"theirs", link.seed) != link.token
    assert new_one_time(b"ours") != link


def test_a_token_has_256_bits_fits_into_an_address_and_is_not_printed() -> None:
    link = new_one_time(b"ours")
    assert len(link.token) == 43
    assert set(link.token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert link.token not in repr(link)
