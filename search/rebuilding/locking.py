"""One build at a time, whichever process begins it; the lock goes with the process that held it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

LOCK_NUMBER = 7_201_126
"""Any number, but always this one."""


class BuildRunning(Exception):
    """Another build has not ended yet."""


@contextmanager
def build_lock() -> Iterator[None]:
    """Held while an index is built. Raises `BuildRunning` when somebody holds it."""
    with _advisory() if connection.vendor == "postgresql" else _file():
        yield


@contextmanager
def _advisory() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
        if not cursor.fetchone()[0]:
            raise BuildRunning
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


@contextmanager
def _file() -> Iterator[None]:
    path = Path(f"{connection.settings_dict['NAME']}.build-lock")
    with path.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildRunning from None
        yield
