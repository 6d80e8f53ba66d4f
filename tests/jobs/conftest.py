"""A house and a PostgreSQL for these tests."""

from tests.houses import house
from tests.postgres import postgres_url

__all__ = ["house", "postgres_url"]
