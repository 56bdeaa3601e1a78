"""A build whose process is killed: the old index serves on, and nothing has to be cleared by hand."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.db import connection

from search.elastic.building import drop_indices
from search.elastic.engine import alias
from search.ledger.models import IndexBuild
from search.rebuilding.locking import BuildRunning
from search.rebuilding.services import rebuild
from tests.search.rebuilding.looking import assert_serves, builds, indices

pytestmark = pytest.mark.elasticsearch

BUILD_AND_BE_KILLED = """
import sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections
connections.settings["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[1]
settings.PORTAL_SEARCH_ENGINE, settings.PORTAL_SEARCH_INDEX_PREFIX = "elasticsearch", sys.argv[2]
from search.elastic import building
from search.rebuilding.services import rebuild
def fill(index):
    print("filling", flush=True)
    time.sleep(60)
building.fill = fill
rebuild()
"""


@pytest.fixture
def committed_index(cloned_database: str, settings: Any) -> Iterator[str]:
    """An index over a copy of the database that another process sees too."""
    assert connection.vendor == "postgresql"
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_SEARCH_INDEX_PREFIX += "-killed"
    IndexBuild.objects.all().delete()
    yield rebuild().index
    drop_indices(f"{alias()}-*")


def test_a_killed_build_leaves_the_old_index_serving_and_the_lock_free(
    committed_index: str, cloned_database: str
):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-c", BUILD_AND_BE_KILLED, cloned_database, alias()]
    builder = subprocess.Popen(
        command, env=environment, cwd=portal_settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert builder.stdout is not None and builder.stdout.readline() == "filling\n"
    with pytest.raises(BuildRunning):
        rebuild()
    builder.send_signal(signal.SIGKILL)
    builder.wait(20)
    builder.stdout.close()
    assert_serves(committed_index)
    assert IndexBuild.State.BUILDING in builds().values()
    built = rebuild().index
    assert_serves(built)
    assert indices() == set(builds()) == {committed_index, built}
