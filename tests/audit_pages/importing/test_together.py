"""Several loads at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections
from wagtail.models import Page

from audit_pages.importing.models import ImportBatch
from tests.audit_pages.importing.conftest import SOURCE, finding, load_file, pages_of


def test_three_loads_of_one_file_at_once_are_one_load(
    cloned_database: str, json_lines: Any
) -> None:
    path = json_lines(*[finding(number) for number in range(1, 301)])

    together = Barrier(3)

    def run(_: int) -> int:
        try:
            connections["default"].ensure_connection()
            together.wait(60)
            return load_file(path)["batch"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        batches = set(pool.map(run, range(3)))

    assert len(batches) == 1
    batch = ImportBatch.objects.get(source_name=SOURCE)
    assert (batch.state, batch.created_count) == ("waiting", 300)
    assert pages_of().count() == 300
    assert Page.find_problems() == ([], [], [], [], [])
