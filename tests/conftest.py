"""What every test shares: a seeded, quick Hypothesis profile, the databases, what is made cheap, and a house."""

from hypothesis import HealthCheck, settings

from tests.cheap import cheap
from tests.databases import backend, postgresql, sqlite
from tests.houses import house
from tests.order import pytest_collection_modifyitems

__all__ = ["backend", "cheap", "house", "postgresql", "pytest_collection_modifyitems", "sqlite"]

settings.register_profile(
    "house", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")
