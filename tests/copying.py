"""Copies of a whole database, on either engine."""

import sqlite3
from pathlib import Path
from typing import Any

from django.db import connection, connections


def point_at(name: str) -> None:
    """Let everything speak with this database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


def copy_database(name: str, copy: str) -> None:
    """`copy` holds what `name` holds; what it held before is gone. Nobody is connected to `name` then."""
    connection.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            _drop(cursor, copy)
            _let_go_of(cursor, name)
            # Three times as fast as through the log, which older servers never copied through.
            by_file = " STRATEGY FILE_COPY" if connection.pg_version >= 150000 else ""
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"{by_file}')
        return
    drop_database(copy)
    with sqlite3.connect(name) as source, sqlite3.connect(copy) as target:
        source.backup(target)


def drop_database(name: str) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            _drop(cursor, name)
        return
    for suffix in ("", "-wal", "-shm"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)


def databases_beginning(start: str) -> list[str]:
    """The databases whose names begin like this."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            return sorted(name for (name,) in cursor.fetchall() if name.startswith(start))
    found = Path(start).parent.glob(f"{Path(start).name}*")
    return sorted(str(path) for path in found if not path.name.endswith(("-wal", "-shm")))


def _drop(cursor: Any, name: str) -> None:
    _let_go_of(cursor, name)
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _let_go_of(cursor: Any, name: str) -> None:
    """End the sessions that threads of earlier tests left open: a database in use is not copied or dropped.

    Only our own: the server's own workers (autovacuum) it ends itself, and nobody else may.
    """
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user",
        [name],
    )
