"""A copy of the seeded database to write into, and the portal served from it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from tests.copying import copy_database, drop_database, point_at


@contextmanager
def cloned() -> Iterator[str]:
    """The name of a copy of the database, to which everything is pointed meanwhile."""
    name = connection.settings_dict["NAME"]
    clone = f"{name}_clone"
    copy_database(name, clone)
    point_at(clone)
    try:
        yield clone
    finally:
        connections.close_all()
        point_at(name)
        drop_database(clone)


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
