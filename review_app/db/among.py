"""Conditions on many values at once: they travel as one parameter, so there is no limit on how many they are.

A statement that names each value is another one for each number of values: drivers and servers read it anew, and
refuse it above some 30,000.
"""

import json
from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Integer, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator


class _Values(TypeDecorator[list[Any]]):
    """Values as one parameter: an array on PostgreSQL, JSON on SQLite.

    The array is written here, as its manual has it (8.15.2): the driver takes longer to write it than the server to
    find the rows. It travels without a type of its own, so that the server takes it for the array that is asked for,
    and knows how many values there are; of a text that is cast to an array it does not, and reads it for every row.
    """

    impl = NullType
    cache_ok = True

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> str:
        """Write the values as the database takes them."""
        values = value or []
        return f"{{{','.join(map(_element, values))}}}" if dialect.name == "postgresql" else json.dumps(values)


def _element(value: int | str) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _Among(FunctionElement[bool]):
    """The first of its clauses is one of the values that the second holds."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Self:
        """Stand as it is: SQLite would find no index for ``… = 1``, which else is made of conditions without a type."""
        return self


def among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these numbers or texts."""
    return _Among(column, bindparam(None, list(values), _Values(), unique=True))


def among_given(column: Any, name: str) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the values that are given, as a list, when it is executed.

    A statement that is built once costs less each time than one that is built anew.
    """
    return _Among(column, bindparam(name, type_=_Values()))


@compiles(_Among)
def _in_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both are the compiler's


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    kind = "INTEGER" if isinstance(next(iter(element.clauses)).type, Integer) else "TEXT"
    return f"{column} = ANY (CAST({values} AS {kind}[]))"
