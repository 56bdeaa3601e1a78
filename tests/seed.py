"""The fictional borough, loaded once for a run and copied for each of its workers.

Its audits are left out: each test builds the audit that it speaks of, and counts nothing else.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases
from django.utils import timezone

from portal.demo.loader import load_borough
from tests.copying import copy_database, databases_beginning, drop_database, point_at

HOUSE = Path(__file__).parents[1]
READ_BY_THE_SEED = ("portal", "home", "search", "audit_pages", "learning", "templates")
KINDS = {".py", ".toml", ".html", ".txt", ".json"}
WITHOUT_TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def kept_database() -> None:
    """The worker's database of the run before, brought up to date: quick when little has changed."""
    setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=True)
    load_borough()


def fresh_database() -> None:
    """A copy of the seed. The first worker of a run makes the seed, and the others wait for it."""
    own = connection.settings_dict["TEST"]["NAME"]
    seeds = f"{own.removesuffix('_' + os.environ.get('PYTEST_XDIST_WORKER', ''))}_seed_"
    seed = f"{seeds}{_fingerprint()}"
    with _one_at_a_time():
        if seed not in databases_beginning(seeds):
            for old in databases_beginning(seeds):
                drop_database(old)
            _make(seed, own)
        copy_database(seed, own)
    point_at(own)


def _make(seed: str, workshop: str) -> None:
    """Load the borough in a workshop first: a run cut off leaves no half seed."""
    setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=False)
    with override_settings(TASKS=WITHOUT_TASKS):  # each would be done again for every page
        load_borough()
    call_command("rebuild_references_index", verbosity=0)
    if connection.vendor == "postgresql":
        _analyse()
    copy_database(workshop, seed)


def _analyse() -> None:
    """Let PostgreSQL plan by what is there, which copies keep, and look at nothing while tests run.

    A table that is empty is left out, and the server’s own cleaner kept from all: told between two tests that
    a table is empty, it would read it row by row for each row of another when a test has filled it.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = off)")
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name})")
            if cursor.fetchone()[0]:
                cursor.execute(f"ANALYZE {name}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with open(settings.TEST_SCRATCH / f"seed-{connection.vendor}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _fingerprint() -> str:
    """Of everything that the seed is made from: the day, and every file that could have a part in it."""
    found = hashlib.sha256(timezone.localdate().isoformat().encode())
    paths = [path for folder in READ_BY_THE_SEED for path in (HOUSE / folder).rglob("*.*")]
    for path in [HOUSE / "requirements.txt", Path(__file__), *sorted(paths)]:
        if path.suffix in KINDS and "node_modules" not in path.parts:
            found.update(f"{path.relative_to(HOUSE)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:12]
