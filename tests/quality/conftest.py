"""A house for these tests."""

from tests.houses import house

__all__ = ["house"]
