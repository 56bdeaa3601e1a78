"""A copy of the seeded database to write into, and the portal served from it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections


@contextmanager
def cloned() -> Iterator[str]:
    """The name of a copy of the database, to which everything is pointed meanwhile."""
    name = connection.settings_dict["NAME"]
    connection.close()
    clone = _clone(name)
    _point_at(clone)
    try:
        yield clone
    finally:
        connections.close_all()
        _point_at(name)
        _drop(clone)


@contextmanager
def served() -> Iterator[str]:
    """The address at which the portal answers, on a free port of this machine."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait(20)
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


def _point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


def _clone(name: str) -> str:
    if connection.vendor == "postgresql":
        clone = f"{name}_clone_{os.getpid()}"
        with connection._nodb_cursor() as cursor:
            _let_go_of(cursor, name)
            cursor.execute(f'DROP DATABASE IF EXISTS "{clone}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{clone}" TEMPLATE "{name}"')
        return clone
    import sqlite3

    clone = f"{name}.clone"
    Path(clone).unlink(missing_ok=True)
    with sqlite3.connect(name) as source, sqlite3.connect(clone) as target:
        source.backup(target)
    return clone


def _let_go_of(cursor: Any, name: str) -> None:
    """End the sessions that threads of earlier tests left open: a database in use is not copied."""
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )


def _drop(clone: str) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{clone}" WITH (FORCE)')
        return
    for suffix in ("", "-wal", "-shm"):
        Path(f"{clone}{suffix}").unlink(missing_ok=True)
