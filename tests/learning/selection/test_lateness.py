"""A draw that comes later than T−35 says so, and its task is done when it is done (domain.md A5)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.people.roles import Role
from learning.programme import countdown
from learning.programme.models import AuditCycle
from learning.selection import drawing
from learning.selection.certificate import file_of, what_is_wrong
from tests.learning.selection.conftest import the_proposal

pytestmark = pytest.mark.django_db


def page(client: Any, name: str, cycle: AuditCycle) -> str:
    return client.get(reverse(f"selection:{name}", args=[cycle.ref])).content.decode()


def bring_forward(cycle: AuditCycle, days: int) -> None:
    """The cycle's days, so many days earlier."""
    for day in cycle.days.all():
        day.date -= timedelta(days=days)
        day.save()


def test_a_draw_in_time_has_no_flag(drawn: AuditCycle, sign_in: Any) -> None:
    desk = sign_in(Role.QA_OFFICER)
    assert "Drawn late" not in page(desk, "draw", drawn)
    assert "In time?" not in page(desk, "certificate", drawn)
    due = timezone.localdate().isoformat()
    assert AuditCycle.objects.get(pk=drawn.pk).draw.certificate["due_on"] == due


def test_a_late_draw_says_so_before_and_after(frame: Any, cycle: AuditCycle, sign_in: Any) -> None:
    bring_forward(cycle, 3)
    late = AuditCycle.objects.get(pk=cycle.pk)
    desk, officer = sign_in(Role.QA_OFFICER), frame.loaded_by
    assert "The draw is late: it was planned for" in page(desk, "draw", late)
    frame.checked_by, frame.checked_at = officer, timezone.now()
    frame.save()
    drawing.draw_sample(cycle=late, plan=the_proposal(frame), drawn_by=officer)
    for name in ("draw", "certificate"):
        assert "Drawn late: 3 days after" in page(desk, name, late)
    late.draw.refresh_from_db()
    content = file_of(late.draw.certificate)
    assert what_is_wrong(content) == []
    told = json.loads(content) | {"due_on": "2031-01-01"}
    assert what_is_wrong(file_of(told)), "the day cannot be changed afterwards"


def test_the_task_of_the_draw_is_done_when_it_is_confirmed(
    drawn: AuditCycle, officer: Any, sign_in: Any
) -> None:
    countdown.lay_out(drawn)
    task = drawn.countdown.get(key="draw")
    assert task.due_date == drawn.draw_due_date
    url = f"/audits/{drawn.ref}/countdown/{task.pk}/done/"
    lead = sign_in(Role.LEAD_QA)
    assert url not in lead.get(drawn.get_absolute_url()).content.decode()
    lead.post(url)
    task.refresh_from_db()
    assert task.done_at is None
    drawing.confirm_draw(cycle=drawn, confirmed_by=officer)
    task.refresh_from_db()
    assert task.done_at is not None
