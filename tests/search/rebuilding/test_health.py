"""How search is, for a timer, for a lead manager, and for whoever asks from outside."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from learning.people.roles import Role
from search.elastic.client import index_client
from search.elastic.engine import alias
from search.ledger.models import LedgerRow
from search.rebuilding.health import look

pytestmark = pytest.mark.django_db

KEYS = {
    "engine", "documents", "waiting", "parked", "lag_seconds", "words_wait_for_rebuild", "index",
    "index_documents", "breaker", "problems", "is_well",
}  # fmt: skip


@pytest.fixture
def backlog(settings: Any) -> None:
    """Two pages wait, one of them for ten minutes; one is parked."""
    settings.PORTAL_SEARCH_ENGINE = "database"
    now = timezone.now()
    ages = [timedelta(minutes=10), timedelta(seconds=5), timedelta(days=1)]
    rows = LedgerRow.objects.filter(deleted=False)[:3]
    for row, age in zip(rows, ages, strict=True):
        row.dirty, row.dirty_since, row.parked = True, now - age, age > timedelta(hours=1)
        row.save()


def health() -> tuple[dict[str, Any], int]:
    said, code = io.StringIO(), 0
    try:
        call_command("search_health", "--json", stdout=said)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(said.getvalue()), code


def test_when_all_is_well(settings: Any):
    settings.PORTAL_SEARCH_ENGINE = "database"
    said, code = health()
    assert said.keys() == KEYS
    assert (said["is_well"], said["problems"], code) == (True, [], 0)


def test_a_backlog_and_parked_pages_are_told(backlog: None):
    said, code = health()
    assert (said["waiting"], said["parked"], code) == (2, 1, 1)
    assert 600 <= said["lag_seconds"] < 700
    assert len(said["problems"]) == 2


@pytest.mark.elasticsearch
def test_the_index_is_asked_too(own_index: str):
    health = look()
    assert health.is_well and health.index == own_index
    assert health.index_documents == health.documents > 100
    index_client().indices.delete_alias(index=own_index, name=alias())
    assert look().problems == ["Searches do not reach the index: run search_init."]
    index_client().indices.delete(index=own_index)
    assert not look().is_well


def test_the_page_tells_strangers_nothing_but_that_it_stands(
    backlog: None, sign_in: Callable[..., Client]
):
    for client in (Client(), sign_in(Role.FRONT_LINE), sign_in(Role.IT_SUPPORT)):
        response = client.get("/health/")
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_page_tells_a_lead_the_numbers(backlog: None, sign_in: Callable[..., Client]):
    said = sign_in(Role.LEAD_QA).get("/health/").json()
    assert said["status"] == "ok"
    numbers = said["search"]
    assert numbers.keys() == {"documents", "waiting", "parked", "lag_seconds"}
    assert (numbers["waiting"], numbers["parked"]) == (2, 1)
    assert all(isinstance(number, int | float) for number in numbers.values())
