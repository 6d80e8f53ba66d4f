"""What a program does once and tests would do thousands of times, made cheap: passwords, templates, writing to disk.

And what it leaves to chance, the draw of spot checks, is made the same each time.

Only in the test's own process: programs that tests start do all of it as anywhere.
"""

import sqlite3
from collections.abc import Iterator
from types import CodeType
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from review_app.accounts import passwords
from review_app.db import database
from review_app.quality import service

THE_PRODUCTS_HASHER = passwords._HASHER
CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes with the least that argon2 allows, in 0.1 ms instead of 50 to 100."""


SEED = 1
"""What spot checks are drawn with, so that the same texts are drawn each time."""


class RememberedTemplates(BytecodeCache):
    """Templates compiled by any app of this process; Jinja's key is a template's file, its checksum the text."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if there is some of this text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template's code."""
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code


def without_waiting(connection: sqlite3.Connection, record: object, prepare: Any = database._prepare_sqlite) -> None:
    """Prepare a connection as the product does, but leave it to the system when data reaches the disk."""
    prepare(connection, record)
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def cheap() -> Iterator[None]:
    """Make it cheap; ``tests/accounts/test_passwords.py`` takes the product's own hasher back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", CHEAP_HASHER)
        patch.setattr(database, "_prepare_sqlite", without_waiting)
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": RememberedTemplates()})
        patch.setattr(service, "random_seed", lambda: SEED)
        yield
