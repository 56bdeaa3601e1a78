"""Auditors read on for some working days after the cycle closed, and not a minute longer (domain.md E7)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.events.working_days import add_working_days
from learning.models import AuditCycle, Event, SubmissionGrant
from learning.programme.news import cycle_changed
from learning.submissions.grants import AUDITS
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db


def close(audit: Audit, closed_at: datetime) -> AuditCycle:
    """The cycle as its last step leaves it, with everybody told who listens."""
    cycle = audit.submission.case.cycle
    AuditCycle.objects.filter(pk=cycle.pk).update(state="closed", closed_at=closed_at)
    cycle.refresh_from_db()
    cycle_changed.send(AuditCycle, cycle=cycle, step="close", by=audit.lead)
    return cycle


def test_the_twentieth_working_day_is_the_last(
    opened: Audit, sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    began = timezone.now()
    close(opened, began)
    read = reverse("submissions:read", args=[opened.ref])
    last_day = add_working_days(timezone.localdate(began), 20)
    midnight = timezone.make_aware(
        datetime.combine(last_day + timedelta(days=1), datetime.min.time())
    )

    def asked_at(moment: datetime) -> int:
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: moment)
            return sign_in(opened.first).get(read).status_code

    assert asked_at(midnight - timedelta(minutes=1)) == 200
    assert asked_at(midnight) == 404, "at once, before any job has run"
    assert SubmissionGrant.objects.filter(reason=AUDITS).count() == 2, "and none has"
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: midnight)
        call_command("expire_grants", verbosity=0)
        call_command("expire_grants", verbosity=0)
    assert not SubmissionGrant.objects.filter(reason=AUDITS).exists()
    assert Event.objects.filter(action="auditsubmission.reading_ran_out").count() == 2


def test_what_is_written_in_a_form_after_that_is_refused(
    opened: Audit, sign_in: Callable[..., Client]
) -> None:
    long_ago: Any = timezone.now() - timedelta(days=60)
    close(opened, long_ago)
    client = sign_in(opened.first)
    for name in ("show", "read", "changes", "addendum", "confirm"):
        url = reverse(f"submissions:{name}", args=[opened.ref])
        assert client.get(url).status_code in (404, 405), name
        assert client.post(url, {"text": "x", "reason": "x"}).status_code in (404, 405), name
    assert client.get(reverse("feedback:case", args=[opened.ref])).status_code == 404
