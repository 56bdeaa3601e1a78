"""Tables of one's own, for trying a collection out: they hide the real ones from this connection
only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from search.engines.database import sqlite

TABLES = ("search_projection", "search_projectionvalue")


@contextmanager
def private_tables() -> Iterator[None]:
    """Empty temporary tables of the same names; the portal's own are untouched and back
    afterwards."""
    make, drop = (_postgresql if connection.vendor == "postgresql" else _sqlite)()
    with connection.cursor() as cursor:
        _run(cursor, make)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            _run(cursor, drop)


@contextmanager
def own_copy() -> Iterator[None]:
    """Temporary tables as above, with everything that the portal's own hold: to try on them what
    must not be seen yet."""
    with private_tables():
        with connection.cursor() as cursor:
            _run(cursor, _copies())
        yield


def _copies() -> list[str]:
    on_postgresql = connection.vendor == "postgresql"
    there, here = ("public", "pg_temp") if on_postgresql else ("main", "temp")
    made = [f"INSERT INTO {here}.{name} SELECT * FROM {there}.{name}" for name in TABLES]
    if on_postgresql:
        return made
    columns = "rowid, title, summary, body"
    words = f"INSERT INTO temp.search_words ({columns}) SELECT {columns} FROM main.search_words"
    return [*made, words]


def _run(cursor: Any, statements: list[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def _postgresql() -> tuple[list[str], list[str]]:
    make = [f"CREATE TEMP TABLE {name} (LIKE public.{name} INCLUDING ALL)" for name in TABLES]
    return make, [f"DROP TABLE pg_temp.{name}" for name in TABLES]


def _sqlite() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM main.sqlite_master WHERE tbl_name IN (%s, %s) AND sql IS NOT NULL"
            " ORDER BY type DESC",
            list(TABLES),
        )
        written = [row[0] for row in cursor.fetchall()]
    make = [_temporary(statement) for statement in written]
    make.append(sqlite.MAKE_TABLE.replace("search_words", "temp.search_words"))
    return make, [f"DROP TABLE temp.{name}" for name in (*TABLES, "search_words")]


def _temporary(statement: str) -> str:
    """A table's or index's own definition, made temporary."""
    for kind in ("UNIQUE INDEX", "INDEX"):
        if statement.startswith(f"CREATE {kind}"):
            return statement.replace(f'CREATE {kind} "', f'CREATE {kind} temp."', 1)
    return statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1)
