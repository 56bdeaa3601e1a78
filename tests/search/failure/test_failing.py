"""Elasticsearch killed, hung and ailing, while people read, search and publish."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from learning.people.roles import Role
from search.elastic import client
from search.elastic.breaker import OPEN_SECONDS
from search.elastic.client import index_client
from search.ledger import draining
from search.ledger.draining import drain
from search.ledger.models import LedgerRow
from search.ledger.reconciling import find_differences
from search.rebuilding.health import look
from search.setting_up import set_up
from tests.search.failure.conftest import Clock, Line

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

FINDING = "/findings/fathers-asked-early-mostly-say-yes/"
SEARCH = "/search/?q=fathers"
STANDS_IN = "A simpler search is answering"
EVERY_PAGE = [
    FINDING, SEARCH, "/search/?q=zzzyx", "/search/?theme=P04", "/search/results.csv?q=fathers",
    "/search/suggest/?q=fath", "/theme/P04/", "/", "/my/my-work/", "/health/",
]  # fmt: skip
WAYS_TO_FAIL = {"killed": Line.cut, "hung": Line.hang}


@pytest.fixture
def reader(sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.FRONT_LINE)


@pytest.fixture(params=WAYS_TO_FAIL)
def failing(request: pytest.FixtureRequest, line: Line) -> Line:
    """The line, cut or hung."""
    WAYS_TO_FAIL[request.param](line)
    return line


def found(reader: Client, address: str = SEARCH) -> Any:
    response = reader.get(address)
    assert response.status_code == 200
    return response.context["found"]


def page_of(address: str) -> Page:
    """The page at that address."""
    return Page.objects.get(url_path=f"/home{address}").specific


def says_so(reader: Client, address: str) -> bool:
    return STANDS_IN in reader.get(address).text


def test_while_all_is_well_elasticsearch_answers(line: Line, reader: Client):
    answered = found(reader)
    assert (answered.engine, answered.stood_in) == ("elasticsearch", False)
    assert answered.hits and line.asked and not says_so(reader, SEARCH)


def test_every_page_is_read_and_every_search_answered(failing: Line, reader: Client):
    for address in EVERY_PAGE:
        assert reader.get(address, follow=True).status_code == 200, address
    answered = found(reader)
    assert (answered.engine, answered.stood_in) == ("database", True)
    assert page_of(FINDING).pk in {hit.page_id for hit in answered.hits}
    assert says_so(reader, SEARCH) and says_so(reader, "/search/?q=zzzyx")


def test_what_stands_in_narrows_and_counts_as_ever(failing: Line, reader: Client):
    answered = found(reader, f"{SEARCH}&theme=P04")
    assert answered.stood_in and 0 < answered.total < found(reader).total
    assert answered.facets["quarter"]


def test_after_three_failures_nobody_waits_until_a_probe(
    failing: Line, reader: Client, clock: Clock
):
    for _ in range(4):
        assert found(reader).stood_in
    asked = failing.asked
    assert client.breaker.state == "open"
    for address in EVERY_PAGE:
        reader.get(address)
    assert failing.asked == asked
    clock.now += OPEN_SECONDS
    assert found(reader).stood_in and client.breaker.state == "open"
    failing.mend()
    clock.now += OPEN_SECONDS
    assert not found(reader).stood_in and client.breaker.state == "closed"
    assert not says_so(reader, SEARCH)


def test_publishing_goes_on_and_the_index_catches_up(
    own_index: str,
    failing: Line,
    reader: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
):
    monkeypatch.setattr(draining, "ENGINE_AWAY", draining.ENGINE_AWAY * 0)
    page = page_of(FINDING)
    assert page.pk in {hit.page_id for hit in found(reader).hits}
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    row = LedgerRow.objects.get(page_id=page.pk)
    assert row.dirty and not row.parked and row.attempts == 0 and row.claimed_until is None
    assert page.pk not in {hit.page_id for hit in found(reader).hits}
    assert not look().is_well
    failing.mend()
    client.breaker.reset()
    assert drain().settled == 1
    assert not any(places.page_ids for places in find_differences())
    assert page.pk not in {hit.page_id for hit in found(reader).hits}
    assert not found(reader).stood_in and look().is_well


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (429, {"error": {"type": "circuit_breaking_exception"}, "status": 429}),
        (503, {"error": {"type": "no_shard_available_action_exception"}, "status": 503}),
        (404, {"error": {"type": "index_not_found_exception"}, "status": 404}),
        (200, {"timed_out": True, "_shards": {"failed": 0}, "hits": {"hits": []}}),
        (200, {"timed_out": False, "_shards": {"failed": 1}, "hits": {"hits": []}}),
        (200, {}),
        (200, "<html>A proxy's own page</html>"),
    ],
    ids=["overfull", "no shard", "no index", "timed out", "in part", "empty", "no JSON"],
)
def test_half_an_answer_is_a_failure(line: Line, reader: Client, status: int, answer: Any):
    line.answer = (status, answer)
    for _ in range(3):
        answered = found(reader)
        assert answered.stood_in and answered.hits
    assert client.breaker.state == "open"
    assert reader.get("/search/suggest/?q=fath").json()["suggestions"]


def test_a_document_never_makes_an_index_of_its_own(own_index: str):
    index_client().indices.delete(index=own_index)
    LedgerRow.objects.filter(page_id=page_of(FINDING).pk).update(dirty=True)
    assert drain().engine_away
    assert not index_client().indices.exists(index=own_index)
    assert set_up() != ["Search is ready."]
    assert drain().engine_away is False
    assert not any(places.page_ids for places in find_differences())


def test_setting_up_without_a_server_says_what_to_do(line: Line):
    line.cut()
    with pytest.raises(CommandError, match="does not answer"):
        call_command("search_init")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (429, "es_rejected_execution_exception"),
        (404, "index_not_found_exception"),
        (403, "cluster_block_exception"),
    ],
)
def test_an_ailing_index_is_no_fault_of_a_document(line: Line, status: int, error: str):
    page = page_of(FINDING)
    LedgerRow.objects.filter(page_id=page.pk).update(dirty=True)
    failed = {"_id": str(page.pk), "status": status, "error": {"type": error}}
    line.answer = (200, {"errors": True, "items": [{"index": failed}]})
    done = drain()
    row = LedgerRow.objects.get(page_id=page.pk)
    assert done.engine_away and row.dirty and row.attempts == 0 and not row.parked
