"""The demo borough with its audits, for the tests that look at them."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from learning.submissions.models import AuditSubmission
from portal.demo.audits.loading import load_audits
from portal.demo.audits.quarters import CLOSED

LOOKED_AT = date(2026, 11, 23)
"""The day on which the derived statuses are looked at; due dates are fixed."""


@pytest.fixture(scope="module", autouse=True)
def audits(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The borough with its audits, which are gone again after the last test here."""
    with django_db_blocker.unblock(), transaction.atomic():
        begun = time.monotonic()
        load_audits()
        print(f"The audits were loaded in {time.monotonic() - begun:.1f} seconds.")
        yield
        transaction.set_rollback(True)


def closed_audits() -> Any:
    return AuditSubmission.objects.filter(case__cycle__ref__in=CLOSED)


def counted(rows: Any, field: str) -> Counter[str]:
    return Counter(rows.values_list(field, flat=True))
