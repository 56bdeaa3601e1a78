"""What no signal told is counted by its fault, in the database and in the index, and mended."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from search.elastic.client import index_client
from search.elastic.engine import alias
from search.ledger.models import LedgerRow, Projection, ProjectionValue
from search.ledger.reconciling import find_differences
from tests.search.conftest import BOTH_ENGINES

pytestmark = pytest.mark.django_db

FAULTS = ("missing", "ghost", "stale", "acl_mismatch")
GHOST = 990_001


class Database:
    """Harms done to the projection behind the ledger's back."""

    def missing(self, page_id: int) -> None:
        Projection.objects.filter(page_id=page_id).delete()

    def ghost(self, page_id: int) -> None:
        kept = Projection.objects.get(page_id=page_id)
        kept.pk, kept.version = GHOST, 7
        kept.save(force_insert=True)

    def stale(self, page_id: int) -> None:
        Projection.objects.filter(page_id=page_id).update(digest="of yesterday", version=9)

    def acl_mismatch(self, page_id: int) -> None:
        ProjectionValue.objects.filter(page_id=page_id, field="acl").update(value="g:404")


class Elasticsearch:
    """The same harms, done to the index."""

    def missing(self, page_id: int) -> None:
        index_client().delete(index=alias(), id=str(page_id), refresh=True)

    def ghost(self, page_id: int) -> None:
        self._write(GHOST, page_id, page_id=GHOST)

    def stale(self, page_id: int) -> None:
        self._write(page_id, page_id, digest="of yesterday")

    def acl_mismatch(self, page_id: int) -> None:
        self._write(page_id, page_id, acl=["g:404"])

    def _write(self, at: int, like: int, **changed: Any) -> None:
        source = index_client().get(index=alias(), id=str(like))["_source"]
        index_client().index(
            index=alias(), id=str(at), document={**source, **changed}, version=9,
            version_type="external", refresh=True,
        )  # fmt: skip


@pytest.fixture(params=BOTH_ENGINES)
def place(request: pytest.FixtureRequest, settings: Any) -> str:
    settings.PORTAL_SEARCH_ENGINE = "database"
    if request.param == "elasticsearch":
        request.getfixturevalue("own_index")
    return str(request.param)


@pytest.fixture
def harm(place: str) -> Callable[[str, int], None]:
    """`harm("stale", page_id)`: done in the place."""
    harms = {"database": Database(), "elasticsearch": Elasticsearch()}[place]
    return lambda fault, page_id: getattr(harms, fault)(page_id)


def reconcile(*flags: str) -> tuple[dict[str, Any], int]:
    """What the command says, and its exit code."""
    said = io.StringIO()
    try:
        call_command("search_reconcile", "--json", *flags, stdout=said)
    except SystemExit as end:
        return json.loads(said.getvalue()), int(end.code or 0)
    return json.loads(said.getvalue()), 0


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_counted_and_mended(place: str, harm: Callable[[str, int], None], fault: str):
    harmed = Projection.objects.filter(gone=False).earliest("page_id").page_id
    harm(fault, harmed)
    report, code = reconcile()
    assert code == 1
    assert report["places"][place] == {**dict.fromkeys(FAULTS, 0), fault: 1}
    report, code = reconcile("--fix")
    assert (report["marked"], code) == (1, 0)
    report, code = reconcile()
    assert code == 0
    assert all(not any(counts.values()) for counts in report["places"].values())
    assert not LedgerRow.objects.filter(dirty=True).exists()


def test_rows_that_wait_are_no_fault(place: str, harm: Callable[[str, int], None]):
    harmed = Projection.objects.filter(gone=False).earliest("page_id").page_id
    harm("stale", harmed)
    LedgerRow.objects.filter(page_id=harmed).update(dirty=True)
    assert not any(found.page_ids for found in find_differences())
